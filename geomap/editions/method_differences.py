"""What differs between the methods of two editions at one level, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from geomap.assessment.assessment import Assessment
from geomap.editions.difference import Difference
from geomap.methodology.parts import Indicator
from geomap.methodology.recipe import Methodology
from geomap.methodology.substance import stripped

BY_NEW = "Bridged by scoring the old edition again under the new method, from its own published estimates."
BY_SCALE = "Bridged by measuring both with the same scale."
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
            yield Difference("index", f"'{node.title}' is new.", "break", (node.id,))
            continue
        for kind, then, now in (
            ("weight", _shares(was.parts, was.weights), _shares(node.parts, node.weights)),
            ("combination", was.combine, node.combine),
            ("direction", was.up, node.up),
        ):
            if then != now:
                yield Difference(
                    kind, f"The {kind} of '{node.title}' was {_told(then)}, and is {_told(now)}.", "bridge", (node.id,), BY_NEW
                )
    for name in before.keys() - {node.id for node in new.nodes}:
        yield Difference("index", f"'{before[name].title}' is no longer there.", "break", (name,))


def scale_differences(old: Mapping[str, Any], new: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[Difference]:
    """Indicators whose goalposts differ between two stored scales of a level."""
    changed = tuple(name for name in new if name in old and new[name] != old[name])
    if changed:
        listed = ", ".join(f"{titles[name]} {_posts(old[name])} then, {_posts(new[name])} now" for name in changed[:SHOWN])
        more = f" and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
        yield Difference("scale", f"The scale was fitted anew: {listed}{more}.", "bridge", changed, BY_SCALE)


def _coming_and_going(before: Mapping[str, Indicator], after: Mapping[str, Indicator], rebuild: str) -> Iterator[Difference]:
    for name in after.keys() - before.keys():
        yield Difference("indicator", f"The indicator '{after[name].title}' was added.", "break", (name,), rebuild)
    for name in sorted(before.keys() - after.keys()):
        yield Difference("indicator", f"The indicator '{before[name].title}' was taken out.", "bridge", (before[name].domain,), BY_NEW)


def _indicator(old: Indicator, new: Indicator, rebuild: str) -> Iterator[Difference]:
    was, now = (stripped(one.measure.model_dump(mode="json")) for one in (old, new))
    if old.measure.layer != new.measure.layer:
        yield Difference(
            "source",
            f"'{new.title}' was made from the layer '{old.measure.layer}', and is made from '{new.measure.layer}'.",
            "none",
            (new.id,),
        )
    others = [key for key in sorted(was.keys() | now.keys()) if was.get(key) != now.get(key) and key != "layer"]
    if others:
        listed = "; ".join(f"{key.replace('_', ' ')} was {_told(was.get(key))}, is {_told(now.get(key))}" for key in others)
        yield Difference("measure", f"'{new.title}' is not measured as it was: {listed}.", "break", (new.id,), rebuild)
    if old.unit != new.unit:
        yield Difference(
            "measure", f"The unit of '{new.title}' was {_told(old.unit)}, and is {_told(new.unit)}.", "break", (new.id,), rebuild
        )
    if old.up != new.up:
        yield Difference("direction", f"'{new.title}' was {old.up} when high, and is {new.up}.", "bridge", (new.id,), BY_NEW)
    if (old.steps, old.domain) != (new.steps, new.domain):
        yield Difference(
            "scale", f"'{new.title}' is transformed, or stands in its domain, otherwise than it was.", "bridge", (new.id,), BY_NEW
        )


def _rules(old: Methodology, new: Methodology, rebuild: str) -> Iterator[Difference]:
    """Rules that hold for all numbers."""
    for name, effect, remedy in (
        ("missing", "bridge", BY_NEW),
        ("disclosure", "bridge", f"Places withheld in either are left out. {rebuild}"),
    ):
        was, now = (stripped(getattr(some, name).model_dump(mode="json")) for some in (old, new))
        if was != now:
            kind = "threshold" if name == "disclosure" else "missing"
            told = "; ".join(f"{key.replace('_', ' ')} was {_told(was[key])}, is {_told(now[key])}" for key in was if was[key] != now[key])
            yield Difference(
                kind, f"The rule for what is {'withheld' if kind == 'threshold' else 'missing'} changed: {told}.", effect, (), remedy
            )
    if old.uncertainty.unknown_error != new.uncertainty.unknown_error:
        yield Difference(
            "doubt", f"Numbers without a published error were taken to be ±{old.uncertainty.unknown_error:g} points then, ±{new.uncertainty.unknown_error:g} now.", "none"
        )  # fmt: skip
    if old.methodology.version != new.methodology.version:
        said = "; ".join(change.reason for change in new.changes if change.version == new.methodology.version)
        yield Difference("version", f"The method was version {old.methodology.version}, and is {new.methodology.version}: {said}", "none")


def _shares(parts: tuple[str, ...], weights: tuple[float, ...]) -> dict[str, float]:
    return {part: round(weight / sum(weights), 6) for part, weight in zip(parts, weights, strict=True)}


def _posts(record: Mapping[str, Any]) -> str:
    return f"{record['low']:.4g} to {record['high']:.4g}" if record["low"] is not None else "none"


def _told(value: Any) -> str:  # noqa: ANN401  anything a recipe holds
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(one)}" for key, one in value.items()) or "nothing"
    if isinstance(value, list | tuple):
        return " + ".join(map(str, value)) or "nothing"
    return f"{value:.3g}" if isinstance(value, float) else ("nothing" if value in (None, "") else str(value))
