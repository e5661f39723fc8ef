"""The text of a file that a person wrote, or why it is none."""

from pathlib import Path

from geomap.errors import GeomapError
from geomap.worded import worded


def text_in(path: Path, error: type[GeomapError]) -> str:
    """The text of *path*, with or without a mark of its byte order; *error* where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise error(
            worded(
                "{file} is not UTF-8 text ({reason} at byte {byte}). Save it as UTF-8 and try again.",
                file=str(path),
                reason=str(wrong.reason),
                byte=str(wrong.start),
            )
        ) from None
