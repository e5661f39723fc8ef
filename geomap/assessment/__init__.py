"""What a methodology says about each place, and how surely."""

from geomap.assessment.assessment import Assessment, Node

__all__ = ["Assessment", "Node"]
