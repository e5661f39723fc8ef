"""An index file in words: what each node is made of, how, and why."""

from dataclasses import dataclass

from geomap.methodology.index import IndexFile, Node, Summary, Typology
from geomap.methodology.weighting import Weighting
from geomap.scoring.step import Step

GATHERED = {
    "sum": "Sum of", "mean": "Mean of", "geometric": "Geometric mean of", "harmonic": "Harmonic mean of", "scaled_geometric": "Scaled geometric mean of",
    "product": "Product of", "count": "How many are there of", "ratio": "The first divided by the others of", "ordered": "Mean, the highest first, of", "copeland": "Copeland's score of",
    "max": "Highest of", "min": "Lowest of", "first": "The first that is there of",
}  # fmt: skip
SUMMED = {
    "mean": "mean", "sum": "sum", "median": "median", "lowest": "lowest", "highest": "highest", "count": "number of places", "mean_inverted_rank": "mean inverted rank", "share_worst": "share of places in the worst {share:.0%}",
    "extent": "extent", "concentration": "mean inverted rank of the worst places that hold {share:.0%}",
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One row of the report: the id, what it is called, how it is made, and why."""

    id: str
    title: str
    how: str
    reason: str


def choices(recipe: IndexFile) -> tuple[Choice, ...]:
    """Every choice of *recipe* with its reason, in the order of the file."""
    head = recipe.index
    rows = [Choice(head.name, head.title, f"Reads the columns {', '.join((*recipe.columns, *recipe.groups))}.", head.reason)]
    if head.only:
        limits = head.only.model_dump(exclude={"column", "reason"}, exclude_none=True)
        said = " and ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in limits.items())
        rows.append(Choice("only", "Which places take part", f"Those whose {head.only.column} is {said}.", head.only.reason))
    rows += [Choice(node.id, node.title, f"{_node(node)}.", node.reason) for node in recipe.node]
    rows += [Choice(one.id, "", f"{_typology(one)}.", one.reason) for one in recipe.typology]
    rows += [Choice(one.id, "", f"{_summary(one)}.", one.reason) for one in recipe.summary]
    return tuple(rows)


def _node(node: Node) -> str:
    made = node.of[0] if node.gather is None else f"{GATHERED[node.gather]} {_parts(node)}"
    gaps = {"propagate": "; a gap makes a gap", "ignore": "; gaps are left out", None: ""}[node.missing]
    gaps += f", when {node.least:.0%} of the weight is there" if node.least else ""
    gaps += f", when {node.least_count} parts are there" if node.least_count > 1 else ""
    turned = "; counted from the other end" if node.direction == -1 else ""
    steps = "; then " + ", then ".join(map(_step, node.steps)) if node.steps else ""
    return made + gaps + turned + steps


def _parts(node: Node) -> str:
    if node.powers:
        return ", ".join(f"{part} to the power {power:g}" for part, power in zip(node.of, node.powers, strict=True))
    shares = node.weights.shares(node.of)
    if shares is None:
        return f"{', '.join(node.of)}, weighted by {_weighting(node.weights)}"
    if len(set(shares)) == 1:
        return ", ".join(node.of) + (f", each × {shares[0]:g}" if shares[0] != 1 else "")
    return ", ".join(f"{share:g} × {part}" for part, share in zip(node.of, shares, strict=True))


def _weighting(weights: Weighting) -> str:
    if weights.data:
        return {"pca": "the squared loadings of their first principal component", "pca_loadings": "their loadings on the first principal component",
                "entropy": "their entropy", "critic": "their contrast and conflict (CRITIC)"}[weights.data]  # fmt: skip
    return f"the columns {', '.join(weights.columns)}" if weights.columns else "a matrix of pairwise judgements (AHP)"


def _step(step: Step) -> str:
    told = {name: value for name, value in step.model_dump(exclude_defaults=True).items() if name not in ("step", "reason")}
    options = ", ".join(
        f"{name.replace('_', ' ')} {value:g}" if isinstance(value, float) else f"{name.replace('_', ' ')} {value}"
        for name, value in told.items()
    )
    name = step.model_dump()["step"].replace("_", " ")
    return f"{name} ({options})" if options else name


def _typology(typology: Typology) -> str:
    return f"A word for each pair of classes of {typology.of[0]} and {typology.of[1]}: " + "; ".join(
        ", ".join(row) for row in typology.labels
    )


def _summary(summary: Summary) -> str:
    weight = f", weighted by {summary.weight}" if summary.weight else ""
    steps = "; then " + ", then ".join(map(_step, summary.steps)) if summary.steps else ""
    return f"For each {summary.by}: {SUMMED[summary.how].format(share=summary.share)} of {summary.of}{weight}{steps}"
