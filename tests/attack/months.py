"""Three years of monthly editions: each month the month, the year to date and twelve months back, by kind and in all."""

import time
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geomap.disclosure.atoms import incidence
from geomap.disclosure.attacker import Knowledge, reach
from geomap.disclosure.ledger import Counted, Ledger, Release, entries_of, settle

BELOW = 5
KINDS = ("slur", "assault", "spray")
FILTERS = {"{}": (0, 1, 2), '{"kind": ["slur"]}': (0,), '{"kind": ["assault"]}': (1,), '{"kind": ["slur", "assault"]}': (0, 1)}
FIRST = pd.Timestamp("2023-01-01")


@dataclass(frozen=True)
class Replayed:
    """So many editions: small counts there are, how many an attacker recovers from what left with and without the replay; the share withheld only because of it."""

    editions: int
    small: int
    recovered: int
    narrowed: int
    recovered_without: int
    share_withheld: float
    share_extra: float
    seconds: float


def truth(wards: int, months: int, seed: int = 5) -> np.ndarray:
    """Counts by ward, month and kind."""
    random = np.random.default_rng(seed)
    busy = random.gamma(1.2, 2.5, size=(wards, 1, 1)) * np.array([1.0, 0.6, 0.3])
    return random.poisson(busy, size=(wards, months, len(KINDS)))


def edition(counts: np.ndarray, month: int) -> Release:
    """What would be published in *month*, with the small counts withheld and nothing else looked at."""
    windows = {(month, month), (month - month % 12, month), (max(month - 11, 0), month)}
    tables = [_table(counts, window, where) for window in sorted(windows) for where in FILTERS]
    return Release(f"month {month + 1}", pd.concat(tables, ignore_index=True))


def _table(counts: np.ndarray, window: tuple[int, int], where: str) -> pd.DataFrame:
    told = counts[:, window[0] : window[1] + 1][:, :, list(FILTERS[where])].sum(axis=(1, 2)).astype(float)
    hidden = (told > 0) & (told < BELOW)
    limits = pd.DataFrame(
        {"low": np.where(hidden, 1, told), "high": np.where(hidden, BELOW - 1, told)}, index=[f"w{n}" for n in range(len(told))]
    )
    since, after = (FIRST + pd.DateOffset(months=number) for number in (window[0], window[1] + 1))
    days = (since.date().isoformat(), (after - pd.Timedelta(days=1)).date().isoformat())
    return entries_of(limits, Counted("threats", "threats", "wards", *days, where, BELOW))


def replayed(*, wards: int = 12, months: int = 36) -> Replayed:
    """All editions, each settled against everything before; then everything that left attacked at once."""
    began, counts = time.process_time(), truth(wards, months)
    ledger, raw, extra = Ledger(), [], 0
    for month in range(months):
        asked = edition(counts, month)
        settled = settle(ledger, asked)
        extra += int((np.isinf(settled.entries["high"]) & np.isfinite(asked.entries["high"])).sum())
        raw.append(asked.entries)
        ledger = ledger.with_release(settled)
    left = pd.concat([one.entries for one in ledger.releases], ignore_index=True)
    asked = pd.concat(raw, ignore_index=True)
    small, recovered, narrowed = attacked(left, asked, counts)
    share = float((left["low"] != left["high"]).mean())
    return Replayed(
        months, small, recovered, narrowed, attacked(asked, asked, counts)[1], share, extra / len(left), time.process_time() - began
    )


def attacked(left: pd.DataFrame, asked: pd.DataFrame, counts: np.ndarray) -> tuple[int, int, int]:
    """Of all that an attacker can ask about (everything that would have been published, and every month and kind): small counts, those recovered, those narrowed."""
    months = pd.concat(
        [_table(counts, (month, month), f'{{"kind": ["{kind}"]}}') for month in range(counts.shape[1]) for kind in KINDS[:2]]
    )
    rows = pd.concat([left, asked, months], ignore_index=True)
    members = incidence(rows, {("wards", place): [number] for number, place in enumerate(dict.fromkeys(rows["place"]))})
    atoms = members.shape[1]
    known = Knowledge(
        csr_array(members[: len(left)]), left["low"].to_numpy(), left["high"].to_numpy(), np.zeros(atoms), np.full(atoms, np.inf)
    )
    targets = csr_array(members[len(left) :])
    unique = np.unique(targets.toarray() > 0, axis=0, return_index=True)[1]
    targets = csr_array(targets[unique])
    true = pd.concat([_true(counts, asked), _true(counts, months)]).to_numpy()[unique]
    few = (true > 0) & (true < BELOW)
    low, high = reach(known, csr_array(targets[few]), enough=BELOW - 2)
    return int(few.sum()), int((low == high).sum()), int((high - low < BELOW - 2).sum())


def _true(counts: np.ndarray, rows: pd.DataFrame) -> pd.Series:
    since, until = (pd.to_datetime(rows[name]) for name in ("since", "until"))
    first, last = ((when.dt.year - FIRST.year) * 12 + when.dt.month - 1 for when in (since, until))
    sums = np.concatenate([np.zeros_like(counts[:, :1]), counts.cumsum(axis=1)], axis=1)
    ward = rows["place"].str[1:].astype(int).to_numpy()
    spans = sums[ward, last.to_numpy() + 1] - sums[ward, first.to_numpy()]
    kinds = np.array([[kind in FILTERS[text] for kind in range(len(KINDS))] for text in rows["where"]])
    return pd.Series((spans * kinds).sum(axis=1))
