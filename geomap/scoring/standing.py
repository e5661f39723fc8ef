"""Where each place stands once its doubt is drawn: intervals of score and rank, and the chances a planner asks about."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geomap.scoring.counted import CountedRanks
from geomap.scoring.packed import missing_rank, ranks
from geomap.scoring.streaming import OrderStatistics

Of = Literal["noise", "choices", "both"]
Floats = NDArray[np.float64]
LOW, MIDDLE, HIGH = 0.025, 0.5, 0.975
TOLD = {
    "noise": "sampling noise of the indicators alone; the method as agreed",
    "choices": "choices of method alone; the indicators as observed",
    "both": "sampling noise and choices of method together",
}


@dataclass(frozen=True)
class Standing:
    """Per place, NaN where the agreed method gives no score. Rank 1 is the worst; ties share the lowest rank.

    score, rank: of the agreed method, without noise. low, high; rank_low, rank_high: 95 % of the draws lie between. sd: of the drawn scores; that of
    noise alone is what `rank_sets` asks for. rank_median: half of the draws
    rank so or worse. p_worst: share of draws among the worst *worst_share*. below: the place (position in the input) just after in the table, -1 for
    the last; p_worse: share of draws in which the place ranks worse than that one, a tie counting half. scored: share of draws with a score, to
    which all else refers. score_error, rank_error: how far the limits are from the exact order statistics of these draws, at most; 0 is exact.
    of: what was drawn, and *told* says so in words; mode "full" or "fast"; approximate: in words, what the draws do not do exactly.
    """

    score: Floats
    low: Floats
    high: Floats
    sd: Floats
    rank: Floats
    rank_low: Floats
    rank_median: Floats
    rank_high: Floats
    p_worst: Floats
    below: NDArray[np.intp]
    p_worse: Floats
    scored: Floats
    score_error: Floats
    rank_error: Floats
    draws: int
    worst_share: float
    of: Of
    mode: Literal["full", "fast"]
    approximate: str

    @property
    def told(self) -> str:
        """What the intervals hold, in words."""
        return f"{self.draws:,} draws of {TOLD[self.of]}"


class Tally:
    """Draws of the places of a table, worst place first, taken in piece by piece and summed up; memory does not grow with their number.

    counted: ranks are found by `CountedRanks`, and their error is added to that of the limits.
    """

    def __init__(self, badness: Floats, draws: int, *, worst_share: float, room: int, counted: bool = False) -> None:
        places = len(badness)
        self.badness, self.draws = badness, draws
        self._counted = CountedRanks(places) if counted else None
        self._most = max(1, round(worst_share * places))
        self._missing = missing_rank(places)
        self._scores = OrderStatistics(places, draws, dtype=np.dtype(np.float32), room=room)
        self._ranks = OrderStatistics(places, draws, dtype=self._missing.dtype, room=room, missing=self._missing)
        self._worst, self._scored = np.zeros((2, places), dtype=np.int64)
        self._worse, self._met = np.zeros((2, max(places - 1, 0)), dtype=np.int64)

    def add(self, badness: Floats) -> None:
        """Take in a (draw, place) array of scores that are high where things are bad, in the order of the table."""
        found = (self._counted or ranks)(badness)
        self._ranks.add(found)
        self._scores.add(np.subtract(badness, self.badness, dtype=np.float32, casting="same_kind"))
        self._worst += _count(found <= self._most)
        known = found != self._missing
        if known.all():
            self._scored += len(found)
            self._met += len(found)
            self._worse += _count(found[:, :-1] < found[:, 1:]) + _count(found[:, :-1] <= found[:, 1:])
        else:
            both = known[:, :-1] & known[:, 1:]
            self._scored += _count(known)
            self._met += _count(both)
            self._worse += _count((found[:, :-1] < found[:, 1:]) & both) + _count((found[:, :-1] <= found[:, 1:]) & both)

    def summed_up(self) -> dict[str, Floats]:
        """What was found per place of the table; low and high are of badness."""
        (low, high), (low_error, high_error) = self._scores.at((LOW, HIGH))
        (rank_low, middle, rank_high), errors = self._ranks.at((LOW, MIDDLE, HIGH))
        shared = self._counted.error if self._counted else 0
        with np.errstate(invalid="ignore"):
            return {
                "low": self.badness + low, "high": self.badness + high, "sd": self._scores.deviation(), "score_error": np.fmax(low_error, high_error),
                "rank_low": rank_low, "rank_median": middle, "rank_high": rank_high, "rank_error": errors.max(axis=0) + shared,
                "p_worst": self._worst / self._scored, "scored": self._scored / self.draws,
                "p_worse": np.append(self._worse / 2 / self._met, np.full(min(len(self.badness), 1), np.nan)),
            }  # fmt: skip


def _count(true: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How often true, per column, of at most 255 rows."""
    return np.add.reduce(true.view(np.uint8), axis=0, dtype=np.uint8).astype(np.int64)
