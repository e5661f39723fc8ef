"""Toronto's hate crimes, one to four in most cells: what is shown, withheld and pooled, what an attacker finds, and what it costs the ranking.

python -m tests.attack.toronto prints all figures; make attack does so too where the open data lie beside.
"""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.journey import assess
from geomap.disclosure.complement import attacked, exposed_cells, suppress
from geomap.disclosure.rules import PRESETS
from geomap.statistics.pooling import pool
from geomap.workspace.workspace import open_workspace
from tests.workspaces.lay import SHARED, lay

COUNTS = SHARED / "data/toronto/incident/hate_crimes_by_158.csv"
YEARS = tuple(range(2018, 2025))
RULES = ("threshold-5", "nhs-1-7-5", "ons-10-5")
SAMPLE = 80
WINDOWS = {"2024 alone": 1, "2020 to 2024": 5, "2014 to 2024": 11}


def counts() -> pd.DataFrame:
    """Recorded hate crimes by neighbourhood and year, 158 × 7."""
    table = pd.read_csv(COUNTS, index_col="hood_158")
    return table[[f"hate_{year}" for year in YEARS]].set_axis(YEARS, axis=1)


@dataclass(frozen=True)
class Shown:
    """One table by one rule. cells; zeros; small: withheld for themselves; beside: withheld so that no sum tells them; shown: the rest, without zeros.

    exposed: withheld cells that an attacker who knows all sums tells more closely than the rule allows; solved: how many were attacked by programmes alone.
    """

    cells: int
    zeros: int
    small: int
    beside: int
    shown: int
    exposed: int
    solved: int
    totals_only: bool


def protected(table: pd.DataFrame, rule: str) -> Shown:
    """The table with all its sums, protected and then attacked."""
    below = PRESETS[rule].below
    found = suppress(table, below=below)
    inner = np.zeros(found.hidden.shape, dtype=bool)
    inner[: found.grid.leaves, : table.shape[1]] = True
    small, hidden, zero = found.small & inner, found.hidden & inner, (found.grid.counts == 0) & inner
    cells = np.flatnonzero(found.hidden)
    sample = np.random.default_rng(1).choice(cells, min(SAMPLE, len(cells)), replace=False)
    exposed = 0
    if not found.totals_only and len(cells):
        low, high = attacked(found.grid, found.hidden, sample, enough=below)
        exposed = len(exposed_cells(found.grid, found.hidden, below)) + int((high - low < below).sum())
    return Shown(
        cells=int(inner.sum()), zeros=int((zero & ~hidden).sum()), small=int(small.sum()), beside=int((hidden & ~small).sum()),
        shown=int((inner & ~hidden & ~zero).sum()), exposed=exposed, solved=len(sample), totals_only=found.totals_only,
    )  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What a rule costs a ranking, beside the same with nothing withheld.

    withheld: neighbourhoods whose count is; agreement: Spearman's of both ranks; moved: the middle and the largest change of rank; missed: neighbourhoods whose rank with nothing withheld lies outside their rank interval;
    widths: the middle width of the rank interval with nothing withheld, by the rule, and by the rule among those withheld.
    """

    withheld: int
    agreement: float
    moved: tuple[float, float]
    missed: int
    widths: tuple[float, float, float]


def cost(bare: Assessment, guarded: Assessment, name: str) -> Cost:
    """The cost in the ranking of *name*."""
    true, told = bare.numbers[name], guarded.numbers[name]
    hidden = (guarded.numbers["hate_crime"]["status"] == "suppressed").to_numpy()
    change = (true["rank"] - told["rank"]).abs()
    outside = (true["rank"] < told["rank_low"]) | (true["rank"] > told["rank_high"])
    before, after = (one["rank_high"] - one["rank_low"] + 1 for one in (true, told))
    return Cost(
        int(hidden.sum()), float(true["rank"].corr(told["rank"], method="spearman")), (float(change.median()), float(change.max())), int(outside.sum()),
        (float(before.median()), float(after.median()), float(after[hidden].median())),
    )  # fmt: skip


def rankings(home: Path, rules: tuple[str, ...] = RULES, draws: int = 1000) -> Iterator[tuple[str, str, Cost, Cost]]:
    """For each window of years and rule: the cost to the domain of incidents, which is hate crimes alone, and to the index of risk."""
    for window, years in WINDOWS.items():
        change = {"window_years = 11, years = 11": f"window_years = {years}, years = {years}"}
        open_city = lay("toronto", home / f"open-{years}")
        card = open_city / "layers/hate-crimes/datapackage.json"
        card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | {"geomap:sensitivity": "open"}), encoding="utf-8")
        bare = _assessed(open_city, change, draws)
        for rule in rules:
            here = change | {"threshold = 5": f'counts = "{rule}"'}
            guarded = _assessed(lay("toronto", home / f"{rule}-{years}"), here, draws)
            yield window, rule, cost(bare, guarded, "incidents"), cost(bare, guarded, "risk")


def _assessed(city: Path, changes: dict[str, str], draws: int) -> Assessment:
    path = city / "methodology.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in Toronto's methodology, not once.")
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    workspace = open_workspace(city)
    return assess(workspace.sources, workspace.methodology.with_uncertainty(draws=draws), "neighbourhoods-158").assessment


def main() -> bool:
    """Prints all; whether nothing was told that must not be."""
    table = counts()
    print(
        f"Toronto, recorded hate crimes 2018 to 2024 in {len(table)} neighbourhoods: {((table > 0) & (table < 5)).to_numpy().sum()} of {table.size} cells are 1 to 4."
    )
    pooled = pool(table, YEARS, least=5)
    print(f"Pooling, at least 5 events in four places of five: {pooled.sentence}")
    spans = {
        "each year": table,
        "last 5 years": table[list(YEARS[-5:])].sum(axis=1).to_frame("2020-2024"),
        "all 7 years": table.sum(axis=1).to_frame("2018-2024"),
    }
    exposed = 0
    for span, one in spans.items():
        for rule in RULES:
            found = protected(one, rule)
            exposed += found.exposed
            print(
                f"{span:13} {rule:12} cells {found.cells:5}: zeros {found.zeros:4}, shown {found.shown:4}, withheld as small {found.small:4}, withheld beside them {found.beside:4}; "
                f"exposed {found.exposed}, {found.solved} by programmes alone{'; totals only' if found.totals_only else ''}"
            )
    with tempfile.TemporaryDirectory() as folder:
        for window, rule, *costs in rankings(Path(folder)):
            for name, one in zip(("incidents", "risk"), costs, strict=True):
                print(
                    f"{window:13} {rule:12} {name:10} withheld {one.withheld:3} of {len(table)}; Spearman {one.agreement:.3f}; rank moves {one.moved[0]:.0f} (at most {one.moved[1]:.0f}); "
                    f"outside the interval {one.missed}; middle width of the rank interval {one.widths[0]:.0f}, by the rule {one.widths[1]:.0f}, where withheld {one.widths[2]:.0f}"
                )
    print()
    return exposed == 0


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
