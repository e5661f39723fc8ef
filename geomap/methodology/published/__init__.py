"""Published indices, one file each, as their publishers describe them."""

from pathlib import Path

from geomap.errors import MethodologyError

FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The names of all indices that are built in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def find(name: str) -> Path:
    """The file of a built-in index by its name, or a path to a file of one's own; MethodologyError names those there are."""
    if name in names():
        return FOLDER / f"{name}.toml"
    if Path(name).suffix == ".toml":
        return Path(name)
    raise MethodologyError(f"There is no index '{name}'. Built in are {list(names())}; a file of your own ends in .toml.")
