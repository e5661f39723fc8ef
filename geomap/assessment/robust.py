"""How far ranks move when one indicator is left out, or one choice of method is made otherwise."""

from collections.abc import Iterator

import numpy as np

from geomap.assessment.assessment import Assessment
from geomap.assessment.explore import elsewhere, rescored
from geomap.assessment.finding import Finding, listed
from geomap.assessment.moved import Agreed
from geomap.methodology.recipe import Methodology
from geomap.methodology.whatif import recombined, reweighted, with_missing, without

FAR = 0.05
WAYS = {"arithmetic": "plain means", "geometric": "geometric means", "harmonic": "harmonic means"}
RULES = {
    "propagate": "any gap leaving a place without a score",
    "renormalise": "gaps passed over, however many",
}
SCALE = "The scale is held by the edition, so other scales are not tried here: build an edition with another scale and compare the two."


def one_left_out(assessment: Assessment, methodology: Methodology, base: Agreed) -> Iterator[Finding]:
    """Per top index, how far ranks move without each indicator."""
    nodes = assessment.of_kind("indicator")
    if len(nodes) < 2:
        return
    away = elsewhere(assessment, methodology)
    moved = {node.id: base.moved(rescored(assessment, without(methodology, {node.id, *away}))) for node in nodes}
    for top in base.tops:
        shifts = {name: found[top.id] for name, found in moved.items() if top.id in found}
        means = {name: mean(shift) for name, shift in shifts.items()}
        told = [name for name in sorted(means, key=lambda name: -means[name]) if means[name] > 0][:3]
        if not told:
            continue
        most = listed(
            [f"'{assessment.node(name).title}' ({ranks_in_words(means[name])} on average, {largest(shifts[name], base)})" for name in told]
        )
        numbers = {
            f"{name} {what}": value
            for name, shift in shifts.items()
            for what, value in (("mean", means[name]), ("largest", most_of(shift)))
        }
        average = float(np.mean([value for value in means.values() if np.isfinite(value)]))
        yield Finding(
            "left_out", "look" if means[told[0]] > FAR * len(base.names) else "note", (top.id, *told),
            f"Leaving out one indicator moves the ranks of '{top.title}' by {ranks_in_words(average)} on average. They move most without {most}.", numbers,
        )  # fmt: skip


def one_otherwise(assessment: Assessment, methodology: Methodology, base: Agreed) -> Iterator[Finding]:
    """Per top index, how far ranks move under each other choice; the scale stays, and that is said."""
    moved = {name: base.moved(rescored(assessment, other)) for name, other in _others(assessment, methodology)}
    for top, own in zip(base.tops, base.badness, strict=True):
        shifts = {name: found[top.id] for name, found in moved.items()}
        still = [name for name, shift in shifts.items() if not most_of(shift) > 0 and not _lost(shift, own)]
        told = [
            _told(name, shift, own, base) for name, shift in sorted(shifts.items(), key=lambda pair: -mean(pair[1])) if name not in still
        ]
        said = [f"move on average by {'; by '.join(told)}"] if told else []
        said += [f"do not move with {listed(still)}"] if still else []
        numbers = {
            f"{name} {what}": value
            for name, shift in shifts.items()
            for what, value in (("mean", mean(shift)), ("largest", most_of(shift)))
        }
        far = any(mean(shift) > FAR * len(base.names) for shift in shifts.values())
        yield Finding("otherwise", "look" if far else "note", (top.id,), f"Ranks of '{top.title}' {'. They '.join(said)}.", numbers)
    if not _unequal(assessment):
        yield Finding("otherwise", "note", (), "The weights within each whole are equal already.")
    yield Finding("otherwise", "note", (), SCALE)


def mean(shift: np.ndarray) -> float:
    """The mean shift of the places that can still be scored; 0 where there is none."""
    return float(np.nanmean(shift)) if np.isfinite(shift).any() else 0.0


def ranks_in_words(shift: float) -> str:
    """So many ranks, with a decimal where there are few."""
    return f"{shift:.1f}" if shift < 10 else f"{shift:,.0f}"


def most_of(shift: np.ndarray) -> float:
    """The largest shift; 0 where there is none."""
    return float(np.nanmax(shift)) if np.isfinite(shift).any() else 0.0


def largest(shift: np.ndarray, base: Agreed) -> str:
    """The largest shift and whose it is, in words."""
    return f"{most_of(shift):,.0f} at most: {base.names.iloc[int(np.nanargmax(shift))]}"


def _told(name: str, shift: np.ndarray, own: np.ndarray, base: Agreed) -> str:
    lost = _lost(shift, own)
    moved = [largest(shift, base)] if most_of(shift) > 0 else []
    moved += [f"{lost:,} can no longer be scored"] if lost else []
    return f"{ranks_in_words(mean(shift))} with {name} ({'; '.join(moved)})"


def _lost(shift: np.ndarray, own: np.ndarray) -> int:
    """How many places have a score as agreed and none otherwise."""
    return int((np.isnan(shift) & ~np.isnan(own)).sum())


def _others(assessment: Assessment, methodology: Methodology) -> Iterator[tuple[str, Methodology]]:
    here = {node.id for node in assessment.nodes if len(node.parts) > 1}
    for what, wholes in (("indices", methodology.index), ("domains", methodology.domain)):
        for way, words in WAYS.items():
            if any(whole.id in here and whole.combine != way for whole in wholes):
                yield f"{words} for {what}", recombined(methodology, {whole.id: way for whole in wholes})
    if unequal := _unequal(assessment):
        yield "equal weights", reweighted(methodology, unequal)
    for rule, words in RULES.items():
        if rule != methodology.missing.rule:
            yield words, with_missing(methodology, rule)


def _unequal(assessment: Assessment) -> dict[str, dict[str, float]]:
    """Equal weights for the parts of every whole whose weights differ."""
    return {node.id: dict.fromkeys(node.parts, 1.0) for node in assessment.nodes if len(set(node.weights)) > 1}
