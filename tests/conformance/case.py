"""A published index held to its published numbers: what is run, what is compared, and how close it must come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geomap.assessment.index import run_index
from geomap.methodology.index import IndexFile, read_index
from geomap.methodology.published import find
from geomap.scoring.reshape import round_to
from tests.shared import SHARED

INDICES = SHARED / "data" / "indices"
SHOWN = 5
NOISE = 1e-12
Planted = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Check:
    """One column compared: *ours* (a node or a summary) with *published* (a column of the published table).

    within: the largest difference allowed. digits: ours is first rounded half-up to so many decimals, for what is published rounded.
    exact: at least so many cells have no difference at all, where *within* allows one. by: the column a summary is grouped by. named: places where a difference is known, with the reason; they are counted apart.
    """

    ours: str
    published: str
    within: float = 0.0
    digits: int | None = None
    exact: int = 0
    by: str = ""
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One run of one index file against one published table.

    table: the inputs as text, a row a place. published: what was published, index = key (for summaries: by name of the grouping column).
    planted: errors written into the file, each of which must be noticed. stage: what is cut off the file, so that it shows an earlier stage that was
    published too. key: the column of places where the file leaves it open.
    """

    index: str
    title: str
    files: tuple[str, ...]
    table: Callable[[], pd.DataFrame]
    published: Callable[[], Mapping[str, pd.DataFrame]]
    checks: Sequence[Check]
    planted: Mapping[str, Planted] = field(default_factory=dict)
    stage: Planted | None = None
    key: str = ""

    @property
    def there(self) -> bool:
        """Whether the published files are on this machine."""
        return all((INDICES / name).is_file() for name in self.files)


@dataclass(frozen=True)
class Outcome:
    """What came of one check: cells compared (a gap on both sides is none), equal, the largest difference, those named, and the first that differ."""

    check: Check
    rows: int
    cells: int
    equal: int
    largest: float
    named: int
    exact: int
    differ: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every cell is within what is allowed, and enough of them are exact."""
        return self.equal == self.cells and self.exact >= self.check.exact


def stored(name: str) -> pd.DataFrame:
    """A published file as text, as a user's table would be read."""
    return pd.read_csv(INDICES / name, dtype="str", keep_default_na=False)


def numbers(name: str, key: str) -> pd.DataFrame:
    """A published file as numbers, index = *key*; what is no number is missing."""
    return stored(name).set_index(key).apply(pd.to_numeric, errors="coerce")


def recipe_of(case: Case) -> IndexFile:
    """The file that is shipped for a case, as far as its stage."""
    return with_error(case, lambda _: None) if case.stage else read_index(find(case.index))


def run(case: Case, recipe: IndexFile) -> list[Outcome]:
    """Every check of *case*, with *recipe* (the shipped one, or one with an error planted)."""
    found = run_index(recipe, case.table(), key=case.key)
    published = case.published()
    return [
        compare(
            check,
            (found.summaries[check.by] if check.by else found.places)[check.ours],
            published[check.by][check.published],
        )
        for check in case.checks
    ]


def compare(check: Check, ours: pd.Series, published: pd.Series) -> Outcome:
    """One column against the published one, place by place; a gap on one side only is a difference."""
    ours = ours.copy()
    ours.index = ours.index.astype("str")
    published = pd.to_numeric(published, errors="coerce")
    both = ours.reindex(published.index.astype("str")).to_numpy(dtype=float)
    theirs = published.to_numpy(dtype=float)
    both = both if check.digits is None else round_to(both, check.digits)
    gap = np.abs(both - theirs)
    equal = (gap <= check.within + NOISE) | (np.isnan(both) & np.isnan(theirs))
    named = published.index.astype("str").isin(list(check.named))
    left = ~named
    wrong = np.flatnonzero(left & ~equal)[:SHOWN]
    differ = tuple(f"{published.index[place]}: {both[place]:.10g}, published {theirs[place]:.10g}" for place in wrong)
    seen = gap[left & ~np.isnan(gap)]
    exact = int((left & ((gap <= NOISE) | (np.isnan(both) & np.isnan(theirs)))).sum())
    spoken = left & ~(np.isnan(both) & np.isnan(theirs))
    cells, same, largest = int(spoken.sum()), int((equal & spoken).sum()), float(seen.max()) if len(seen) else 0.0
    return Outcome(check, len(published), cells, same, largest, int(named.sum()), exact, differ)


def with_error(case: Case, plant: Planted) -> IndexFile:
    """The shipped file with an error written into it."""
    import tomllib

    data = tomllib.loads(Path(find(case.index)).read_text(encoding="utf-8"))
    plant(data)
    if case.stage:
        case.stage(data)
    return IndexFile.read(data, where=f"{case.index} with an error")


def node(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The node called *name* in the parsed file, to plant an error in."""
    return next(entry for entry in data["node"] if entry["id"] == name)
