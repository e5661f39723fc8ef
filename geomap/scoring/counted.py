"""Ranks of many draws at once by counting, for many places: nothing is sorted, and places that hardly differ share a rank."""

import numpy as np
from numpy.typing import NDArray

from geomap.scoring.packed import missing_rank, ranks

CELLS = 32_768
MOST_SHARING = 24
PAYS_FROM = 4_096


class CountedRanks:
    """Ranks of each draw by cells: 1 = the largest; places of one cell share the middle one of the ranks they take up, of two the lower.

    The range of a draw is cut into 32,765 equal cells. A rank is then at most half as far from the exact one as its cell is crowded, and as often too
    high as too low; *error* is the most of all draws so far. Where more than MOST_SHARING places share a cell (one place far out, or many that are
    really tied) or a score is missing, the draw is ranked by sorting, as `packed.ranks` does, and without that error.
    """

    def __init__(self, places: int) -> None:
        self.error = 0
        self._type = missing_rank(places).dtype
        self._behind = np.empty(places, dtype=np.float32)
        self._numbers, self._cell = np.empty(places, dtype=np.int32), np.empty(places, dtype=np.intp)
        self._upto = np.empty(CELLS, dtype=np.intp)

    def __call__(self, badness: NDArray[np.float32]) -> NDArray[np.unsignedinteger]:
        """Ranks of a (draw, place) array."""
        found = np.empty(badness.shape, dtype=self._type)
        for row, into in zip(badness, found, strict=True):
            if not self._count(row, into):
                into[:] = ranks(row[None].astype(float))[0]
        return found

    def _count(self, row: NDArray[np.float32], into: NDArray[np.unsignedinteger]) -> bool:
        """Whether the ranks could be counted."""
        if not self._find_cells(row):
            return False
        counts = np.bincount(self._cell, minlength=CELLS)
        most = int(counts.max())
        if most > MOST_SHARING:
            return False
        self.error = max(self.error, most // 2)
        np.cumsum(counts, out=self._upto)
        rank = self._upto.astype(self._type)
        rank -= counts.astype(self._type) >> 1
        rank.take(self._cell, mode="clip", out=into)
        return True

    def _find_cells(self, row: NDArray[np.float32]) -> bool:
        """Whether there are cells: the largest is in the first; half a cell of room on either side takes up what arithmetic rounds."""
        top, low = row.max(), row.min()
        if not 0 < top - low < np.inf:
            return False
        per_cell = (top - low) / np.float32(CELLS - 3)
        np.subtract(top + per_cell, row, out=self._behind)
        np.multiply(self._behind, 1 / per_cell, out=self._behind)
        np.copyto(self._numbers, self._behind, casting="unsafe")
        np.copyto(self._cell, self._numbers)
        return True
