"""What was tried, and whether the numbers moved more there than in places like it: difference in differences from edition to edition."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geomap.editions.age import day_of
from geomap.editions.change import error_of
from geomap.editions.comparison import Comparison
from geomap.editions.edition import Edition
from geomap.errors import ComparisonError, EditionError
from geomap.statistics.difference_in_differences import Effect, difference_in_differences

NEEDED = frozenset({"id", "name", "indicator", "theory_of_change", "start"})
CONTROLS = 10
EARLY, SMALL, MEANT, AGAINST, NONE, UNTOLD = (
    "too early to tell", "too small to tell", "moved as was meant, more than in places like it", "moved the other way, more than in places like it",
    "no difference from places like it that we could see", "cannot be told",
)  # fmt: skip
ASSUMED = (
    "Without the intervention the number would have moved here as it did in the matched places; with two editions that cannot be tested.",
    "What was done here changed nothing in the matched places; neighbours and places with an intervention on the same number are not among them.",
    "Nothing else was begun here at the same time, and people report and answer as they did before.",
    "Among many readings some are so by chance; each interval is for one.",
)


@dataclass(frozen=True)
class Reading:
    """What can be said of one intervention. places, matched: codes; effect: in the indicator's unit; verdict: one of six; why: the reason in a sentence."""

    id: str
    name: str
    theory: str
    indicator: str
    start: str
    baseline: float
    target: float
    places: tuple[str, ...]
    matched: tuple[str, ...]
    effect: Effect | None
    verdict: str
    why: str


def readings(found: Comparison, edition: Edition) -> tuple[Reading, ...]:
    """A reading for every row of the edition's register of interventions; EditionError when it carries none."""
    table = register_of(edition)
    return tuple(_read(row, found, table) for row in table.to_dict("records"))


def register_of(edition: Edition) -> pd.DataFrame:
    """The register of interventions that travels with *edition*: the one with id, name, indicator, theory_of_change and start."""
    for name in sorted(edition.manifest["geomap:registers"]):
        table = edition.register(name)
        if set(table.columns) >= NEEDED:
            return table
    raise EditionError(
        f"The edition carries no register of interventions: an open layer of kind register with the columns {sorted(NEEDED)}, a column of place codes, baseline and target."
    )


def matched(found: Comparison, name: str, places: tuple[str, ...], taken: set[str]) -> pd.Index:
    """The ten places whose scores in the old edition were nearest to those of *places*, none of them *taken*, bordering on one, or without a change of *name*."""
    scores = pd.DataFrame(
        {node.id: found.then.numbers[node.id]["scaled"] for node in found.old.of_kind("indicator") if node.id in found.new.numbers}
    )
    scores = scores.dropna(axis="columns", how="all")
    centre = scores.loc[list(places)].mean()
    away = ((scores - centre) ** 2).mean(axis=1)
    known = found.change(name)["change"].notna()
    shapes = found.new.places.geometry
    near = shapely.union_all(shapes.loc[list(places)].to_numpy())
    free = known & ~scores.index.isin([*taken, *places]) & ~shapely.intersects(shapes.to_numpy(), near)
    return away[free].sort_values(kind="stable").index[:CONTROLS]


def _read(row: dict[str, str], found: Comparison, table: pd.DataFrame) -> Reading:
    places = _places(row, found)
    told = {
        "id": row["id"], "name": row["name"], "theory": row["theory_of_change"], "indicator": row["indicator"], "start": row["start"],
        "baseline": _number(row.get("baseline", "")), "target": _number(row.get("target", "")), "places": places,
    }  # fmt: skip
    if why := next(_hindrances(row, places, found), ""):
        return Reading(**told, matched=(), effect=None, verdict=UNTOLD, why=why)
    if why := _too_early(row["start"], found.periods[1]):
        return Reading(**told, matched=(), effect=None, verdict=EARLY, why=why)
    same = table[table["indicator"] == row["indicator"]].to_dict("records")
    controls = matched(found, row["indicator"], places, {code for one in same for code in _places(one, found)})
    effect = _effect(found, row["indicator"], list(places), controls)
    return Reading(**told, matched=tuple(controls), effect=effect, **_verdict(effect, told["target"] - told["baseline"], len(controls)))


def _hindrances(row: dict[str, str], places: tuple[str, ...], found: Comparison) -> Iterator[str]:
    if not places:
        yield "It is for the city as a whole, so there are no places like it to compare with."
    if row["indicator"] not in {node.id for node in found.nodes}:
        yield f"Its indicator '{row['indicator']}' is not in both editions."
        return
    try:
        change = found.change(row["indicator"])
    except ComparisonError as wrong:
        yield str(wrong)
        return
    if places and change.loc[list(places), "change"].isna().any():
        yield "The number of its own place is withheld or missing in one of the editions."


def _effect(found: Comparison, name: str, places: list[str], controls: pd.Index) -> Effect:
    change = found.change(name)["change"]
    error = pd.Series(np.hypot(error_of(found.then.numbers[name]), error_of(found.new.numbers[name])), index=change.index)
    return difference_in_differences(change[places], change[controls], errors=(error[places], error[controls]))


def _verdict(effect: Effect, meant: float, controls: int) -> dict[str, str]:
    """The verdict, and why; *meant*: how far the number was meant to move, NaN where nobody said."""
    if np.isnan(effect.estimate):
        return {"verdict": SMALL, "why": f"Only {controls} places are like it; that is too few."}
    half = (effect.high - effect.low) / 2
    if effect.low <= 0 <= effect.high:
        if not np.isnan(meant) and half > abs(meant):
            return {
                "verdict": SMALL,
                "why": f"The interval reaches {half:.3g} to either side, more than the {abs(meant):.3g} that was aimed at; it could not have been seen.",
            }
        return {"verdict": NONE, "why": "The interval holds no difference."}
    if np.isnan(meant) or not meant:
        return {
            "verdict": UNTOLD,
            "why": "It moved more than in places like it, but the register gives no baseline and target, so that nobody knows what was meant.",
        }
    return {"verdict": MEANT if (effect.estimate > 0) == (meant > 0) else AGAINST, "why": "The interval does not hold 0."}


def _too_early(start: str, period: str) -> str:
    """Why the newer period cannot show it yet: it began after the first day of that period."""
    day, years = day_of(start), [int(part) for part in period.replace("/", "-").split("-") if part.isdigit() and len(part) == 4]
    if day is None:
        return f"Its start '{start}' is no day."
    if not years or day.year < min(years) or (day.year == min(years) and (day.month, day.day) == (1, 1)):
        return ""
    return f"It began on {start}, so the newer edition, which speaks of {period}, holds it for a part of its time at most."


def _places(row: dict[str, str], found: Comparison) -> tuple[str, ...]:
    """The codes in the row's cells, parted by semicolons where there are several."""
    known = set(found.new.places.index)
    for text in row.values():
        codes = tuple(part.strip() for part in text.split(";") if part.strip())
        if codes and set(codes) <= known:
            return codes
    return ()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
