"""methodology.toml, read."""

from pathlib import Path

from geomap._toml import read_toml
from geomap.errors import MethodologyError
from geomap.methodology.recipe import Methodology

FILE = "methodology.toml"


def read_methodology(path: Path) -> Methodology:
    """The methodology in a TOML file; MethodologyError lists all its faults with their lines."""
    absent = f"{path} is not there. Run 'geomap init' to write one with the default model, then fill it in."
    return read_toml(path, Methodology, error=MethodologyError, absent=absent)
