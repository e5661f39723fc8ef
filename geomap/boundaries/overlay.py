"""Crosswalks from the shapes of two sets, where no lookup is published: by area, or by where people live.

Counts are spread as if what is counted lay evenly over the area (by_area), or over the people (by_people, by_raster) of each old place. All that is counted
in an old place is given out, none is added: the shares of each old place sum to 1.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.cells import cells_within
from geomap.boundaries.crosswalk import Crosswalk
from geomap.boundaries.overlap import CLOSED, Overlaps, overlaps, shapes_in
from geomap.errors import BoundaryError
from geomap.worded import worded

WHOLE = 0.999


def by_area(origin: Boundaries, place: Boundaries) -> Crosswalk:
    """Each old place divided by area."""
    found = overlaps(origin, place)
    return _crosswalk(
        origin, place, found, found.pairs["area"].to_numpy(), worded("by area, as if what is counted lay evenly over each place")
    )


def by_people(origin: Boundaries, place: Boundaries, smaller: Boundaries, people: pd.Series) -> Crosswalk:
    """Each old place divided by *people* of *smaller* areas, spread evenly over each of those; where nobody lives, by area."""
    weight = people.reindex(smaller.codes)
    if unknown := list(smaller.codes[weight.isna()]):
        raise BoundaryError(
            f"The weights say nothing about {len(unknown)} place(s) of '{smaller.name}', such as {unknown[:10]}. Complete the table; a place without people has 0."
        )
    found = overlaps(origin, place)

    def people_in(pieces: np.ndarray) -> np.ndarray:
        small = shapes_in(smaller, place)
        piece, area = shapely.STRtree(small).query(pieces, predicate="intersects")
        inside = shapely.area(shapely.intersection(pieces[piece], small[area])) / shapely.area(small)[area]
        return np.bincount(piece, inside * weight.to_numpy()[area], minlength=len(pieces))

    return _crosswalk(
        origin,
        place,
        found,
        _weighed(origin, place, found, people_in),
        worded("by the people of {title}, as if what is counted followed where people live", title=smaller.title),
    )


def by_raster(origin: Boundaries, place: Boundaries, raster: Path) -> Crosswalk:
    """Each old place divided by the sum of the *raster*'s cells, border cells by the part inside; where it holds nothing, by area."""
    found = overlaps(origin, place)

    def cells_in(pieces: np.ndarray) -> np.ndarray:
        shapes = gpd.GeoDataFrame(geometry=pieces, crs=place.frame.crs)
        return cells_within(raster, shapes, ["sum"], error=BoundaryError)["sum"].fillna(0.0).to_numpy(dtype=float)

    return _crosswalk(
        origin,
        place,
        found,
        _weighed(origin, place, found, cells_in),
        worded("by the cells of {raster}, as if what is counted followed them", raster=raster.name),
    )


def _weighed(origin: Boundaries, place: Boundaries, found: Overlaps, weigh: object) -> np.ndarray:
    """What each overlap weighs; only the pieces of divided places are weighed, the others need no weight."""
    pairs = found.pairs
    divided = pairs.duplicated("origin", keep=False).to_numpy()
    weight = np.ones(len(pairs))
    if not divided.any():
        return weight
    cut = pairs[divided]
    old, new = shapes_in(origin, place), np.asarray(place.frame.geometry.array)
    pieces = shapely.intersection(old[cut["origin"]], new[cut["place"]])
    inside = pd.Series(np.maximum(weigh(pieces), 0), index=cut.index)
    empty = inside.groupby(cut["origin"]).transform("sum") <= 0
    weight[divided] = inside.where(~empty, cut["area"])
    return weight


def _crosswalk(origin: Boundaries, place: Boundaries, found: Overlaps, weight: np.ndarray, how: str) -> Crosswalk:
    pairs = found.pairs
    share = weight / np.bincount(pairs["origin"], weight, minlength=len(origin.codes))[pairs["origin"]]
    frame = pd.DataFrame(
        {"origin": origin.codes.to_numpy()[pairs["origin"]], "place": place.codes.to_numpy()[pairs["place"]], "share": share}
    )
    frame = frame[frame["share"] > 0].reset_index(drop=True)
    largest = np.zeros(len(origin.codes))
    np.maximum.at(largest, pairs["origin"], share)
    return Crosswalk(origin.name, place.name, frame, _sentence(origin, found, largest, how))


def _sentence(origin: Boundaries, found: Overlaps, largest: np.ndarray, how: str) -> str:
    """How the counts were carried over, and for how many places that is an estimate."""
    count = len(origin.codes)
    divided, open_ended = int((largest < WHOLE).sum()), int((found.outside > 1 - CLOSED).sum())
    alike = worded(
        "counts of {title} carried over {how}: {alike} of {count} {many} are drawn the same",
        title=origin.title,
        how=how,
        alike=int(found.alike),
        count=count,
        many=origin.many,
    )
    parts = (
        worded("{share} % are divided among several, and their parts are estimates", share=f"{100 * divided / count:.1f}")
        if divided
        else ""
    )
    ends = worded("{count} reach outside and are counted whole", count=open_ended) if open_ended else ""
    return "; ".join(filter(None, [alike, parts, ends]))
