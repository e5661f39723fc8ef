"""What every reader of shapes in the confined process does alike; it loads neither pandas nor geopandas."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from geomap.errors import IntakeError
from geomap.intake.limits import COLUMNS, FEATURES
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.words import listed
from geomap.worded import worded

FLAT = 7


def read_by_gdal(path: Path, driver: str, *, repairs: list[Repair], **options: Any) -> tuple[dict[str, Any], Any]:  # noqa: ANN401  an Arrow table
    """The one layer that GDAL finds in a file of *driver*, whose bytes have been recognised."""
    import pyogrio
    import pyogrio.raw

    about = pyogrio.read_info(path, layer=options.get("layer"), force_total_bounds=False)
    if about["driver"] != driver:
        raise IntakeError(
            worded(
                "{file} is not what its bytes say: it opens as {found}, not as {driver}.",
                file=name_of(path),
                found=about["driver"],
                driver=str(driver),
            )
        )
    _limit(path, about["features"], len(about["fields"]))
    meta, table = pyogrio.raw.read_arrow(path, **options)
    name = meta["geometry_name"] or "wkb_geometry"
    if meta["geometry_type"] is None or name not in table.column_names:
        raise IntakeError(worded("{file} is a table without shapes. Export it as CSV, or with its shapes.", file=name_of(path)))
    return finished(path, table, name, meta["crs"] or "", repairs)


def finished(path: Path, table: Any, geometry: str, crs: str, repairs: list[Repair]) -> tuple[dict[str, Any], Any]:  # noqa: ANN401  an Arrow table
    """The head and the table of an answer: shapes known to be sound as bytes, columns of plain values, names that differ."""
    import numpy as np
    import pyarrow as pa
    import shapely

    _limit(path, table.num_rows, table.num_columns)
    if not table.num_rows:
        raise IntakeError(worded("{file} holds no features. Export it again with its areas.", file=name_of(path)))
    shapes = shapely.from_wkb(table.column(geometry).to_numpy(zero_copy_only=False))
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    if not (finite := np.isfinite(points).all(axis=1)).all():
        raise IntakeError(
            worded(
                "{file}: feature {number} has a coordinate that is not a finite number. Export it again.",
                file=name_of(path),
                number=str(owner[~finite][0] + 1),
            )
        )
    kinds = shapely.get_type_id(shapes)
    inner = shapely.get_type_id(shapely.get_parts(shapes[kinds == FLAT]))
    if (np.concatenate([kinds, inner]) > FLAT).any() or (inner == FLAT).any():
        raise IntakeError(
            worded("{file} holds curves or collections inside collections. Convert them to plain polygons in a GIS.", file=name_of(path))
        )
    rest = _plain(table.drop_columns([geometry]), repairs)
    rest = rest.append_column("geometry", pa.array(shapely.to_wkb(shapes).tolist(), pa.large_binary()))
    return {"crs": crs, "repairs": [asdict(one) for one in repairs]}, rest.replace_schema_metadata(None)


def _plain(table: Any, repairs: list[Repair]) -> Any:  # noqa: ANN401  an Arrow table
    """The columns of text, numbers, dates and truth values; others are left out with a record."""
    import pyarrow as pa
    import pyarrow.types as kinds

    tests = (
        kinds.is_string, kinds.is_large_string, kinds.is_integer, kinds.is_floating, kinds.is_boolean, kinds.is_date, kinds.is_timestamp,
        kinds.is_decimal, kinds.is_time, kinds.is_null,
    )  # fmt: skip
    table = _undictionaried(table)
    kept, left = [], []
    for field in table.schema:
        (kept if any(test(field.type) for test in tests) else left).append(field.name)
    if left:
        repairs.append(
            Repair(
                "left out",
                worded(
                    "{count} column(s) hold lists, objects or bytes and were left out: {columns}.", count=len(left), columns=listed(left)
                ),
                len(left),
            )
        )
    names = _different(["geometry_property" if name == "geometry" else name for name in kept])
    columns = [_undecimal(table.column(table.column_names.index(name))) for name in kept]
    return (
        pa.Table.from_arrays(columns, names=names) if kept else pa.Table.from_arrays([pa.array(range(1, table.num_rows + 1))], ["feature"])
    )


def _undictionaried(table: Any) -> Any:  # noqa: ANN401  an Arrow table
    """Columns that Parquet wrote as a dictionary and its numbers, written out."""
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(at, field.name, table.column(at).cast(field.type.value_type))
    return table


def _undecimal(column: Any) -> Any:  # noqa: ANN401  an Arrow column
    import pyarrow as pa

    return column.cast(pa.float64()) if pa.types.is_decimal(column.type) else column


def _different(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return made


def _limit(path: Path, rows: int, columns: int) -> None:
    if rows > FEATURES or columns > COLUMNS:
        raise IntakeError(
            worded(
                "{file} is too large: {rows} features with {columns} columns; at most {most} and {most_columns} are read.",
                file=name_of(path),
                rows=rows,
                columns=columns,
                most=FEATURES,
                most_columns=COLUMNS,
            )
        )
