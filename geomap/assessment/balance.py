"""What a score rests on: its weight by kind of evidence and by provider, and what becomes of ranks without one kind."""

from collections.abc import Iterable

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.explain import whole_of
from geomap.assessment.explore import without_evidence
from geomap.assessment.ranked import ranks
from geomap.methodology.recipe import Methodology
from geomap.worded import worded

MOST = 50.0
UNNAMED = "not named"
BY = {"evidence": "kind of evidence", "provider": "provider"}
ALONE = {
    "evidence": worded("{title} rests for {percent} % on one kind of evidence: {evidence}."),
    "provider": worded("{title} rests for {percent} % on one provider: {provider}."),
}
BOTH = worded("{title} rests for {percent} % on one kind of evidence: {evidence}, and for {share} % on one provider: {provider}.")
ANY_PART = ("ordered", "max", "min")


def nominal_weights(assessment: Assessment, node_id: str) -> pd.Series:
    """The share of the weight of *node_id* that each indicator holds through the tree; they sum to 1.

    These are the weights that were agreed; what each indicator decides in fact differs where indicators go together. Where the weight goes to the
    highest or the lowest part, whichever it is, all parts hold the same.
    """
    held = {node_id: 1.0}
    for node in _wholes_first(assessment, node_id):
        own = held.pop(node.id)
        for part, share in _shares(node).items():
            held[part] = held.get(part, 0.0) + own * share
    return pd.Series({node.id: held[node.id] for node in assessment.of_kind("indicator") if node.id in held}, dtype=float)


def balance(assessment: Assessment, node_id: str, by: str = "evidence") -> pd.Series:
    """Per cent of the weight of *node_id* by kind of evidence, or by provider, the most first; they sum to 100."""
    weights = nominal_weights(assessment, node_id)
    keys = [getattr(assessment.node(name), by) or UNNAMED for name in weights.index]
    return (100 * weights).groupby(keys).sum().sort_values(ascending=False, kind="stable")


def balances(assessment: Assessment) -> pd.DataFrame:
    """A row for each index and domain and each kind and provider: node, by, name, percent."""
    rows = [
        {"node": node.id, "by": by, "name": name, "percent": percent}
        for node in (*assessment.of_kind("index"), *assessment.of_kind("domain"))
        for by in BY
        for name, percent in balance(assessment, node.id, by).items()
    ]
    return pd.DataFrame(rows, columns=["node", "by", "name", "percent"])


def banner(assessment: Assessment, node_id: str) -> str:
    """What must stand in large letters where one provider, or one kind of evidence, holds more than half of the weight; nothing where none does."""
    most = {by: balance(assessment, node_id, by).head(1) for by in BY}
    held = {by: one for by, one in most.items() if one.iloc[0] > MOST and one.index[0] != UNNAMED}
    if not held:
        return ""
    first, *other = (f"{one.iloc[0]:.0f}" for one in held.values())
    named = {by: one.index[0] for by, one in held.items()}
    return (BOTH if other else ALONE[next(iter(held))]).format(
        title=whole_of(assessment, node_id).title, percent=first, share="".join(other), **named
    )


def rank_changes(assessment: Assessment, methodology: Methodology, evidence: Iterable[str]) -> pd.DataFrame:
    """The ranks of each place without some kinds of evidence, such as police, less those of the agreed method: a column for each index that is left.

    Below 0: the place would need attention more. NaN where a place has no score in one of the two.
    """
    agreed, other = ranks(assessment, methodology), ranks(assessment, without_evidence(assessment, methodology, evidence))
    left = [node.id for node in assessment.of_kind("index") if node.id in other]
    return other[left] - agreed[left]


def _shares(node: Node) -> dict[str, float]:
    weights = pd.Series(1.0 if node.combine in ANY_PART else node.weights, index=list(node.parts), dtype=float).abs()
    return (weights / weights.sum()).to_dict()


def _wholes_first(assessment: Assessment, node_id: str) -> list[Node]:
    """*node_id* and the wholes it is made of, each before its parts."""
    found: list[Node] = []

    def visit(node: Node) -> None:
        if node.parts and node not in found:
            for part in node.parts:
                visit(assessment.node(part))
            found.append(node)

    visit(whole_of(assessment, node_id))
    return found[::-1]
