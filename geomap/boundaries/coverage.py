"""How the places of a set lie among others: those that touch no other, and those that their parent does not hold.

Whether places overlap or leave gaps is looked for once, when their file is read, and stands among the repairs of the set.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.overlap import shapes_in
from geomap.worded import worded

STRAYS = 0.02  # of a child's area outside its parent: more is told
EXAMPLES = 5


@dataclass(frozen=True)
class Coverage:
    """islands: places that touch no other; astray: the share of each child outside its parent, where that is much."""

    boundaries: str
    islands: tuple[str, ...]
    astray: pd.Series

    def sentences(self) -> tuple[str, ...]:
        """What is to be known of the set, with numbers; nothing when all is well."""
        found = []
        if self.islands:
            found.append(
                worded(
                    "{count} place(s) touch no other: {codes}; they have no neighbours.",
                    count=len(self.islands),
                    codes=", ".join(self.islands[:EXAMPLES]),
                )
            )
        if len(self.astray):
            worst = ", ".join(f"{code} {share:.0%}" for code, share in self.astray.head(EXAMPLES).items())
            found.append(
                worded(
                    "{count} place(s) lie by more than {share} of their area outside the parent their card names: {worst}.",
                    count=len(self.astray),
                    share=f"{STRAYS:.0%}",
                    worst=str(worst),
                )
            )
        return tuple(worded("The boundary set '{name}': {sentence}", name=self.boundaries, sentence=sentence) for sentence in found)


def coverage(places: Boundaries, sets: Mapping[str, Boundaries]) -> Coverage:
    """What can be said of *places*; their parents are looked for in *sets*."""
    shapes = np.asarray(places.frame.geometry.array)
    return Coverage(places.name, _islands(places, shapes), _astray(places, sets))


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
