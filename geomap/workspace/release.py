"""What an edition tells of counts of people, as the ledger of disclosure reads it.

A share tells the count it is made of, since share and whole give it back; a weighted sum tells those of its kinds, since weights are known; a number of
a survey tells how many answered, and with every other number of the same question the answers of those who are in one and not in the other.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.estimate import let_out_at, observed_at
from geomap.disclosure.gate import ALL_BUT
from geomap.disclosure.ledger import ENTRY, Counted, Release, entries_of
from geomap.disclosure.rules import CountRule, Withhold
from geomap.indicators.measure import Measure
from geomap.indicators.rate import Rate
from geomap.indicators.rows import ends_of, window
from geomap.indicators.severity import Severity
from geomap.indicators.share import Share
from geomap.indicators.standardised_ratio import StandardisedRatio
from geomap.indicators.survey_mean import SurveyMean
from geomap.indicators.survey_share import SurveyShare
from geomap.layers.card import LayerCard
from geomap.layers.period import years_of
from geomap.methodology.parts import Indicator
from geomap.workspace.workspace import Workspace

EVER = ("1900-01-01", "2199-12-31")


def release_of(workspace: Workspace, assessments: Sequence[Assessment], name: str) -> Release:
    """The counts of layers about people that *assessments* publish, with the band of each that is withheld.

    Numbers of larger places that are sums of what smaller ones show tell nothing more, and are left out.
    """
    tables = [table for assessment in assessments for table in _tables(workspace, assessment)]
    outlines = {one.level: dict(zip(one.places.index, one.places.geometry, strict=True)) for one in assessments} if tables else {}
    return Release(name, pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(ENTRY)), outlines)


def _tables(workspace: Workspace, assessment: Assessment) -> Iterator[pd.DataFrame]:
    for indicator in workspace.methodology.at(assessment.level):
        measure, numbers = indicator.measure, assessment.numbers[indicator.id]
        card = workspace.sources.layer(measure.layer).card
        rule = workspace.methodology.disclosure.rule()
        counts = rule.of(card.sensitivity)
        about = partial(_about, workspace, indicator, card, assessment)
        if isinstance(measure, SurveyShare | SurveyMean) and card.sensitivity != "open":
            yield entries_of(_answers(numbers), about(rule.survey_base))
        elif _counts_people(measure, card, counts) and observed_at(indicator, workspace.sources, assessment.level) == assessment.level:
            if isinstance(measure, Severity):
                yield from _of_kinds(workspace, indicator, assessment, about(counts.below), counts)
            else:
                yield entries_of(_limits(numbers, counts), about(counts.below))


def _counts_people(measure: Measure, card: LayerCard, rule: CountRule | None) -> bool:
    return isinstance(measure, Rate | Share | StandardisedRatio | Severity) and card.sensitivity == "counts" and rule is not None


def _of_kinds(
    workspace: Workspace, indicator: Indicator, assessment: Assessment, about: Counted, rule: CountRule
) -> Iterator[pd.DataFrame]:
    """The counts of each kind that a weighted sum may tell, and that there are none of any other kind."""
    measure, where = indicator.measure, json.loads(about.where)
    sources = replace(workspace.sources, period=workspace.methodology.methodology.period, years=assessment.node(indicator.id).years)
    kinds = let_out_at(indicator, sources, assessment.level, workspace.methodology.disclosure.rule()).kinds
    for one in kinds:
        frame = one.seen.frame
        hidden = frame["hidden"].astype(bool)
        table = frame.assign(n=frame["events"].mask(hidden), status=frame["status"].mask(hidden, "suppressed"))
        yield entries_of(_limits(table, rule), replace(about, where=json.dumps(where | {measure.kind: [one.name]})))
    if measure.kind not in measure.where:
        nothing = kinds[0].seen.frame["exposure"] * 0
        others = {measure.kind: {"not": [one.name for one in kinds]}}
        yield entries_of(pd.DataFrame({"low": nothing, "high": nothing}), replace(about, where=json.dumps(where | others)))


def _answers(table: pd.DataFrame) -> pd.DataFrame:
    """How many answered in each place that is shown; of the others nothing, for larger places may leave their answers out."""
    shown = table["n"].where(table["status"].isin(["value", "zero"]) & (table["n"] > 0))
    return pd.DataFrame({"low": shown, "high": shown})


def _limits(table: pd.DataFrame, rule: CountRule) -> pd.DataFrame:
    """The least and the greatest count that the edition allows for each place; nothing where it tells nothing."""
    shown, hidden = table["n"], table["status"] == "suppressed"
    down, up = (rule.nearest // 2, (rule.nearest - 1) // 2) if isinstance(rule, Withhold) else (rule.most, rule.most)
    low, high = (shown - down).clip(lower=0), shown + up
    if isinstance(rule, Withhold):
        low, high = low.mask(shown > 0, low.clip(lower=rule.below)), high.mask(shown == 0, 0.0)
    near_all = table["flags"].fillna("").str.contains(ALL_BUT, regex=False)
    return pd.DataFrame({"low": low.mask(hidden, 1.0).mask(near_all), "high": high.mask(hidden, rule.below - 1.0).mask(near_all)})


def _about(workspace: Workspace, indicator: Indicator, card: LayerCard, assessment: Assessment, threshold: int) -> Counted:
    measure = indicator.measure
    pooled = assessment.node(indicator.id).years
    since, until = ends_of(pooled) if pooled else window(measure, workspace.methodology.methodology.period)
    years = years_of(assessment.period if card.period_field else card.period)
    since, until = since or (f"{years[0]}-01-01" if years else EVER[0]), until or (f"{years[1]}-12-31" if years else EVER[1])
    what, columns = _thing(measure, card)
    kinds = {column: list(values) for column, values in sorted(measure.where.items())} | ({"events": list(columns)} if columns else {})
    return Counted(
        what=what, indicator=indicator.title, boundaries=assessment.level, since=since, until=until, where=json.dumps(kinds), threshold=threshold
    )  # fmt: skip


def _thing(measure: Measure, card: LayerCard) -> tuple[str, tuple[str, ...]]:
    """What is counted, and the columns that hold it where no row is one: a share and a rate of the same columns speak of the same people."""
    if isinstance(measure, SurveyShare | SurveyMean):
        return f"{card.name}: answers to {measure.question}", ()
    return card.name, measure.part if isinstance(measure, Share) else measure.events
