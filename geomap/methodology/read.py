"""methodology.toml, read."""

import tomllib
from pathlib import Path

from geomap.errors import MethodologyError
from geomap.methodology.recipe import Methodology

FILE = "methodology.toml"


def read_methodology(path: Path) -> Methodology:
    """The methodology in a TOML file; MethodologyError lists all its faults."""
    if not path.is_file():
        raise MethodologyError(f"{path} is not there. Run 'geomap init' to write one with the default model, then fill it in.")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise MethodologyError(f"{path} is not valid TOML: {wrong}. Mend it there and try again.") from None
    return Methodology.read(data, where=str(path), error=MethodologyError)
