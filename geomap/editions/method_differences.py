"""What differs between the methods of two editions at one level, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from geomap.assessment.assessment import Assessment
from geomap.editions.difference import Difference
from geomap.methodology.parts import Indicator
from geomap.methodology.recipe import Methodology
from geomap.methodology.substance import stripped
from geomap.worded import worded

BY_NEW = worded("Bridged by scoring the old edition again under the new method, from its own published estimates.")
BY_SCALE = worded("Bridged by measuring both with the same scale.")
WEIGHT = worded("The weight of '{title}' was {before}, and is {after}.")
COMBINATION = worded("The combination of '{title}' was {before}, and is {after}.")
UP = {"worse": worded("worse"), "better": worded("better")}
MISSING = worded("The rule for what is missing changed: {listed}.")
WITHHELD = worded("The rule for what is withheld changed: {listed}.")
DIRECTION = worded("The direction of '{title}' was {before}, and is {after}.")
SHOWN = 6


def method_differences(old: Methodology, new: Methodology, level: tuple[str, str], rebuild: str) -> Iterator[Difference]:
    """Everything that differs between what two methodologies do at a level (its name in each); *rebuild*: the command that mends what cannot be bridged."""
    before, after = ({one.id: one for one in some.at(name)} for some, name in zip((old, new), level, strict=True))
    yield from _coming_and_going(before, after, rebuild)
    for name in after:
        if name in before:
            yield from _indicator(before[name], after[name], rebuild)
    yield from _rules(old, new, rebuild)


def tree_differences(old: Assessment, new: Assessment) -> Iterator[Difference]:
    """What differs in how domains and indices are made: parts, weights, the way to combine."""
    before = {node.id: node for node in old.nodes if node.parts}
    for node in (one for one in new.nodes if one.parts):
        was = before.get(node.id)
        if was is None:
            yield Difference("index", worded("'{title}' is new in the new edition.", title=node.title), "break", (node.id,))
            continue
        for kind, said, then, now in (
            ("weight", WEIGHT, _shares(was.parts, was.weights), _shares(node.parts, node.weights)),
            ("combination", COMBINATION, was.combine, node.combine),
            ("direction", DIRECTION, UP[was.up], UP[node.up]),
        ):
            if then != now:
                told = worded(said, title=node.title, before=_told(then), after=_told(now))
                yield Difference(kind, told, "bridge", (node.id,), BY_NEW)
    for name in before.keys() - {node.id for node in new.nodes}:
        yield Difference("index", worded("'{title}' is no longer there.", title=before[name].title), "break", (name,))


def scale_differences(old: Mapping[str, Any], new: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[Difference]:
    """Indicators whose goalposts differ between two stored scales of a level."""
    changed = tuple(name for name in new if name in old and new[name] != old[name])
    if changed:
        listed = ", ".join(f"{titles[name]} {_posts(old[name])} → {_posts(new[name])}" for name in changed[:SHOWN])
        told = listed if len(changed) <= SHOWN else worded("{listed}, and {count} more of them", listed=listed, count=len(changed) - SHOWN)
        yield Difference("scale", worded("The scale was fitted anew: {listed}.", listed=told), "bridge", changed, BY_SCALE)


def _coming_and_going(before: Mapping[str, Indicator], after: Mapping[str, Indicator], rebuild: str) -> Iterator[Difference]:
    for name in after.keys() - before.keys():
        yield Difference("indicator", worded("The indicator '{title}' was added.", title=after[name].title), "break", (name,), rebuild)
    for name in sorted(before.keys() - after.keys()):
        told = worded("The indicator '{title}' was taken out.", title=before[name].title)
        yield Difference("indicator", told, "bridge", (before[name].domain,), BY_NEW)


def _indicator(old: Indicator, new: Indicator, rebuild: str) -> Iterator[Difference]:
    was, now = (stripped(one.measure.model_dump(mode="json")) for one in (old, new))
    if old.measure.layer != new.measure.layer:
        told = worded(
            "'{title}' was made from the layer '{before}', and is made from '{after}'.",
            title=new.title, before=old.measure.layer, after=new.measure.layer,
        )  # fmt: skip
        yield Difference("source", told, "none", (new.id,))
    others = [key for key in sorted(was.keys() | now.keys()) if was.get(key) != now.get(key) and key != "layer"]
    if others:
        told = worded("'{title}' is not measured as it was: {listed}.", title=new.title, listed=_listed(others, was, now))
        yield Difference("measure", told, "break", (new.id,), rebuild)
    if old.unit != new.unit:
        told = worded("The unit of '{title}' was {before}, and is {after}.", title=new.title, before=_told(old.unit), after=_told(new.unit))
        yield Difference("measure", told, "break", (new.id,), rebuild)
    if old.up != new.up:
        told = worded("'{title}' was {before} when high, and is {after}.", title=new.title, before=UP[old.up], after=UP[new.up])
        yield Difference("direction", told, "bridge", (new.id,), BY_NEW)
    if (old.steps, old.domain) != (new.steps, new.domain):
        told = worded("'{title}' is transformed, or stands in its domain, otherwise than it was.", title=new.title)
        yield Difference("scale", told, "bridge", (new.id,), BY_NEW)


def _rules(old: Methodology, new: Methodology, rebuild: str) -> Iterator[Difference]:
    """Rules that hold for all numbers."""
    left_out = worded("Places withheld in either are left out. {rebuild}", rebuild=rebuild)
    for name, kind, said, remedy in (("missing", "missing", MISSING, BY_NEW), ("disclosure", "threshold", WITHHELD, left_out)):
        was, now = (stripped(getattr(some, name).model_dump(mode="json")) for some in (old, new))
        if was != now:
            told = worded(said, listed=_listed([key for key in was if was[key] != now[key]], was, now))
            yield Difference(kind, told, "bridge", (), remedy)
    if old.uncertainty.unknown_error != new.uncertainty.unknown_error:
        told = worded(
            "Numbers without a published error were taken to be ±{before} points then, ±{after} now.",
            before=f"{old.uncertainty.unknown_error:g}", after=f"{new.uncertainty.unknown_error:g}",
        )  # fmt: skip
        yield Difference("doubt", told, "none")
    if old.methodology.version != new.methodology.version:
        why = "; ".join(change.reason for change in new.changes if change.version == new.methodology.version)
        told = worded(
            "The method was version {old_version}, and is {new_version}: {why}",
            old_version=old.methodology.version, new_version=new.methodology.version, why=why or "—",
        )  # fmt: skip
        yield Difference("version", told, "none")


def _shares(parts: tuple[str, ...], weights: tuple[float, ...]) -> dict[str, float]:
    return {part: round(weight / sum(weights), 6) for part, weight in zip(parts, weights, strict=True)}


def _posts(record: Mapping[str, Any]) -> str:
    return f"{record['low']:.4g} – {record['high']:.4g}" if record["low"] is not None else "—"


def _listed(keys: list[str], was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What a recipe says under *keys*, then and now."""
    return "; ".join(f"{key.replace('_', ' ')}: {_told(was.get(key))} → {_told(now.get(key))}" for key in keys)


def _told(value: Any) -> str:  # noqa: ANN401  anything a recipe holds
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(one)}" for key, one in value.items()) or "—"
    if isinstance(value, list | tuple):
        return " + ".join(map(str, value)) or "—"
    return f"{value:.3g}" if isinstance(value, float) else ("—" if value in (None, "") else str(value))
