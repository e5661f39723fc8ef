"""Recorded incidents over three years, as points; a few on borders, a few that belong nowhere, and one count that must be withheld."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geomap.demo.people import Truth
from geomap.demo.shapes import Shapes

KINDS = {"hate incident": (0.25, 3.4), "harassment": (0.8, 4.5), "criminal damage": (2.5, 9.0)}
YEARS = (2023, 2024, 2025)
SMALL = 3


@dataclass(frozen=True)
class Recorded:
    """table: date, kind, longitude, latitude. small_place: where exactly *SMALL* hate incidents were recorded in 2024 and 2025."""

    table: pd.DataFrame
    small_place: str


def record(shapes: Shapes, truth: Truth, generator: np.random.Generator) -> Recorded:
    """Incidents a thousand residents a year rise with strain; which of them were reported does not vary here."""
    places = shapes.neighbourhoods
    calm = truth.strain.drop([*truth.pressed, shapes.park]).sort_values().index[5]
    rows = [
        pd.DataFrame({"neighbourhood": code, "kind": kind, "year": year}, index=range(count))
        for kind, (base, slope) in KINDS.items()
        for year in YEARS
        for code, count in _counts(truth, base, slope, generator).items()
        if not (kind == "hate incident" and code == calm and year in (2024, 2025))
    ]
    few = pd.DataFrame({"neighbourhood": calm, "kind": "hate incident", "year": [2024, 2025, 2025]})
    table = pd.concat([*rows, few], ignore_index=True)
    days = generator.integers(0, 365, len(table))
    table["date"] = (pd.to_datetime(table["year"].astype(str) + "-01-01") + pd.to_timedelta(days, unit="D")).dt.strftime("%Y-%m-%d")
    table[["longitude", "latitude"]] = points_inside(places.loc[table["neighbourhood"], "geometry"].to_numpy(), generator)
    table = pd.concat([table, _on_borders(shapes, generator), _nowhere()], ignore_index=True)
    return Recorded(
        table.sort_values(["date", "kind", "longitude"], ignore_index=True)[["date", "kind", "longitude", "latitude"]], str(calm)
    )


def _counts(truth: Truth, base: float, slope: float, generator: np.random.Generator) -> pd.Series:
    expected = truth.people("2025") / 1_000 * (base + slope * truth.strain**2)
    return pd.Series(generator.poisson(expected), index=expected.index)


def points_inside(shapes: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A random point in each shape, by trying again where the box was hit but not the shape."""
    points, open_ = np.zeros((len(shapes), 2)), np.ones(len(shapes), dtype=bool)
    box = shapely.bounds(shapes)
    while open_.any():
        tried = np.round(box[open_, :2] + generator.random((open_.sum(), 2)) * (box[open_, 2:] - box[open_, :2]), 6)
        points[open_] = tried
        open_[open_] = ~shapely.contains_xy(shapes[open_], tried[:, 0], tried[:, 1])
    return points


def _on_borders(shapes: Shapes, generator: np.random.Generator) -> pd.DataFrame:
    """Five cases of damage recorded exactly on a corner that neighbourhoods share."""
    corners = pd.DataFrame(shapely.get_coordinates(shapes.neighbourhoods.geometry.to_numpy()), columns=["longitude", "latitude"])
    shared = corners.value_counts()
    three = shared[shared >= 3].sort_index().index.to_frame(index=False)
    picked = three.iloc[np.sort(generator.choice(len(three), 5, replace=False))]
    return picked.assign(kind="criminal damage", date=["2023-03-05", "2023-09-14", "2024-02-20", "2024-08-08", "2025-05-30"])


def _nowhere() -> pd.DataFrame:
    """Six incidents outside the city and four without a location."""
    outside = pd.DataFrame({"longitude": -16.20 + 0.001 * np.arange(6), "latitude": 31.20, "date": "2024-06-15", "kind": "harassment"})
    without = pd.DataFrame({"longitude": np.nan, "latitude": np.nan, "date": "2025-02-10", "kind": ["harassment", "criminal damage"] * 2})
    return pd.concat([outside, without], ignore_index=True)
