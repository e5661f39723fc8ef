"""How well the places of a set cover their city once: gaps, overlaps, slivers, islands, and parents that do not hold their children."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.overlap import shapes_in

THIN = 2.0  # metres: a gap or an overlap narrower than this on average is a sliver of digitising
STRAYS = 0.02  # of a child's area outside its parent: more is told
LEAST = 1.0  # square metres: less is rounding
EXAMPLES = 5


@dataclass(frozen=True)
class Coverage:
    """gaps, overlaps: square metres of each, without slivers; slivers: how many of both. islands: places that touch no other; astray: the share of each child outside."""

    boundaries: str
    places: int
    gaps: tuple[float, ...]
    overlaps: pd.Series
    slivers: int
    islands: tuple[str, ...]
    astray: pd.Series

    def sentences(self) -> tuple[str, ...]:
        """What is to be known of the set, with numbers; nothing when all is well."""
        found = []
        if len(self.overlaps):
            pairs = ", ".join(f"{one} and {two}" for one, two in self.overlaps.index[:EXAMPLES])
            found.append(
                f"{len(self.overlaps)} pair(s) of places overlap, {self.overlaps.sum() / 1e6:,.3f} km² in all ({pairs}); points there go to the code that comes first."
            )
        if self.gaps:
            found.append(
                f"{len(self.gaps)} gap(s) between places, {sum(self.gaps) / 1e6:,.3f} km² in all, the largest {max(self.gaps) / 1e6:,.3f} km²: water or open land, or a place is missing."
            )
        if self.slivers:
            found.append(f"{self.slivers} sliver(s) under {THIN:g} m wide between borders that were drawn twice.")
        if self.islands:
            found.append(f"{len(self.islands)} place(s) touch no other: {', '.join(self.islands[:EXAMPLES])}; they have no neighbours.")
        if len(self.astray):
            worst = ", ".join(f"{code} {share:.0%}" for code, share in self.astray.head(EXAMPLES).items())
            found.append(
                f"{len(self.astray)} place(s) lie by more than {STRAYS:.0%} of their area outside the parent their card names: {worst}."
            )
        return tuple(f"The boundary set '{self.boundaries}': {sentence}" for sentence in found)


def coverage(places: Boundaries, sets: Mapping[str, Boundaries]) -> Coverage:
    """What can be said of *places*; their parents are looked for in *sets*."""
    shapes = np.asarray(places.frame.geometry.array)
    left, right = _pairs(shapes)
    common = shapely.intersection(shapes[left], shapes[right])
    area = shapely.area(common)
    holes = _holes(shapes)
    thin_overlaps, thin_gaps = _thin(common), _thin(holes)
    wide = (area > LEAST) & ~thin_overlaps
    pairs = pd.MultiIndex.from_arrays([places.codes[left[wide]], places.codes[right[wide]]])
    slivers = int(((area > LEAST) & thin_overlaps).sum() + thin_gaps.sum())
    gaps = tuple(sorted(shapely.area(holes[~thin_gaps]).tolist(), reverse=True))
    overlaps = pd.Series(area[wide], index=pairs).sort_values(ascending=False)
    return Coverage(places.name, len(shapes), gaps, overlaps, slivers, _islands(places, shapes), _astray(places, sets))


def _pairs(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of places that may overlap; none where the set is a coverage already."""
    suspects = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    left, right = shapely.STRtree(shapes[suspects]).query(shapes[suspects], predicate="intersects")
    first = left < right
    return suspects[left[first]], suspects[right[first]]


def _holes(shapes: np.ndarray) -> np.ndarray:
    """The ground that places enclose and none of them holds."""
    whole = shapely.coverage_union_all(shapes) if shapely.coverage_is_valid(shapes) else shapely.union_all(shapes)
    parts = shapely.get_parts(whole)
    filled = shapely.polygons(shapely.get_exterior_ring(parts))
    holes = shapely.get_parts(shapely.difference(shapely.union_all(filled), whole))
    return holes[shapely.area(holes) > LEAST]


def _thin(shapes: np.ndarray) -> np.ndarray:
    length = shapely.length(shapes)
    return np.where(length > 0, 2 * shapely.area(shapes) / np.where(length > 0, length, 1), 0) < THIN


def _islands(places: Boundaries, shapes: np.ndarray) -> tuple[str, ...]:
    if len(shapes) < 2:
        return ()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    touched = np.unique(one[one != other])
    return tuple(map(str, np.delete(places.codes.to_numpy(), touched)))


def _astray(places: Boundaries, sets: Mapping[str, Boundaries]) -> pd.Series:
    """The share of each child that its parent does not hold, where that is more than *STRAYS*; all of it where the parent is not there."""
    if places.parent_set not in sets:
        return pd.Series(dtype=float)
    parents = sets[places.parent_set]
    at = parents.codes.get_indexer(places.frame["parent"])
    shapes, held = shapes_in(places, parents), np.zeros(len(places.codes))
    known = at >= 0
    held[known] = shapely.area(shapely.intersection(shapes[known], np.asarray(parents.frame.geometry.array)[at[known]])) / shapely.area(
        shapes[known]
    )
    outside = pd.Series(1 - held, index=places.codes)
    return outside[outside > STRAYS].sort_values(ascending=False)
