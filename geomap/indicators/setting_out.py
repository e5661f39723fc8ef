"""Where people set out: the middles of smaller places, or the cells of a raster, each with the people it stands for."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from pyproj import CRS

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.cells import filled_cells
from geomap.boundaries.crosswalk import Crosswalk
from geomap.boundaries.locate import Spots, locate
from geomap.errors import LayerError
from geomap.worded import worded


@dataclass(frozen=True)
class Origins:
    """points (n, 2) in the working CRS of the places; place: the position of the place of each; people: how many each stands for; how, in words."""

    points: np.ndarray
    place: np.ndarray
    people: np.ndarray
    how: str

    def mean(self, value: np.ndarray, codes: pd.Index) -> pd.Series:
        """The mean of *value*, one an origin, in each place, by people; where it is unknown it is left out, and nobody there means no mean."""
        people = np.where(np.isnan(value), 0.0, self.people)
        all_of_them = np.bincount(self.place, people, minlength=len(codes))
        total = np.bincount(self.place, people * np.nan_to_num(value), minlength=len(codes))
        return pd.Series(np.divide(total, all_of_them, out=np.full(len(codes), np.nan), where=all_of_them > 0), index=codes)


def small_origins(smaller: Boundaries, people: pd.Series, walk: Crosswalk, places: Boundaries) -> Origins:
    """The middles of *smaller* places with their *people*, in *places* as *walk* leads; a place on a border is in both by its shares."""
    middles = smaller.centroids.to_crs(places.frame.crs)
    points = np.column_stack([middles.x, middles.y])
    rows = walk.frame[(walk.frame["share"] > 0) & walk.frame["place"].isin(places.codes)]
    at = smaller.codes.get_indexer(rows["origin"])
    counts = np.nan_to_num(people.to_numpy(dtype=float))[at] * rows["share"].to_numpy()
    return Origins(
        points[at],
        places.codes.get_indexer(rows["place"]),
        counts,
        worded("the middles of {count} {many}, by people", count=len(smaller.codes), many=smaller.many),
    )


def cell_origins(raster: Path, places: Boundaries) -> Origins:
    """The middles of the cells of *raster* where somebody lives, each in the place that its middle lies in."""
    x, y, people, crs = filled_cells(raster, places.frame, error=LayerError)
    middles = Spots(x, y, CRS.from_user_input(crs), pd.RangeIndex(len(x))).into(places.frame.crs)
    place = places.codes.get_indexer(locate(middles, places).codes)
    inside = place >= 0
    both = np.column_stack([middles.x, middles.y])[inside]
    return Origins(both, place[inside], people[inside], worded("{count} cells of a raster where people live", count=int(inside.sum())))
