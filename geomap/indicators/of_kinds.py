"""Counts of several kinds of events taken together, each of which passes the gate by itself."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from geomap.indicators.measure import Kind, Observed

WORST = ("value", "suppressed", "missing", "not_collected")


def together(kinds: Sequence[Kind], notes: tuple[str, ...]) -> Observed:
    """All *kinds* in one table: events and the bands of withheld ones added up, hidden where any is; unknown where any is."""
    frames = [one.seen.frame for one in kinds]
    ranks = np.max([frame["status"].map(WORST.index) for frame in frames], axis=0)
    words = [
        frame["flags"].mask(frame["hidden"].astype(bool), frame["flags"] + f" of '{one.name}'")
        for one, frame in zip(kinds, frames, strict=True)
    ]
    frame = frames[0].assign(
        events=sum(frame["events"] for frame in frames),
        half=sum(frame["half"] for frame in frames),
        hidden=reduce(np.logical_or, [frame["hidden"].astype(bool) for frame in frames]),
        status=np.array(WORST, dtype=object)[ranks],
        flags=["; ".join(dict.fromkeys(word for word in row if word)) for row in zip(*words, strict=True)],
    )  # fmt: skip
    return Observed(frame, "count", notes, kinds=tuple(kinds))
