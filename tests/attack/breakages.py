"""Breakages planted on purpose: each makes some small count recoverable, and the attacker must say so."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import shapely

from geomap.disclosure.complement import exposed_cells, suppress
from geomap.disclosure.ledger import Counted, Ledger, Release, entries_of, replay
from tests.attack.tables import BELOW, counts_of

YEAR = ("2025-01-01", "2025-12-31")
HIDDEN = (1.0, BELOW - 1.0)


def planted() -> dict[str, Callable[[], bool]]:
    """What is broken, and whether the attacker notices."""
    return {
        "no complement at all": lambda: _table(lambda shown: shown.small),
        "a complement opened in the row of a small count": lambda: _table(_opened(axis=1)),
        "a complement opened in the column of a small count": lambda: _table(_opened(axis=0)),
        "small counts withheld in one place only, sums shown": _lonely,
        "a district's total beside its wards": _district,
        "year to date after a month": lambda: _later(("2025-01-01", "2025-02-28"), 15),
        "a longer window after a shorter one": lambda: _later(("2024-01-01", "2025-01-31"), 16),
        "rolling totals that overlap": _rolling,
        "all kinds, then all but one": lambda: _kinds('{"kind": ["slur", "assault"]}', 17, 20),
        "one kind, then that kind and another": lambda: _kinds('{"kind": ["slur"]}', 17, 20, '{"kind": ["slur", "spray"]}'),
        "a withheld kind beside the others and the total": _closing,
        "a withheld kind beside the total, where it is known that there are no others": _no_others,
        "the share of all who were asked, then of all but one group": lambda: _agreed(2),
        "a group of whom all but few agreed, told by the others": lambda: _agreed(38),
        "boundaries redrawn by a strip": lambda: _redrawn(0.5),
        "two wards become three": _split,
        "the same number revised by two": lambda: _later(("2025-01-01", "2025-01-31"), 14),
        "a withheld number published next year": lambda: _unveiled(3),
        "a withheld number that becomes a rounded one": lambda: _unveiled(4),
    }


def _table(hide: Callable) -> bool:
    shown = suppress(counts_of(8, 10, 60.0, seed=3), below=BELOW)
    return len(exposed_cells(shown.grid, hide(shown), BELOW, certified=False)) > 0


def _opened(axis: int) -> Callable:
    def opened(shown) -> np.ndarray:
        hidden = shown.hidden.copy()
        inner = shown.small[: shown.grid.leaves, :-1]
        row, column = next(map(tuple, np.argwhere(inner & (inner.sum(axis=axis, keepdims=True) == 1))))
        line = (row, slice(None)) if axis == 1 else (slice(None), column)
        hidden[line] &= shown.small[line]
        return hidden

    return opened


def _lonely() -> bool:
    counts = pd.DataFrame(np.full((6, 4), 30))
    counts.iloc[2, 1] = 3
    shown = suppress(counts, below=BELOW)
    return len(exposed_cells(shown.grid, shown.small, BELOW)) > 0


def release(name: str, *tables: pd.DataFrame, outlines: dict | None = None) -> Release:
    """A release of tables of limits."""
    return Release(name, pd.concat(tables, ignore_index=True), outlines or {})


def table(said: dict, period: tuple[str, str] = YEAR, where: str = "{}", boundaries: str = "wards") -> pd.DataFrame:
    """Ledger entries: a number is exact, a pair a band."""
    pairs = {place: one if isinstance(one, tuple) else (one, one) for place, one in said.items()}
    return entries_of(pd.DataFrame(pairs, index=["low", "high"]).T, Counted("threats", "threats", boundaries, *period, where, BELOW))


def _caught(*releases: Release) -> bool:
    *before, last = releases
    return len(replay(Ledger(tuple(before)), last)) > 0


def _district() -> bool:
    wards = {"a": shapely.box(0, 0, 1, 1), "b": shapely.box(1, 0, 2, 1)}
    first = release("wards", table({"a": HIDDEN, "b": 30}), outlines={"wards": wards})
    district = table({"d": 33}, boundaries="districts")
    return _caught(first, release("districts", district, outlines={"districts": {"d": shapely.box(0, 0, 2, 1)}}))


def _later(period: tuple[str, str], count: int) -> bool:
    return _caught(
        release("january", table({"a": 12, "b": 40}, ("2025-01-01", "2025-01-31"))), release("later", table({"a": count}, period))
    )


def _rolling() -> bool:
    months = [("2025-01-01", "2025-03-31"), ("2025-02-01", "2025-04-30"), ("2025-01-01", "2025-04-30")]
    first = release("rolling", table({"a": 20}, months[0]), table({"a": 22}, months[1]))
    return _caught(first, release("sum", table({"a": 24}, months[2])))


def _kinds(where: str, count: int, all_: int, whole: str = "{}") -> bool:
    return _caught(release("one", table({"a": all_}, where=whole)), release("other", table({"a": count}, where=where)))


def _closing() -> bool:
    kinds = [table({"a": HIDDEN}, where='{"kind": ["slur"]}'), table({"a": 20}, where='{"kind": ["assault"]}')]
    both = table({"a": 23}, where='{"kind": ["slur", "assault"]}')
    return _caught(release("kinds", *kinds, both))


def _no_others() -> bool:
    kinds = [table({"a": HIDDEN}, where='{"kind": ["slur"]}'), table({"a": 20}, where='{"kind": ["assault"]}')]
    others = table({"a": 0}, where='{"kind": {"not": ["slur", "assault"]}}')
    return _caught(release("kinds", *kinds, others), release("all", table({"a": 24})))


def _agreed(old: int) -> bool:
    """80 were asked, of whom 30 young ones agreed; of the other 40 so many *old* ones did."""

    def asked(answered: int, agreed: int, where: str) -> pd.DataFrame:
        yes = where.replace("{", '{"trust": ["yes"], ', 1).replace(", }", "}")
        return pd.concat([table({"a": answered}, where=where), table({"a": agreed}, where=yes)])

    return _caught(release("all", asked(80, 30 + old, "{}")), release("young", asked(40, 30, '{"group": ["young"]}')))


def _redrawn(strip: float) -> bool:
    old = {"a": shapely.box(0, 0, 2, 1), "b": shapely.box(2, 0, 4, 1)}
    new = {"a": shapely.box(0, 0, 2 - strip, 1), "b": shapely.box(2 - strip, 0, 4, 1)}
    first = release("old", table({"a": 12, "b": 40}), outlines={"wards": old})
    return _caught(first, release("new", table({"a": 10, "b": 42}, boundaries="wards-2025"), outlines={"wards-2025": new}))


def _split() -> bool:
    old = {"a": shapely.box(0, 0, 2, 1), "b": shapely.box(2, 0, 4, 1)}
    new = {"x": shapely.box(0, 0, 1.5, 1), "y": shapely.box(1.5, 0, 2.5, 1), "z": shapely.box(2.5, 0, 4, 1)}
    first = release("old", table({"a": 12, "b": 40}), outlines={"wards": old})
    return _caught(first, release("new", table({"x": 9, "y": 7, "z": 36}, boundaries="wards-2025"), outlines={"wards-2025": new}))


def _unveiled(count: int) -> bool:
    said = {"a": count} if count == 3 else {"a": (3.0, 4.0)}
    return _caught(release("one", table({"a": HIDDEN})), release("two", table(said)))
