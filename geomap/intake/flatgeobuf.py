"""FlatGeobuf by GDAL's driver, which verifies every buffer, in the confined process."""

from pathlib import Path
from typing import Any

from geomap.intake.features import read_by_gdal


def read(path: Path) -> tuple[dict[str, Any], Any]:
    """The features of the FlatGeobuf file."""
    return read_by_gdal(path, "FlatGeobuf", repairs=[], VERIFY_BUFFERS="YES")
