"""GeoParquet by pyarrow, in the confined process."""

import json
from pathlib import Path
from typing import Any

from geomap.errors import IntakeError
from geomap.intake.features import finished
from geomap.intake.limits import COLUMNS, FEATURES, MEGABYTE, UNPACKED_BYTES
from geomap.intake.recognise import name_of
from geomap.intake.words import shown
from geomap.worded import worded

CRS84 = "EPSG:4326"


def read(path: Path) -> tuple[dict[str, Any], Any]:
    """The features of the GeoParquet file."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, thrift_string_size_limit=10 * MEGABYTE, thrift_container_size_limit=100_000) as file:
        about = file.metadata
        unpacked = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
        if unpacked > UNPACKED_BYTES or about.num_rows > FEATURES or about.num_columns > COLUMNS:
            raise IntakeError(
                worded(
                    "{file} is too large when unpacked: {rows} rows, {columns} columns, {size} MB; at most {most}, {most_columns} and {most_size} MB are read.",
                    file=name_of(path),
                    rows=about.num_rows,
                    columns=about.num_columns,
                    size=unpacked // MEGABYTE,
                    most=FEATURES,
                    most_columns=COLUMNS,
                    most_size=str(UNPACKED_BYTES // MEGABYTE),
                )
            )
        column, crs = _geometry(path, (about.metadata or {}).get(b"geo"))
        table = file.read(use_threads=False)
    if column not in table.column_names:
        raise IntakeError(
            worded(
                "{file} names the shapes' column {column}, which is not there. Export it again as GeoParquet.",
                file=name_of(path),
                column=shown(column),
            )
        )
    return finished(path, table, column, crs, [])


def _geometry(path: Path, geo: bytes | None) -> tuple[str, str]:
    """The column of the shapes and their CRS, as the file's own description says."""
    try:
        about = json.loads(geo or b"")
        column = about["primary_column"]
        described = about["columns"][column]
        encoding, crs = described["encoding"], described.get("crs", CRS84)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise IntakeError(
            worded("{file} is Parquet, but not GeoParquet: it does not say where its shapes are. Export it again.", file=name_of(path))
        ) from None
    if encoding != "WKB":
        raise IntakeError(
            worded(
                "{file} writes its shapes as {encoding}; only WKB is read. Export it again with WKB.",
                file=name_of(path),
                encoding=shown(encoding),
            )
        )
    return column, crs if isinstance(crs, str) else json.dumps(crs) if crs else ""
