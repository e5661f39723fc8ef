"""An assessment scored again under another methodology, from its own published estimates: exploration, not the agreed method."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.branches import branches_at
from geomap.errors import EditionError
from geomap.methodology.recipe import Methodology
from geomap.methodology.whatif import without
from geomap.scoring.combine import runs_from_one
from geomap.scoring.doubt import doubt_of, drawn
from geomap.scoring.draws import Spread
from geomap.scoring.scale import TOP, Scale
from geomap.scoring.tree import Branch, grow, weigh
from geomap.worded import worded

COLUMNS = ("value", "low", "high", "rank", "rank_low", "rank_high", "p_worst")


@dataclass(frozen=True)
class Explored:
    """What another methodology makes of an assessment: its branches, and by branch id a table (place) of COLUMNS."""

    branches: tuple[Branch, ...]
    numbers: Mapping[str, pd.DataFrame]


def explore(assessment: Assessment, methodology: Methodology, *, draws: int = 200, seed: int = 1) -> Explored:
    """The assessment's places under *methodology*, which names no indicator that the assessment does not hold.

    Doubt is drawn on the scores of indicators: split normals between 0 and 10, from the intervals that were published.
    """
    leaves, ups, branches = leaves_of(assessment, methodology), ups_of(assessment), branches_under(assessment, methodology)
    scores = grow(branches, leaves, ups).scores
    samples = redrawn(assessment, branches, tuple(leaves), draws=draws, seed=seed)
    tables = {}
    for branch in branches:
        doubt = doubt_of(scores[branch.id], samples[branch.id], worst_is_high=branch.up == "worse", at_once=False)
        columns = {name: getattr(doubt, name) for name in COLUMNS[1:]}
        tables[branch.id] = pd.DataFrame({"value": scores[branch.id], **columns}, index=assessment.places.index)
    return Explored(branches, tables)


def rescored(assessment: Assessment, methodology: Methodology) -> Mapping[str, np.ndarray]:
    """The scores (place,) of every domain and index under *methodology*, without their doubt."""
    return grow(branches_under(assessment, methodology), leaves_of(assessment, methodology), ups_of(assessment)).scores


def branches_under(assessment: Assessment, methodology: Methodology) -> tuple[Branch, ...]:
    """The branches of *methodology*; weights that data set are the edition's own as long as the parts are the same, else those of its places."""
    known = {node.id: node for node in assessment.nodes if node.parts}
    branches = [
        replace(branch, weights=known[branch.id].weights, data="")
        if branch.data and branch.id in known and known[branch.id].parts == branch.parts
        else branch
        for branch in branches_at(methodology, assessment.level)
    ]
    return weigh(branches, leaves_of(assessment, methodology), ups_of(assessment))


def leaves_of(assessment: Assessment, methodology: Methodology) -> dict[str, np.ndarray]:
    """The scores of the indicators of *methodology* at the assessment's level, 0 to 10, by id; EditionError names those it does not hold."""
    wanted = [indicator.id for indicator in methodology.at(assessment.level)]
    if absent := [name for name in wanted if name not in assessment.numbers]:
        raise EditionError(worded("This edition has no indicator {absent}; build a new edition to add one.", absent=str(absent)))
    return {name: assessment.numbers[name]["scaled"].to_numpy(dtype=float) for name in wanted}


def ups_of(assessment: Assessment) -> dict[str, str]:
    """Which way each indicator is worse or better."""
    return {node.id: node.up for node in assessment.of_kind("indicator")}


def branches_of(assessment: Assessment, methodology: Methodology) -> tuple[Branch, ...]:
    """The branches of the agreed methodology, with the weights the edition was built with."""
    known = {node.id: node.weights for node in assessment.nodes}
    return tuple(replace(branch, weights=known[branch.id], data="") for branch in branches_at(methodology, assessment.level))


def spread_of(assessment: Assessment, names: Sequence[str]) -> Spread:
    """The doubt of indicators on the scale of 0 to 10, (place, indicator)."""
    middle, low, high = (
        np.column_stack([assessment.numbers[name][column].to_numpy(dtype=float) for name in names])
        for column in ("scaled", "scaled_low", "scaled_high")
    )
    ends = np.zeros(len(names))
    return Spread(middle, np.where(np.isnan(low), middle, low), np.where(np.isnan(high), middle, high), ends, ends + TOP)


def redrawn(
    assessment: Assessment,
    branches: Sequence[Branch],
    names: Sequence[str],
    *,
    draws: int,
    seed: int,
    rows: Sequence[int] | slice = slice(None),
) -> dict[str, np.ndarray]:
    """A (place, draw) array per branch for the places at *rows*: the scores of the indicators *names* drawn within their published intervals, and combined."""
    whole, ends = spread_of(assessment, names), np.zeros(len(names))
    spread = replace(whole, middle=whole.middle[rows], low=whole.low[rows], high=whole.high[rows])
    return drawn(branches, spread, Scale(tuple(names), ends, ends + TOP), ups_of(assessment), draws=draws, seed=[seed])


def without_evidence(assessment: Assessment, methodology: Methodology, evidence: Iterable[str]) -> Methodology:
    """The methodology without the indicators that rest on some kinds of evidence, such as police."""
    kinds = set(evidence)
    out = [node.id for node in assessment.of_kind("indicator") if node.evidence in kinds]
    if not out:
        raise EditionError(
            worded(
                "No indicator rests on {kinds}. There is {known}.",
                kinds=str(sorted(kinds)),
                known=str(sorted({node.evidence for node in assessment.of_kind("indicator")})),
            )
        )
    return without(methodology, {*out, *elsewhere(assessment, methodology)} & {indicator.id for indicator in methodology.indicator})


def elsewhere(assessment: Assessment, methodology: Methodology) -> set[str]:
    """The indicators of *methodology* for other levels than the assessment's; a domain of which nothing else is left is empty here."""
    return {indicator.id for indicator in methodology.indicator} - {indicator.id for indicator in methodology.at(assessment.level)}


def as_assessment(assessment: Assessment, explored: Explored, caveat: str) -> Assessment:
    """The assessment with the explored numbers in place of its own, so that every view can show it; *caveat* stands with each of them."""
    branches = {branch.id: branch for branch in explored.branches}
    nodes, numbers = [], {}
    for node in assessment.nodes:
        if node.kind == "indicator":
            nodes.append(node)
            numbers[node.id] = assessment.numbers[node.id]
        elif node.id in branches:
            branch = branches[node.id]
            unit = "1–10" if runs_from_one(branch.combine) else "0–10"
            caveats = (caveat, *node.caveats)
            nodes.append(replace(node, parts=branch.parts, weights=branch.weights, combine=branch.combine, unit=unit, caveats=caveats))
            numbers[node.id] = _as_numbers(explored.numbers[node.id], assessment.numbers[node.id])
    return replace(assessment, nodes=tuple(nodes), numbers=numbers, caveats=(caveat, *assessment.caveats))


def _as_numbers(table: pd.DataFrame, agreed: pd.DataFrame) -> pd.DataFrame:
    """The explored numbers in the agreed table's columns; what an exploration does not know is left blank."""
    unknown = {name: np.nan for name in agreed.columns if name not in table.columns and name != "status"}
    status = np.where(table["value"].isna(), "missing", "value")
    return table.assign(**unknown, status=status)[list(agreed.columns)]


def shifts(assessment: Assessment, explored: Explored, index: str) -> pd.DataFrame:
    """Per place: name, the agreed and the explored value and rank, and by how many ranks it moved (below 0: needs more attention), most moved first."""
    if index not in explored.numbers:
        raise EditionError(
            worded(
                "Nothing is left of '{index}' in this exploration. There are {numbers}.",
                index=str(index),
                numbers=str(list(explored.numbers)),
            )
        )
    agreed, other = assessment.numbers[index], explored.numbers[index]
    found = pd.DataFrame(
        {
            "name": assessment.places["name"], "value": agreed["value"], "rank": agreed["rank"], "explored": other["value"], "explored_rank": other["rank"],
            "explored_rank_low": other["rank_low"], "explored_rank_high": other["rank_high"], "moved": other["rank"] - agreed["rank"],
        }
    )  # fmt: skip
    return found.iloc[np.argsort(-found["moved"].abs().to_numpy(), kind="stable")]
