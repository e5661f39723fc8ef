"""How far the scores of a place moved since earlier editions, where that can be said."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from geomap.editions.change import UNKNOWN
from geomap.editions.compare import compare
from geomap.editions.comparison import Comparison
from geomap.editions.edition import Edition, read_edition
from geomap.editions.shelf import shelf
from geomap.errors import GeomapError
from geomap.language import say
from geomap.symbology.numbers import interval, signed

MOST = 3

Lay = Callable[[Edition, str, str], Comparison | None]  # an edition, a level, and the folder of an earlier edition


@dataclass(frozen=True)
class Since:
    """An earlier edition beside this one; nothing where the two cannot be laid beside each other at all."""

    period: str
    found: Comparison | None

    @cached_property
    def _changes(self) -> dict[str, pd.DataFrame]:
        """The change of each index or part that may be compared."""
        if self.found is None:
            return {}
        return {
            node.id: self.found.change(node.id)
            for node in self.found.nodes
            if node.kind != "indicator" and self.found.grade_of(node.id) != "C"
        }

    def row(self, name: str, code: str) -> pd.Series | None:
        """Old, new and change of *name* in *code*, by one yardstick, with their label; nothing where the two cannot be compared."""
        if name not in self._changes:
            return None
        row = self._changes[name].loc[code]
        return None if row["label"] == UNKNOWN or row["change"] != row["change"] else row

    def of(self, name: str, code: str) -> str:
        """The change of *name* in *code* in words: with its interval and its label."""
        row = self.row(name, code)
        if row is None:
            return say(UNKNOWN)
        return f"{signed(row['change'], 1)} ({interval(row['low'], row['high'], 1)}): {say(row['label'])}"


def periods_before(edition: Edition) -> dict[str, str]:
    """The folder of the edition of each earlier period that lies beside this one and was made for nobody fewer, the latest first, three at most."""
    try:
        table = shelf(edition.path.parent, tier=edition.about["tier"])
    except GeomapError:  # an edition that lies alone, or beside others that are damaged
        return {}
    before = table[(table["period"] < edition.period) & (table["tier"] == edition.about["tier"])]
    last = before.drop_duplicates("period", keep="last").sort_values("period", ascending=False).head(MOST)
    return dict(zip(last["period"].astype(str), last["edition"].astype(str), strict=True))


def laid_beside(edition: Edition, level: str, name: str) -> Comparison | None:
    """This edition beside the one called *name*; nothing where the two cannot be laid beside each other at all."""
    try:
        return compare(read_edition(edition.path.parent / name), edition, level=level)
    except GeomapError:
        return None


def earlier(edition: Edition, level: str, lay: Lay = laid_beside) -> tuple[Since, ...]:
    """This edition beside each of those; *lay* lays it there."""
    return tuple(Since(period, lay(edition, level, name)) for period, name in periods_before(edition).items())
