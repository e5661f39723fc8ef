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

ALIKE = 0.98
SHOWN = 5
MODELLED = "A change in modelled numbers can be a change of the model. Show the two side by side; do not read a change from them."

SAME_YEARS = "Take the same number of years in both: write window_years and years instead of pool in the method, and rebuild the old edition under it."
SAME_WEIGHTS = "Weigh both by one table: put the newer one in the place of the older in the old workspace, and build its edition again."
SHARED = "Bridged as means over as many years; its interval takes them as independent, which is rather too wide."


def place_differences(old: Assessment, new: Assessment, remedies: Sequence[str]) -> Iterator[Difference]:
    """What became of the places; nothing where all have the same codes and shapes."""
    gone, come = old.places.index.difference(new.places.index), new.places.index.difference(old.places.index)
    moved = redrawn(old, new)
    if not (len(gone) or len(come) or len(moved)):
        return
    told = [
        f"{len(gone):,} of {len(old.places):,} {old.many} of the old edition are not in the new one{_some(gone)}" if len(gone) else "",
        f"{len(come):,} of {len(new.places):,} are new{_some(come)}" if len(come) else "",
        f"{len(moved):,} keep their code but were redrawn{_some(moved)}" if len(moved) else "",
    ]
    yield Difference("boundary", f"The places differ: {'; '.join(filter(None, told))}.", "break", (), " Or: ".join(remedies))


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
        told = f"'{node.title}' is of {then[0]}–{then[-1]} in the old edition and of {now[0]}–{now[-1]} in the new one"
        shared = sorted(set(then) & set(now))
        if len(then) != len(now):
            yield Difference("period", f"{told}: {len(then)} year(s) together then, {len(now)} now.", "break", (node.id,), SAME_YEARS)
        elif shared and then != now:
            yield Difference(
                "period",
                f"{told}: {len(shared)} year(s) are in both, so a change is that of the others, spread over all.",
                "bridge",
                (node.id,),
                SHARED,
            )


def software_differences(old: Edition, new: Edition) -> Iterator[Difference]:
    """Whether the two were computed by the same program."""
    was, now = (edition.manifest.get("geomap:software", {}) for edition in (old, new))
    if was.get("code") != now.get("code"):
        yield Difference(
            "program",
            f"The two were computed by different states of the program ({was.get('version', 'unknown')}, {now.get('version', 'unknown')}).",
            "none",
        )


def _card(title: str, name: str, then: Mapping[str, Any], now: Mapping[str, Any], rebuild: str) -> Iterator[Difference]:
    if then.get("modelled") or now.get("modelled"):
        again = now.get("data") is not None and then.get("data") == now.get("data")
        yield Difference(
            "source",
            f"'{title}' is modelled, not measured{', and is the same in both' if again else ''}.",
            "break",
            (name,),
            MODELLED,
            alone=again,
        )
    for field, words in (("evidence", "kind of evidence"), ("provider", "provider")):
        if then.get(field, "") != now.get(field, ""):
            remedy = f"{rebuild}. If only the name changed, write it alike in both cards." if field == "provider" else rebuild
            yield Difference(
                "source", f"The {words} of '{title}' was {then.get(field)}, and is {now.get(field)}.", "break", (name,), remedy
            )


def _weights(title: str, name: str, table: str, data: Sequence[Any]) -> Iterator[Difference]:
    """Events weighed by a table that is not the same in both editions, or of which nothing is known."""
    if data[0] is None or data[0] != data[1]:
        yield Difference(
            "measure",
            f"'{title}' is weighed by the table '{table}', which is not the same in both editions.",
            "break",
            (name,),
            SAME_WEIGHTS,
        )


def _period(title: str, name: str, then: Mapping[str, Any], now: Mapping[str, Any], periods: tuple[str, str]) -> Iterator[Difference]:
    same = then.get("period") and then.get("period") == now.get("period")
    if same and periods[0] != periods[1] and not now.get("by_period"):
        yield Difference("period", f"'{title}' was not renewed: both editions rest on data of {now['period']}.", "none", (name,))
    elif then.get("period") != now.get("period"):
        yield Difference("period", f"'{title}' speaks of {then.get('period')} then, and of {now.get('period')} now.", "none", (name,))


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
    return f" ({', '.join(codes[:SHOWN])}{' …' if len(codes) > SHOWN else ''})"
