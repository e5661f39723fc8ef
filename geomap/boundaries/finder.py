"""Finds the place of points, one chunk after another, so that any number of points needs little memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.boundaries.locate_by_shape import hits
from geomap.boundaries.panes import Panes, panes_of

if TYPE_CHECKING:
    from geomap.boundaries.locate_by_grid import Grid

MANY = 2_000_000  # points: from here on a grid pays, also when it must first be compiled
NOWHERE = -1


@dataclass(frozen=True)
class Found:
    """place: per point the position of its place, NOWHERE when it lies in none; on_border: how many points touch more than one place."""

    place: np.ndarray
    on_border: int


@dataclass(frozen=True)
class Finder:
    """shapes: polygons in the order of their codes; panes, grid: the quicker ways to them, where there are any. All ways give the same answers."""

    shapes: np.ndarray
    panes: Panes | None = None
    grid: "Grid | None" = None

    def __call__(self, x: np.ndarray, y: np.ndarray) -> Found:
        """The place of each point x, y in the CRS of the shapes; a point that touches several belongs to the first of them."""
        if self.grid is None:
            return self._asked(x, y)
        place = self.grid(x, y)
        ask = np.flatnonzero(place < NOWHERE)
        if not len(ask):
            return Found(place, 0)
        asked = self._asked(x[ask], y[ask])
        place[ask] = asked.place
        return Found(place, asked.on_border)

    @cached_property
    def _boxes(self) -> np.ndarray:
        """The bounds of the shapes, which are made ready to be asked often."""
        shapely.prepare(self.shapes)
        return shapely.bounds(self.shapes)

    def _asked(self, x: np.ndarray, y: np.ndarray) -> Found:
        point, shape = hits(x, y, self.shapes, self._boxes, self.panes)
        place = np.full(len(x), NOWHERE, dtype=np.int32)
        place[point[::-1]] = shape[::-1]  # hits come by ascending place, so the first of several is written last
        return Found(place, int((np.bincount(point, minlength=1) > 1).sum()))


def finder(shapes: np.ndarray, points: int, *, fast: bool | None = None) -> Finder:
    """A finder in *shapes*, polygons in the order of their codes, for about *points* points; *fast* asks for the grid or declines it, else it is used for many points where numba is installed."""
    if not (points >= MANY and find_spec("numba") is not None if fast is None else fast):
        return Finder(shapes, panes_of(shapes, shapely.bounds(shapes)) if points > shapely.get_num_coordinates(shapes).sum() else None)
    from geomap.boundaries.locate_by_grid import grid_of

    return Finder(shapes, grid=grid_of(shapes))


@dataclass(frozen=True)
class Counts:
    """per_place: points in each place, in the order of codes; outside: in none; on_border: touching more than one, each counted once."""

    per_place: np.ndarray
    outside: int
    on_border: int


def count_points(chunks: Iterable[tuple[np.ndarray, np.ndarray]], find: Finder) -> Counts:
    """How many points lie in each place; *chunks* are x and y in the CRS of the shapes, and only one of them is held at a time."""
    per_place, outside, on_border = np.zeros(len(find.shapes), dtype=np.int64), 0, 0
    for x, y in chunks:
        found = find(x, y)
        counts = np.bincount(found.place + 1, minlength=len(per_place) + 1)
        per_place += counts[1:]
        outside += int(counts[0])
        on_border += found.on_border
    return Counts(per_place, outside, on_border)
