"""The files of an edition: the same content always gives the same bytes."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.errors import UsageError
from geomap.statistics.rounding import PUBLISHED, significant

DEGREES = 7
GEOMETRY = ',"geometry":'


def demand_room(*folders: Path) -> None:
    """Nothing, when each of *folders* is there or can be made; else UsageError with the file that is in the way."""
    for folder in folders:
        nearest = next(part for part in (folder, *folder.absolute().parents) if part.exists() or part.is_symlink())
        if not nearest.is_dir():
            raise UsageError(f"{nearest} is a file, but a folder is needed there. Move it away, or name another folder.")


def make_folders(*folders: Path) -> None:
    """Each of *folders*, made where it is not there; where a file is in the way of one, none is made (UsageError)."""
    demand_room(*folders)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Writes a file beside its final place and moves it there in one step, so that no half-written file is ever found."""
    handle, name = tempfile.mkstemp(prefix=".being-written-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    work = Path(name)
    work.unlink()
    try:
        write(work)
        work.replace(path)
    finally:
        work.unlink(missing_ok=True)


def write_json(path: Path, content: Any) -> None:  # noqa: ANN401  anything JSON can say
    """Indented JSON with sorted keys and no NaN."""
    path.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def write_table(path: Path, table: pd.DataFrame, *, digits: int = PUBLISHED) -> None:
    """CSV with so many significant digits, empty for missing, Unix line ends."""
    rounded = table.copy()
    for name in rounded.columns[rounded.dtypes == "float"]:
        rounded[name] = significant(rounded[name], digits)
    rounded.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_places(path: Path, places: gpd.GeoDataFrame, *, digits: int = DEGREES) -> None:
    """Places as a GeoJSON FeatureCollection in WGS84; index = code, the other columns as properties, one feature a line."""
    table = pd.DataFrame(places.drop(columns=places.geometry.name)).reset_index(names="code")
    path.write_text(feature_collection(table, places.geometry.to_numpy(), digits=digits), encoding="utf-8")


def feature_collection(table: pd.DataFrame, shapes: np.ndarray, *, digits: int = DEGREES, members: Mapping[str, Any] | None = None) -> str:
    """An RFC 7946 FeatureCollection: the rows of *table* (one column is code, which becomes the id) with *shapes* in WGS84; *members* stand beside."""
    geometry = shapely.to_geojson(_oriented(shapes, digits))
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    lines = [
        f'{{"type":"Feature","id":{_text(row["code"])},"properties":{_text(row)},"geometry":{shape}}}'
        for row, shape in zip(rows, geometry, strict=True)
    ]
    head = "".join(f"{_text(name)}:{_text(value)},\n" for name, value in (members or {}).items())
    return '{"type":"FeatureCollection",\n' + head + '"features":[\n' + ",\n".join(lines) + "\n]}\n"


def read_places(path: Path) -> gpd.GeoDataFrame:
    """What *write_places* wrote, line by line: a shape's text goes to the reader of shapes as it is, never through numbers of our own."""
    lines = path.read_text(encoding="utf-8").split("\n")  # a name may hold other signs that end a line
    features = [line.removesuffix(",") for line in lines if line.startswith('{"type":"Feature",')]
    cuts = [feature.rindex(GEOMETRY) for feature in features]  # a shape holds no text, so the last is the feature's own
    shapes = shapely.from_geojson([feature[cut + len(GEOMETRY) : -1] for feature, cut in zip(features, cuts, strict=True)])
    rows = [json.loads(feature[:cut] + "}")["properties"] for feature, cut in zip(features, cuts, strict=True)]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326").set_index("code")


def _oriented(shapes: np.ndarray, digits: int) -> np.ndarray:
    rounded = shapely.transform(shapes, lambda points: np.round(points, digits))
    return shapely.orient_polygons(rounded, exterior_cw=False)


def _text(value: Any) -> str:  # noqa: ANN401  anything JSON can say
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
