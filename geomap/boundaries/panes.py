"""The box of each place as a window of equal panes: which lie altogether inside the place, which altogether outside, and through which its border runs.

An edge is taken to fill every pane on its way, and a little more than rounding could hide: what lies in a pane that no edge fills lies on one side of the border.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from geomap.boundaries.ranges import ranges

SIDE = 20
OUTSIDE, INSIDE, BORDER = range(3)
SPARE = 1e-9  # of a pane; numbers of panes are right to 1e-14
SHAPES_AT_ONCE = 1_000


@dataclass(frozen=True)
class Panes:
    """corner, per: of each place, west and south of its box, and how many panes a metre makes; kind: of each pane, place by place and row by row."""

    corner: np.ndarray
    per: np.ndarray
    kind: np.ndarray

    def __call__(self, xy: np.ndarray, near: np.ndarray) -> np.ndarray:
        """How the pane of each point, a row of *xy*, lies to the place *near* it; points beyond the box count to its outermost panes."""
        column, row = _pane(_at(xy, self.corner, self.per, near))
        return self.kind[(near * SIDE + row) * SIDE + column]


def panes_of(shapes: np.ndarray, boxes: np.ndarray) -> Panes:
    """The panes of polygons with *boxes* around them: west, south, east, north."""
    corner = boxes[:, :2]
    per = SIDE / np.maximum(boxes[:, 2:] - corner, np.finfo(np.float32).tiny)
    some = [slice(at, at + SHAPES_AT_ONCE) for at in range(0, len(shapes), SHAPES_AT_ONCE)]
    return Panes(corner, per, np.concatenate([_kinds(shapes[part], corner[part], per[part]) for part in some]))


def _kinds(shapes: np.ndarray, corner: np.ndarray, per: np.ndarray) -> np.ndarray:
    _, xy, offsets = shapely.to_ragged_array(shapes, include_z=False)
    own = np.repeat(np.arange(len(shapes)), shapely.get_num_coordinates(shapes))
    at = _at(xy, corner, per, own)
    column, row = _pane(at)
    pane = (own * SIDE + row) * SIDE + column
    leaves = pane[1:] != pane[:-1]
    leaves[offsets[0][1:-1] - 1] = False  # from ring to ring there is no edge
    edge = np.flatnonzero(leaves)
    kind = _inside(edge, own, at, (column, row))
    kind[pane] = BORDER
    kind[_filled(edge, own, at, (column, row))] = BORDER
    return kind


def _inside(edge: np.ndarray, own: np.ndarray, at: np.ndarray, cell: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Of each pane that no edge fills, whether it is inside: along the lower side of its row an odd number of edges is crossed up to it."""
    (across, up), (column, row) = at, cell
    edge = edge[row[edge] != row[edge + 1]]
    low, high = _both(row, edge)
    line, whose = ranges(low + 1, high + 1)
    edge = edge[whose]
    crossed = across[edge] + (across[edge + 1] - across[edge]) * ((line - up[edge]) / (up[edge + 1] - up[edge]))
    pane = (own[edge] * SIDE + line) * SIDE + np.clip(crossed.astype(np.int64), *_both(column, edge))
    times = np.bincount(pane, minlength=(own[-1] + 1) * SIDE**2).astype(np.uint8)
    return np.cumsum(times, dtype=np.uint8) & 1  # each row begins even, since whatever goes in comes out


def _filled(edge: np.ndarray, own: np.ndarray, at: np.ndarray, cell: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The panes on the way of edges that do not lead from one pane to the next: of each row, those between where the edge enters it and where it leaves."""
    (across, up), (column, row) = at, cell
    edge = edge[np.abs(column[edge + 1] - column[edge]) + np.abs(row[edge + 1] - row[edge]) > 1]
    low, high = _both(row, edge)
    line, whose = ranges(low, high + 1)
    edge = edge[whose]
    start, run, rise = across[edge], across[edge + 1] - across[edge], up[edge + 1] - up[edge]
    with np.errstate(divide="ignore"):  # a level edge fills all its width
        ends = [start + run * np.clip((line + side - up[edge]) / rise, 0, 1) for side in (-SPARE, 1 + SPARE)]
    begin = (own[edge] * SIDE + line) * SIDE
    return ranges(begin + _pane(np.minimum(*ends) - SPARE), begin + _pane(np.maximum(*ends) + SPARE) + 1)[0]


def _both(of: np.ndarray, edge: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lesser and the greater of two ends."""
    return np.minimum(of[edge], of[edge + 1]), np.maximum(of[edge], of[edge + 1])


def _at(xy: np.ndarray, corner: np.ndarray, per: np.ndarray, near: np.ndarray) -> np.ndarray:
    """How many panes each point is east and north of the corner of the place *near* it."""
    return ((xy - corner.take(near, axis=0)) * per.take(near, axis=0)).T  # take is ten times as fast as an index here


def _pane(at: np.ndarray) -> np.ndarray:
    return np.clip(at.astype(np.int64), 0, SIDE - 1)
