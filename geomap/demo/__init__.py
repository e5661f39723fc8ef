"""The built-in demonstration city, written from a seed. It is invented: no place, person or number in it is real."""

from pathlib import Path


def write_city(directory: Path, *, seed: int = 2026) -> None:
    """The demonstration city as a workspace in *directory*, with truth.json beside it; the same seed gives the same bytes."""
    from geomap.demo.city import write

    write(Path(directory), seed)


__all__ = ["write_city"]
