"""Assessments of a made-up city of squares in rows, with numbers given by hand."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.assessment.assessment import INDICATOR, Assessment, Node


def squares(side: int, *, alone: int = 0, level: str = "squares", **numbers: np.ndarray) -> Assessment:
    """Side × side squares that touch, and *alone* more that touch nothing; *numbers* of each, an indicator a name, row by row from the south."""
    at = [(row, column) for row in range(side) for column in range(side)] + [(0, side + 5 + 3 * one) for one in range(alone)]
    codes = pd.Index([f"S{number:04d}" for number in range(len(at))], name="code")
    shapes = [shapely.box(column / 100, row / 100, (column + 1) / 100, (row + 1) / 100) for row, column in at]
    places = gpd.GeoDataFrame({"name": codes, "parent": "", "parent_name": ""}, geometry=shapes, crs=4326, index=codes)
    nodes = tuple(Node(name, name.title(), "indicator", "worse", "", 1, "2025") for name in numbers)
    tables = {name: _table(np.asarray(values, dtype=float), codes) for name, values in numbers.items()}
    return Assessment("Squares", "squares", "2025", level, "square", level, "0", "public", places, nodes, tables)


def _table(values: np.ndarray, codes: pd.Index) -> pd.DataFrame:
    table = pd.DataFrame(np.nan, index=codes, columns=list(INDICATOR)).astype({"status": object, "flags": object})
    return table.assign(value=values, status=np.where(np.isnan(values), "suppressed", "value"), flags="")
