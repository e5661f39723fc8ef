"""Generated tables by place and group, protected and then attacked."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.disclosure.complement import attacked, exposed_cells, free_cells, suppress

BELOW = 5
SHAPES = ((12, 3), (25, 4), (34, 6), (60, 8), (96, 5), (158, 8), (158, 11), (331, 6), (344, 4), (624, 8))
SAMPLE = 60


@dataclass(frozen=True)
class Attacked:
    """One table: its shape and how sparse it is; the share of its counts withheld, and of them the small ones; how many withheld cells an attacker tells too closely.

    solved: how many cells were solved by programmes without any certificate; protecting, attacking: seconds.
    """

    places: int
    groups: int
    nested: bool
    small: int
    hidden: int
    share: float
    exposed: int
    solved: int
    totals_only: bool
    protecting: float
    attacking: float


def tables(*, most: int = 10**9) -> Iterator[Attacked]:
    """Each shape, with districts and without, sparse and full: forty tables."""
    for number, (places, groups) in enumerate(SHAPES):
        if places * groups <= most:
            for nested in (False, True):
                for mean in (4.0, 40.0):
                    yield attack(places, groups, nested=nested, mean=mean, seed=number)


def counts_of(places: int, groups: int, mean: float, seed: int) -> pd.DataFrame:
    """Counts as incidents have them: negative binomial, many zeros and a long tail."""
    random = np.random.default_rng(seed)
    return pd.DataFrame(random.negative_binomial(0.6, 0.6 / (0.6 + mean), size=(places, groups)))


def attack(places: int, groups: int, *, nested: bool, mean: float, seed: int) -> Attacked:
    """One table protected, then attacked: every withheld cell, of large tables those without certificate and a sample of the others by programmes alone."""
    counts = counts_of(places, groups, mean, seed)
    parents = (pd.Series([f"district {place % max(places // 20, 2)}" for place in range(places)]),) if nested else ()
    began = time.process_time()
    shown = suppress(counts, *parents, below=BELOW)
    protected = time.process_time()
    exposed, solved = 0, 0
    if not shown.totals_only:
        exposed = len(exposed_cells(shown.grid, shown.hidden, BELOW))
        free = np.flatnonzero(free_cells(shown.grid, shown.hidden, BELOW))
        cells = free if len(free) <= SAMPLE else np.sort(np.random.default_rng(seed).choice(free, SAMPLE, replace=False))
        low, high = attacked(shown.grid, shown.hidden, cells, enough=BELOW) if len(cells) else (np.zeros(0), np.zeros(0))
        exposed, solved = exposed + int((high - low < BELOW).sum()), len(cells) + int(shown.hidden.sum()) - len(free)
    inner = shown.hidden[:places, :groups]
    return Attacked(
        places, groups, nested, int(shown.small[:places, :groups].sum()), int(inner.sum()), shown.share_hidden, exposed, solved, shown.totals_only,
        protected - began, time.process_time() - protected,
    )  # fmt: skip
