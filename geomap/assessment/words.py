"""The words that travel with the numbers: titles, methods, caveats."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from geomap.assessment.assessment import Node
from geomap.assessment.estimate import Estimate
from geomap.assessment.pooling import span_words
from geomap.indicators.measure import Measure
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.methodology.parts import Domain, Index
from geomap.methodology.recipe import Methodology
from geomap.scoring.combine import runs_from_one
from geomap.scoring.draws import Z
from geomap.scoring.tree import Branch
from geomap.statistics.telling_apart import homogeneity
from geomap.worded import worded

ASSOCIATION = worded("Where numbers go together, that is association; it does not show what brings what about.")
AREAS = worded("Numbers describe areas, not the people who live in them.")
HEARD = "Not heard enough:"
ALIKE = 0.05


def indicator_node(found: Estimate, sources: Sources, methodology: Methodology) -> Node:
    """What the numbers of an indicator mean, with the conscience of its layers."""
    indicator = found.indicator
    layers = [sources.layer(name) for name in indicator.measure.layers()]
    main = layers[0].card
    caveats = [
        main.skewed,
        main.misreading,
        *bias_sentences(_bound(layers[0], indicator.measure), sources),
        *found.notes,
        *methodology_note(methodology),
    ]
    return Node(
        id=indicator.id, title=indicator.title, kind="indicator", up=indicator.up, unit=indicator.unit, digits=indicator.digits,
        period=span_words(found.years) if found.years else _period(layers[0], methodology), domain=indicator.domain, method=indicator.measure.sentence(sources), provider=main.provider,
        evidence=main.evidence, caveats=tuple(dict.fromkeys(caveats)), reason=indicator.reason,
        modelled=main.modelled, unreviewed=main.unreviewed, why_here=indicator.why_here, issues=main.issues, years=found.years,
    )  # fmt: skip


def branch_nodes(methodology: Methodology, branches: Sequence[Branch], numbers: Mapping[str, pd.DataFrame], many: str) -> tuple[Node, ...]:
    """What the scores of indices and domains mean, indices first; where the data cannot tell the places apart, that stands first."""
    grown = {branch.id: branch for branch in branches}
    described: list[tuple[str, Domain | Index]] = [
        *(("index", index) for index in methodology.index),
        *(("domain", domain) for domain in methodology.domain),
    ]
    return tuple(
        _branch_node(kind, part, grown[part.id], methodology, alike(numbers[part.id], many, part.title))
        for kind, part in described
        if part.id in grown
    )


def alike(table: pd.DataFrame, many: str, title: str) -> tuple[str, ...]:
    """A sentence where the scores of a table differ no more than chance alone would make them (Cochran's Q, p > .05), else nothing."""
    error = (table["high"] - table["low"]) / (2 * Z)
    if table["value"].notna().sum() < 2:
        return ()
    test = homogeneity(table["value"], error)
    if not test.p > ALIKE:
        return ()
    return (
        worded(
            "These {many} cannot be told apart by {title}: the differences are no larger than chance alone would make (Cochran's Q, p = {p}).",
            many=many,
            title=title.lower(),
            p=f"{test.p:.2f}",
        ),
    )


def edition_caveats(methodology: Methodology, nodes: Sequence[Node]) -> tuple[str, ...]:
    """What must be said of the edition as a whole: its notice, what it is not, who has not been heard, and what rests on a survey that nobody reviewed."""
    unheard = [caveat for node in nodes for caveat in node.caveats if caveat.startswith(HEARD)]
    unreviewed = [node.title for node in nodes if node.unreviewed]
    said = (
        [
            worded(
                "Not reviewed: nobody but its owner has looked at how this survey was made. It stands behind: {titles}.",
                titles=", ".join(unreviewed),
            )
        ]
        if unreviewed
        else []
    )
    return tuple(dict.fromkeys([*methodology_note(methodology), AREAS, ASSOCIATION, *unheard, *said]))


def methodology_note(methodology: Methodology) -> tuple[str, ...]:
    """The notice of the methodology, where there is one."""
    return (methodology.methodology.notice,) if methodology.methodology.notice else ()


MEANS = {
    "arithmetic": worded("Weighted mean of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    "geometric": worded("Geometric mean, so that a high part cannot make up for a low one, of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    "harmonic": worded("Harmonic mean, which the lowest part weighs on most, of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    "scaled_geometric": worded("Scaled geometric mean, in which the highest part speaks loudest, of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    "ordered": worded("Mean, in which the first weight goes to the highest part, of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    "max": worded("The highest of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    "min": worded("The lowest of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
}  # fmt: skip
WEIGHED = {
    "pca": worded("The weights are the squared loadings of the parts on their first principal component."), "entropy": worded("The weights are made of the entropy of the parts."),
    "critic": worded("The weights are made of the contrast and conflict of the parts (CRITIC)."), "ahp": worded("The weights are made of pairwise judgements (AHP)."), "": "",
}  # fmt: skip


def _branch_node(kind: str, part: Domain | Index, branch: Branch, methodology: Methodology, first: tuple[str, ...]) -> Node:
    titles = {one.id: one.title for one in (*methodology.indicator, *methodology.domain, *methodology.index)}
    weighed = WEIGHED["ahp" if part.weights.ahp else branch.data]
    method = " ".join(filter(None, [MEANS[branch.combine].format(parts=", ".join(titles[name] for name in branch.parts)), weighed]))
    return Node(
        id=part.id, title=part.title, kind=kind, up=part.up, unit="1–10" if runs_from_one(branch.combine) else "0–10", digits=1, period=methodology.methodology.period,
        parts=branch.parts, weights=branch.weights, combine=branch.combine, domain=getattr(part, "domain", ""), method=method,
        caveats=(*first, *methodology_note(methodology), AREAS), reason=part.reason,
    )  # fmt: skip


def _period(layer: Layer, methodology: Methodology) -> str:
    return methodology.methodology.period if layer.card.period_field else layer.card.period


def _bound(layer: Layer, measure: Measure) -> tuple[str, ...]:
    """The biases that the layer's card names, and those of the question that *measure* takes from it."""
    questions = layer.card.survey.questions if layer.card.survey else {}
    asked = questions.get(getattr(measure, "question", ""))
    return (*layer.card.biases, *(asked.biases if asked else ()))


def bias_sentences(names: Collection[str], sources: Sources) -> list[str]:
    """The rows of the bias register that *names* are the ids of, one sentence each."""
    wanted = set(names)
    registers = [
        other.table
        for other in sources.layers.values()
        if other.card.kind == "register" and {"id", "mechanism", "direction"} <= set(other.table.columns)
    ]
    rows = [row for table in registers for row in table[table["id"].isin(wanted)].to_dict("records")]
    return [bias_sentence(row) for row in rows]


def bias_sentence(row: dict[str, object]) -> str:
    """An entry of the bias register as the sentence that travels with numbers."""
    groups = row.get("groups") if isinstance(row.get("groups"), str) else ""
    left = row.get("residual") or row.get("mitigation")
    text = f"{row.get('source', row['id'])}." + (f" {left}" if isinstance(left, str) and left else "")
    gaps = {"mechanism": str(row["mechanism"]), "direction": str(row["direction"]), "text": text}
    if groups:
        return worded("Known bias ({mechanism}, {direction}, {groups}): {text}", groups=groups, **gaps)
    return worded("Known bias ({mechanism}, {direction}): {text}", **gaps)
