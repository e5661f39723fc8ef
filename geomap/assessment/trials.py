"""How much of the movement of ranks each uncertain choice holds, when all that the methodology declares are drawn at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from geomap.assessment.assessment import Assessment
from geomap.assessment.explore import branches_under, leaves_of, ups_of
from geomap.assessment.finding import Finding
from geomap.assessment.moved import Agreed
from geomap.assessment.robust import FAR, ranks_in_words
from geomap.methodology.recipe import Methodology
from geomap.methodology.rules import Choices
from geomap.methodology.whatif import recombined, with_missing
from geomap.scoring.leeway import Leeway
from geomap.scoring.tree import Branch, grow
from geomap.statistics.sobol import OneOf, sobol

DRAWN = 256
CELLS = 3_000_000
NAMES = {
    "weights": "the weights",
    "combine": "how indices are combined",
    "missing": "the rule for what is missing",
    "leave_out": "which indicators are in",
}
NONE = "The methodology declares no uncertain choices under [choices] beyond the scale, so their shares in the movement of ranks cannot be told."
HELD = " The scale is held by the edition and is not among them."


@dataclass(frozen=True)
class Trials:
    """A function of choices (choice, sample) into the mean absolute rank shift (index, sample) of every top index.

    trees: by way to combine and rule for what is missing. weights: by branch, (drawn, part); kept: by indicator, (drawn,), whether it is in. Draws
    whose tree is the same grow together, as many at a time as there is room for.
    """

    choices: Mapping[str, OneOf]
    trees: Mapping[tuple[int, int], tuple[Branch, ...]]
    weights: Mapping[str, np.ndarray]
    kept: Mapping[str, np.ndarray]
    leaves: Mapping[str, np.ndarray]
    ups: Mapping[str, str]
    base: Agreed

    def __call__(self, chosen: np.ndarray) -> np.ndarray:
        """The mean absolute rank shift."""
        picks = dict(zip(self.choices, chosen.astype(int), strict=True))
        nothing = np.zeros(chosen.shape[1], dtype=int)
        found = np.zeros((len(self.base.tops), chosen.shape[1]))
        kinds = np.stack([picks.get("combine", nothing), picks.get("missing", nothing)])
        for way, rule in np.unique(kinds, axis=1).T:
            branches = self.trees[int(way), int(rule)]
            alike = np.flatnonzero((kinds == [[way], [rule]]).all(axis=0))
            room = max(1, CELLS // (self.base.badness.shape[1] * max(len(branch.parts) for branch in branches)))
            for some in np.array_split(alike, -(-len(alike) // room)):
                found[:, some] = self._shifts(branches, *(picks.get(name, nothing)[some] for name in ("weights", "leave_out")))
        return found

    def _shifts(self, branches: tuple[Branch, ...], weighed: np.ndarray, left: np.ndarray) -> np.ndarray:
        alive = {name: kept[left] for name, kept in self.kept.items()}
        weights = {}
        for branch in branches:
            there = np.stack([alive[part] for part in branch.parts], axis=-1)
            weights[branch.id] = (self.weights[branch.id][weighed] * there)[:, None, :]
            alive[branch.id] = there.any(axis=-1)
        leaves = {name: np.where(alive[name][:, None], scores, np.nan) for name, scores in self.leaves.items()}
        moved = self.base.moved(grow(branches, leaves, self.ups, weights=weights).scores)
        known = [~np.isnan(moved[top.id]) for top in self.base.tops]
        sums = [np.where(there, moved[top.id], 0.0).sum(axis=-1) for top, there in zip(self.base.tops, known, strict=True)]
        return np.stack([total / np.maximum(there.sum(axis=-1), 1) for total, there in zip(sums, known, strict=True)])


def trials_of(assessment: Assessment, methodology: Methodology, base: Agreed, *, seed: int = 1) -> Trials | None:
    """The trials of a methodology's [choices]; nothing where none is declared but the scale."""
    rule = methodology.choices
    if rule is None:
        return None
    ways, rules = (
        _alternatives(rule.combine, {one.combine for one in methodology.index}),
        _alternatives(rule.missing, {methodology.missing.rule}),
    )
    counts = {
        "weights": DRAWN if rule.weights != "agreed" else 1,
        "combine": len(ways),
        "missing": len(rules),
        "leave_out": DRAWN if rule.leave_out else 1,
    }
    choices = {name: OneOf.equally(count) for name, count in counts.items() if count > 1}
    if not choices:
        return None
    trees = {
        (at, row): branches_under(assessment, _changed(methodology, way, missing))
        for at, way in enumerate(ways)
        for row, missing in enumerate(rules)
    }
    agreed, leaves = trees[0, 0], leaves_of(assessment, methodology)
    generator = np.random.default_rng([seed, 2])
    kept = generator.random((DRAWN, len(leaves))) >= rule.leave_out
    kept[~kept.any(axis=1)] = True
    weights = {branch.id: _drawn(branch, rule, np.random.SeedSequence([seed, place])) for place, branch in enumerate(agreed)}
    return Trials(choices, trees, weights, dict(zip(leaves, kept.T, strict=True)), leaves, ups_of(assessment), base)


def all_choices(assessment: Assessment, methodology: Methodology, base: Agreed, *, samples: int = 256, seed: int = 1) -> Iterator[Finding]:
    """Per top index, how far ranks move on average, and Sobol' indices of that over the uncertain choices, from samples × (choices + 2) trees."""
    trials = trials_of(assessment, methodology, base, seed=seed)
    if trials is None:
        yield Finding("choices", "note", (), NONE)
        return
    seen: list[np.ndarray] = []

    def asked(chosen: np.ndarray) -> np.ndarray:
        seen.append(trials(chosen))
        return seen[-1]

    found = sobol(asked, tuple(trials.choices.values()), n=samples, batch=samples, seed=seed)
    means = np.concatenate(seen[:2], axis=1).mean(axis=1)
    for row, (top, mean) in enumerate(zip(base.tops, means, strict=True)):
        if not mean > 0:
            yield Finding("choices", "note", (top.id,), f"However the uncertain choices are made, no rank of '{top.title}' moves.")
            continue
        first, total = (dict(zip(trials.choices, np.clip(side[row], 0.0, 1.0), strict=True)) for side in (found.first, found.total))
        shares = "; ".join(
            f"{NAMES[name]} {first[name]:.0%} alone, {total[name]:.0%} with the others"
            for name in sorted(total, key=lambda name: -total[name])
        )
        numbers = {"mean": float(mean)} | {
            f"{name} {what}": float(side[name]) for name in first for what, side in (("first", first), ("total", total))
        }
        said = f"When the uncertain choices are made anew, ranks of '{top.title}' move by {ranks_in_words(mean)} on average. Of the differences in how far they move, the choices hold about: {shares}."
        yield Finding(
            "choices",
            "look" if mean > FAR * len(base.names) else "note",
            (top.id,),
            said + (HELD if methodology.choices.scales else ""),
            numbers,
        )


def _alternatives(others: tuple[str, ...], agreed: set[str]) -> tuple[str, ...]:
    """As agreed (blank), then each way that is not what everything is agreed to be."""
    return ("", *(other for other in dict.fromkeys(others) if agreed != {other}))


def _changed(methodology: Methodology, way: str, missing: str) -> Methodology:
    changed = recombined(methodology, {index.id: way for index in methodology.index}) if way else methodology
    return with_missing(changed, missing, methodology.missing.least_share) if missing else changed


def _drawn(branch: Branch, rule: Choices, seed: np.random.SeedSequence) -> np.ndarray:
    """Weights (drawn, part) around the agreed ones."""
    leeway = Leeway(
        branch.weights,
        concentration=rule.concentration if rule.weights == "dirichlet" else None,
        band=rule.band if rule.weights == "band" else None,
    )
    return leeway.stream(seed).draw(DRAWN).weights
