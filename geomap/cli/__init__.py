"""The command line: the same calls as the screens make."""

from geomap.cli.main import main

__all__ = ["main"]
