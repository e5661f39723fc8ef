"""Freeze, load: an assessment with the hash of everything that made it."""

from geomap.editions.edition import Edition, read_edition
from geomap.editions.freeze import Frozen, freeze

__all__ = ["Edition", "Frozen", "freeze", "read_edition"]
