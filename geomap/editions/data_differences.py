"""What differs between the data and the places of two editions at one level, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geomap.assessment.assessment import Assessment
from geomap.datapackage.package import CARD
from geomap.editions.difference import Difference
from geomap.editions.edition import Edition
from geomap.methodology.recipe import Methodology
from geomap.worded import worded

ALIKE = 0.98
SHOWN = 5
MODELLED = worded("A change in modelled numbers can be a change of the model. Show the two side by side; do not read a change from them.")
IS_MODELLED = worded("'{title}' is modelled, not measured.")
MODELLED_AGAIN = worded("'{title}' is modelled, not measured, and is the same in both.")
EVIDENCE = worded("The kind of evidence of '{title}' was {before}, and is {after}.")
PROVIDER = worded("The provider of '{title}' was {before}, and is {after}.")
NAMED_ALIKE = worded("{rebuild}. If only the name changed, write it alike in both cards.")
GONE = worded("{count} of {whole} {many} of the old edition are not in the new one ({codes})")
COME = worded("{count} of {whole} are new in the new edition ({codes})")
MOVED = worded("{count} keep their code but were redrawn ({codes})")
SAME_YEARS = worded(
    "Take the same number of years in both: write window_years and years instead of pool in the method, and rebuild the old edition under it."
)
SAME_WEIGHTS = worded(
    "Weigh both by one table: put the newer one in the place of the older in the old workspace, and build its edition again."
)
SHARED = worded("Bridged as means over as many years; its interval takes them as independent, which is rather too wide.")


def place_differences(old: Assessment, new: Assessment, remedy: str) -> Iterator[Difference]:
    """What became of the places; nothing where all have the same codes and shapes."""
    gone, come = old.places.index.difference(new.places.index), new.places.index.difference(old.places.index)
    moved = redrawn(old, new)
    if not (len(gone) or len(come) or len(moved)):
        return
    told = [
        worded(said, count=len(codes), whole=len(some.places), many=some.many, codes=_some(codes))
        for said, codes, some in ((GONE, gone, old), (COME, come, new), (MOVED, moved, new))
        if len(codes)
    ]
    yield Difference("boundary", worded("The places differ: {what}.", what="; ".join(told)), "break", (), remedy)


def redrawn(old: Assessment, new: Assessment) -> pd.Index:
    """Codes of both editions whose shapes share less than 98 % of their joint area."""
    both = new.places.index.intersection(old.places.index)
    one, other = (np.asarray(some.places.geometry.loc[both].array) for some in (old, new))
    same = shapely.equals_exact(one, other, 1e-6)
    unsure = np.flatnonzero(~same)
    first, second = shapely.make_valid(one[unsure]), shapely.make_valid(other[unsure])
    shared = shapely.area(shapely.intersection(first, second))
    joint = shapely.area(first) + shapely.area(second) - shared
    return both[unsure[shared < ALIKE * joint]]


def source_differences(
    editions: tuple[Edition, Edition], methods: tuple[Methodology, Methodology], level: tuple[str, str], rebuild: str
) -> Iterator[Difference]:
    """For each indicator: another provider, another kind of evidence, modelled numbers, the same data again, or data revised since."""
    cards = [_cards(edition) for edition in editions]
    before, after = ({one.id: one for one in method.at(name)} for method, name in zip(methods, level, strict=True))
    for name, now in after.items():
        if name not in before:
            continue
        was = before[name]
        then_card, now_card = (some.get(one.measure.layer, {}) for some, one in zip(cards, (was, now), strict=True))
        yield from _card(now.title, name, then_card, now_card, rebuild)
        yield from _period(now.title, name, then_card, now_card, tuple(edition.period for edition in editions))
        if table := now.measure.weighed_by:
            yield from _weights(now.title, name, table, [some.get(table, {}).get("data") for some in cards])


def year_differences(old: Assessment, new: Assessment) -> Iterator[Difference]:
    """Indicators that take years together: another number of years in each edition, or years that are in both."""
    before = {node.id: node for node in old.nodes if node.years}
    for node in (one for one in new.nodes if one.years and one.id in before):
        then, now = before[node.id].years, node.years
        of = {"title": node.title, "then": f"{then[0]}–{then[-1]}", "now": f"{now[0]}–{now[-1]}"}
        shared = sorted(set(then) & set(now))
        if len(then) != len(now):
            said = worded(
                "'{title}' is of {then} in the old edition and of {now} in the new one: {before} year(s) together then, {after} now.",
                **of, before=len(then), after=len(now),
            )  # fmt: skip
            yield Difference("period", said, "break", (node.id,), SAME_YEARS)
        elif shared and then != now:
            said = worded(
                "'{title}' is of {then} in the old edition and of {now} in the new one: {shared} year(s) are in both, so a change is that of the others, spread over all.",
                **of, shared=len(shared),
            )  # fmt: skip
            yield Difference("period", said, "bridge", (node.id,), SHARED)


def software_differences(old: Edition, new: Edition) -> Iterator[Difference]:
    """Whether the two were computed by the same program."""
    was, now = (edition.manifest.get("geomap:software", {}) for edition in (old, new))
    if was.get("code") != now.get("code"):
        said = worded(
            "The two were computed by different states of the program ({old_version}, {new_version}).",
            old_version=was.get("version", "?"), new_version=now.get("version", "?"),
        )  # fmt: skip
        yield Difference("program", said, "none")


def _card(title: str, name: str, then: Mapping[str, Any], now: Mapping[str, Any], rebuild: str) -> Iterator[Difference]:
    if then.get("modelled") or now.get("modelled"):
        again = now.get("data") is not None and then.get("data") == now.get("data")
        said = worded(MODELLED_AGAIN if again else IS_MODELLED, title=title)
        yield Difference("source", said, "break", (name,), MODELLED, alone=again)
    for field, said, remedy in (("evidence", EVIDENCE, rebuild), ("provider", PROVIDER, worded(NAMED_ALIKE, rebuild=rebuild))):
        if then.get(field, "") != now.get(field, ""):
            told = worded(said, title=title, before=then.get(field) or "—", after=now.get(field) or "—")
            yield Difference("source", told, "break", (name,), remedy)


def _weights(title: str, name: str, table: str, data: Sequence[Any]) -> Iterator[Difference]:
    """Events weighed by a table that is not the same in both editions, or of which nothing is known."""
    if data[0] is None or data[0] != data[1]:
        said = worded("'{title}' is weighed by the table '{table}', which is not the same in both editions.", title=title, table=table)
        yield Difference("measure", said, "break", (name,), SAME_WEIGHTS)


def _period(title: str, name: str, then: Mapping[str, Any], now: Mapping[str, Any], periods: tuple[str, str]) -> Iterator[Difference]:
    same = then.get("period") and then.get("period") == now.get("period")
    if same and periods[0] != periods[1] and not now.get("by_period"):
        said = worded("'{title}' was not renewed: both editions rest on data of {period}.", title=title, period=now["period"])
        yield Difference("period", said, "none", (name,))
    elif then.get("period") != now.get("period"):
        spoken = {"before": then.get("period") or "—", "after": now.get("period") or "—"}
        yield Difference("period", worded("'{title}' speaks of {before} then, and of {after} now.", title=title, **spoken), "none", (name,))


def _cards(edition: Edition) -> dict[str, Mapping[str, Any]]:
    """What each layer said of itself, by name; data: the hashes of its files but the card, nothing where they are withheld."""
    inputs = edition.manifest["geomap:inputs"]
    found = {}
    for card in edition.manifest.get("geomap:cards", []):
        own = {path: digest for path, digest in inputs.items() if path.startswith(f"{card['folder']}/") and not path.endswith(CARD)}
        data = None if "withheld" in own.values() or not own else sorted(own.values())
        if card["kind"] != "boundaries":
            found[card["name"]] = {**card, "data": data}
    return found


def _some(codes: pd.Index) -> str:
    return f"{', '.join(codes[:SHOWN])}{' …' if len(codes) > SHOWN else ''}"
