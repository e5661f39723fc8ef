"""Neighbourhood risk and resilience mapping, honest about what it knows."""

__version__ = "0.1.0"
