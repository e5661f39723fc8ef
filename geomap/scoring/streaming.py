"""Order statistics of each place over draws that come in pieces, in memory that does not grow with their number."""

import numpy as np
from numpy.typing import NDArray

from geomap.scoring.tails import near_the_ends

TILE = 128
MARGIN = 0.25
FEWEST = 64
ROUNDING = 1e-3


class OrderStatistics:
    """The values of each place in order of size: exact while all are held, within a stated error where they are counted in bins.

    Draws are held while they fit *room* bytes: order statistics are then exact. Where they do not fit, half of the room holds draws until it is
    full, and half counts them in bins. A place's bins are equally wide and span its first roomful of draws (the pilot) and a quarter of that span on
    either side; the two outer bins are open and end at the lowest and the highest value met. A value read from a bin is as far from the exact order
    statistic as the bin is wide, at most; `at` returns that width. Whole numbers get bins of whole numbers: bins of one are exact. Values equal to
    *missing* (or NaN) are left out, and a place with none has no order statistic. Nothing depends on the pieces in which the draws come.
    """

    def __init__(self, places: int, draws: int, *, dtype: np.dtype, room: int, missing: float = np.nan) -> None:
        self.places, self.missing, self.whole = places, missing, dtype.kind == "u"
        tiles, width = -(-places // TILE), min(TILE, max(places, 1))
        per_draw = max(tiles * width, 1) * dtype.itemsize
        self.exact = draws * per_draw <= room
        self._room = draws if self.exact else max(FEWEST, room // 2 // per_draw)
        self._held = np.empty((tiles, self._room, width), dtype=dtype)
        self._bins = 0 if self.exact else max(FEWEST, room // 2 // (places * 4))
        self._filled = 0
        self._counts: NDArray[np.uint32] | None = None
        self.known = np.zeros(places, dtype=np.int64)
        self._sums, self._squares = np.zeros((2, places))

    def add(self, draws: NDArray) -> None:
        """Take in a (draw, place) array."""
        while len(draws):
            taken = draws[: self._room - self._filled]
            self._hold(taken)
            self._filled += len(taken)
            draws = draws[len(taken) :]
            if self._filled == self._room and not self.exact:
                self._count()

    def _hold(self, draws: NDArray) -> None:
        """Tile by tile, so that what is sorted together lies together."""
        whole = self.places // TILE
        into = self._held[:, self._filled : self._filled + len(draws)]
        if whole:
            into[:whole] = draws[:, : whole * TILE].reshape(len(draws), whole, TILE).swapaxes(0, 1)
        into[whole:, :, : self.places - whole * TILE] = draws[None, :, whole * TILE :]

    def at(self, shares: tuple[float, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The order statistics at *shares* of the draws and how far from the exact ones they are at most, both (share, place).

        Number floor(share (n - 1)) of n values, counted from 0, up to the middle; above it, as many from the other end.
        """
        if not self.exact:
            self._count()
        values, errors = np.full((2, len(shares), self.places), np.nan)
        read = self._read_held if self.exact else self._read_bins
        for start in range(0, self.places, TILE):
            tile = slice(start, start + TILE)
            values[:, tile], errors[:, tile] = read(tile, shares)
        return np.where(self.known > 0, values, np.nan), np.where(self.known > 0, errors, np.nan)

    def deviation(self, tile: slice = slice(None)) -> NDArray[np.float64]:
        """The standard deviation (ddof 1) of each place's values, after `at`; NaN where there are fewer than two."""
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = self._squares[tile] - self._sums[tile] ** 2 / self.known[tile]
            found = np.sqrt(np.maximum(spread, 0.0) / (self.known[tile] - 1))
        return np.where(self.known[tile] > 1, found, np.nan)

    def _read_held(self, tile: slice, shares: tuple[float, ...]) -> tuple[NDArray[np.float64], float]:
        ordered = self._of(tile)
        self._add_up(tile, ordered)
        numbers = _numbers(self.known[tile], shares)
        if not self.whole and sum(shares) == 1 and len(shares) == 2 and (self.known[tile] == self._filled).all():
            return near_the_ends(ordered, numbers[:, 0].min(), self._sums[tile] / self._filled, self.deviation(tile)), 0.0
        ordered.sort(axis=1, kind="stable" if self.whole else None)
        return np.take_along_axis(ordered, numbers.T, axis=1).T, 0.0

    def _read_bins(self, tile: slice, shares: tuple[float, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        below = np.cumsum(self._counts[tile], axis=1, dtype=np.int64)
        numbers = _numbers(self.known[tile], shares)
        bins = (below[None] <= numbers[..., None]).sum(axis=2).clip(max=self._bins - 1)
        row = np.arange(below.shape[0])
        inside = self._counts[tile][row, bins]
        before = below[row, bins] - inside
        left = np.where(bins == 0, self._lowest[tile], self._low[tile] + bins * self._width[tile]).clip(self._lowest[tile])
        right = np.where(bins == self._bins - 1, np.inf, self._low[tile] + (bins + 1) * self._width[tile])
        right = right.clip(max=self._highest[tile] + self.whole)
        left, right = np.where(self.known[tile] > 0, (left, right), 0.0)
        step = (numbers - before + 0.5) / np.maximum(inside, 1) * (right - left)
        return left + (np.floor(step) if self.whole else step), np.maximum(right - left - self.whole, 0.0) * (1 + ROUNDING)

    def _count(self) -> None:
        """Empty the held draws into the bins."""
        if self._counts is None:
            self._place_bins()
        for start in range(0, self.places, TILE):
            tile = slice(start, start + TILE)
            held = self._of(tile)
            there = self._there(held)
            every = bool(there.all())
            cells = self._cells(tile, held)
            if not every:
                cells[~there] = self._bins
            cells += np.arange(len(held), dtype=np.int32)[:, None] * (self._bins + 1)
            counts = np.bincount(cells.reshape(-1), minlength=len(held) * (self._bins + 1)).reshape(len(held), -1)
            self._counts[tile] += counts[:, : self._bins].astype(np.uint32)
            self._add_up(tile, held)
            if self._filled:
                low, high = (held, held) if every else (np.where(there, held, np.inf), np.where(there, held, -np.inf))
                self._lowest[tile] = np.minimum(self._lowest[tile], low.min(axis=1))
                self._highest[tile] = np.maximum(self._highest[tile], high.max(axis=1))
        self._filled = 0

    def _cells(self, tile: slice, held: NDArray) -> NDArray[np.int32]:
        """The bin of each value; of what is missing, any."""
        found = np.subtract(held, self._low[tile, None], dtype=np.float32)
        found += 0.5 * self.whole
        found *= 1 / self._width[tile, None]
        np.fmin(np.fmax(found, 0, out=found), self._bins - 1, out=found)
        return found.astype(np.int32)

    def _place_bins(self) -> None:
        self._counts = np.zeros((self.places, self._bins), dtype=np.uint32)
        self._lowest, self._highest = np.full(self.places, np.inf), np.full(self.places, -np.inf)
        self._low, self._width = np.zeros(self.places, dtype=np.float32), np.ones(self.places, dtype=np.float32)
        for start in range(0, self.places, TILE):
            tile = slice(start, start + TILE)
            held = self._of(tile)
            there = self._there(held)
            low, high = np.where(there, held, np.inf).min(axis=1), np.where(there, held, -np.inf).max(axis=1)
            known = low <= high
            low, span = np.where(known, low, 0.0), np.where(known, high - low, 0.0)
            low, width = low - MARGIN * span, (1 + 2 * MARGIN) * span / self._bins
            smallest = np.maximum(np.abs(low) * 1e-6, 1e-30)
            self._low[tile] = np.floor(low) if self.whole else low
            self._width[tile] = np.ceil(np.maximum(width, 1)) if self.whole else np.maximum(width, smallest)

    def _add_up(self, tile: slice, held: NDArray) -> None:
        there = self._there(held)
        self.known[tile] += np.count_nonzero(there, axis=1)
        if not self.whole:
            values = held if there.all() else np.where(there, held, 0.0)
            self._sums[tile] += np.vecdot(values, np.ones_like(values[:1]))
            self._squares[tile] += np.vecdot(values, values)

    def _of(self, tile: slice) -> NDArray:
        return np.array(self._held[tile.start // TILE, : self._filled, : self.places - tile.start].T, order="C")

    def _there(self, held: NDArray) -> NDArray[np.bool_]:
        return held != self.missing if self.whole else ~np.isnan(held)


def _numbers(known: NDArray[np.int64], shares: tuple[float, ...]) -> NDArray[np.int64]:
    last, share = np.maximum(known - 1, 0), np.array(shares)[:, None]
    return np.where(share <= 0.5, np.floor(share * last), last - np.floor((1 - share) * last)).astype(np.int64)
