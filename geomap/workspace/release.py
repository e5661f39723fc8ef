"""What an edition tells of counts of people, as the ledger of disclosure reads it.

A share tells the count it is made of, since share and whole give it back; a weighted sum tells those of its kinds, since weights are known; a number of
a survey tells how many answered, and with every other number of the same question the answers of those who are in one and not in the other.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import shapely

from geomap.assessment.assessment import Assessment
from geomap.assessment.estimate import estimate, kept_out, let_out_at, observed_at
from geomap.assessment.grounds import CITY, inside_of
from geomap.assessment.who_agreed import NAMED, agreement
from geomap.disclosure.gate import Mark, roll_up
from geomap.disclosure.ledger import ENTRY, Counted, Ledger, Release, entries_of
from geomap.disclosure.nesting import Nests, nests_of
from geomap.disclosure.rules import CountRule, Withhold
from geomap.indicators.measure import AGREED, Cell, Measure
from geomap.indicators.pillar import Pillar
from geomap.indicators.pooled import PoolingMeasure
from geomap.indicators.rate import Rate
from geomap.indicators.rows import ends_of, window
from geomap.indicators.severity import Severity
from geomap.indicators.share import Share
from geomap.indicators.small_area import SmallArea
from geomap.indicators.sources import Sources
from geomap.indicators.standardised_ratio import StandardisedRatio
from geomap.indicators.survey_mean import SurveyMean
from geomap.indicators.survey_share import SurveyShare
from geomap.layers.card import LayerCard
from geomap.methodology.parts import Indicator
from geomap.workspace.older_lines import implying
from geomap.workspace.release_surveys import (
    ELSEWHERE,
    MADE,
    WITHOUT,
    agreed_on,
    answers_on,
    answers_to,
    city_outlines,
    days_of,
    ground_of,
    layer_of,
    survey_entries,
    wave_of,
    without,
)
from geomap.workspace.release_totals import Totals
from geomap.workspace.workspace import Workspace

NOTHING = Ledger()
ASKED = SurveyShare | SurveyMean | SmallArea | Pillar


def release_of(
    workspace: Workspace,
    assessments: Sequence[Assessment],
    name: str,
    listened: Mapping[str, tuple[str, pd.DataFrame]] = MappingProxyType({}),
    *,
    before: Ledger = NOTHING,
) -> Release:
    """The counts of layers about people that *assessments* and the tables *listened* publish, with the band of each that is withheld.

    before: what was published already, whose filters name columns in which those of this one may nest. Numbers of larger places that are sums of what smaller ones show tell nothing more, and are left out.
    """
    tables = [table for assessment in assessments for table in _tables(workspace, assessment)]
    tables += survey_entries(workspace, listened)
    entries = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(ENTRY))
    entries["where"] = Totals.of(workspace).spelled_out(entries, MADE)
    nests, lost = _columns(workspace, entries, before)
    entries["where"] = implying(entries, nests)
    return Release(name, entries, _outlines(workspace, assessments, set(entries["boundaries"])), nests=nests, lost=lost)


def _columns(workspace: Workspace, entries: pd.DataFrame, before: Ledger) -> tuple[dict[str, Nests], frozenset[tuple[str, str]]]:
    """By layer, which of the columns that filters name, here or in what was published *before*, nest; and those (layer, column) that its records no longer have."""
    named = pd.concat([entries, *(one.entries for one in before.releases)])[["what", "where"]].drop_duplicates()
    columns = named["where"].map(json.loads).groupby(layer_of(named["what"])).agg(lambda some: set().union(*some))
    nests, lost = {}, set()
    for layer in dict.fromkeys(layer_of(entries["what"])):
        records = workspace.sources.layer(layer).table
        nests[layer] = nests_of(records, sorted(columns[layer]))
        lost |= {(layer, name) for name in columns[layer] if name not in records and name != MADE and NAMED not in name}
    return nests, frozenset(lost)


def _outlines(workspace: Workspace, assessments: Sequence[Assessment], named: set[str]) -> dict[str, dict[str, shapely.Geometry]]:
    """The shapes of the levels, of other sets that tables of surveys speak of, and of the city where one does."""
    if not named:
        return {}
    drawn = {one.level: one.places.geometry for one in assessments}
    spoken = {one.split(WITHOUT)[0] for one in named}
    others = spoken - {*drawn, CITY, ELSEWHERE}
    drawn |= {one: workspace.sources.atlas[one].frame.to_crs(4326).geometry for one in sorted(others)}
    outlines = {level: dict(zip(shapes.index, shapes, strict=True)) for level, shapes in drawn.items()}
    finest = assessments[0].level
    outlines |= city_outlines(drawn[finest]) if spoken & {CITY, ELSEWHERE} else {}
    return outlines | {one: ground_of(one, outlines, finest) for one in sorted(named) if WITHOUT in one}


@dataclass(frozen=True)
class Told:
    """What an edition tells of one period. numbers: n, status and mark by place; years: those taken together, if any are."""

    level: str
    period: str
    years: tuple[int, ...]
    numbers: pd.DataFrame


def _tables(workspace: Workspace, assessment: Assessment) -> Iterator[pd.DataFrame]:
    for indicator in workspace.methodology.at(assessment.level):
        measure = indicator.measure
        card = workspace.sources.layer(measure.layer).card
        rule = workspace.methodology.disclosure.rule()
        counts = rule.of(card.sensitivity)
        now = Told(assessment.level, assessment.period, assessment.node(indicator.id).years, assessment.numbers[indicator.id])
        if isinstance(measure, ASKED) and card.guarded:
            for one in (now, *_before(workspace, indicator, now)):
                lacks = kept_out(indicator, workspace.sources.at(one.period), one.level, rule)
                for told in _asked(workspace, indicator, one):
                    yield told.assign(boundaries=[without(one.level, lacks.get(code, ())) for code in told["place"]])
        elif _counts_people(measure, card, counts) and _told_first(workspace, indicator) == assessment.level:
            both = (now, *_before(workspace, indicator, now))
            for one in (*both, *(shorter for whole in both for shorter in _looked_at(workspace, indicator, whole))):
                about = _about(indicator, card, one, counts.below)
                if observed_at(indicator, workspace.sources, one.level) != one.level:
                    yield from _of_sums(workspace, indicator, one, about)
                elif isinstance(measure, Severity):
                    yield from _of_kinds(workspace, indicator, one, about, counts)
                else:
                    yield entries_of(_limits(one.numbers, counts), about)
                    yield from _of_wholes(workspace, indicator, one, about)


def _asked(workspace: Workspace, indicator: Indicator, told: Told) -> Iterator[pd.DataFrame]:
    """How many answered, and beside them, where a share is shown, how many agreed: whoever has the share and its base has them."""
    measure, rule = indicator.measure, workspace.methodology.disclosure.rule()
    card, answered = workspace.sources.layer(measure.layer).card, _answers(told.numbers)
    about = _about(indicator, card, told, rule.survey_base)
    yield entries_of(answered, about)
    if not (asked := _agree(measure, workspace.sources)):
        return
    seen = let_out_at(indicator, workspace.sources.at(told.period), told.level, rule).frame.reindex(told.numbers.index)
    about = replace(about, what=agreed_on(card, measure.question), threshold=rule.threshold)
    yield entries_of(answered, about)
    for column, agree in asked.items():
        agreed = seen[column].where(answered["low"].notna())
        where = json.loads(about.where) | agreement(measure.question, agree)
        yield entries_of(pd.DataFrame({"low": agreed, "high": agreed}), replace(about, where=json.dumps(where)))


def _agree(measure: Measure, sources: Sources) -> dict[str, tuple[Cell, ...]]:
    """The answers of which the share is told, by the column that counts who gave them: those agreed upon, or those of a mean that tells how many gave each."""
    if isinstance(measure, SurveyShare | SmallArea):
        return {AGREED: measure.agree}
    return {column: (answer,) for column, answer in measure.told(sources).items()} if isinstance(measure, SurveyMean) else {}


def _before(workspace: Workspace, indicator: Indicator, now: Told) -> Iterator[Told]:
    """The baseline, whose numbers stand beside those of the edition's own period, and make its scale and weights, which are told to the last digit."""
    heading = workspace.methodology.methodology
    if heading.baseline != heading.period and not workspace.held:
        found = estimate(indicator, workspace.sources.at(heading.baseline), now.level, workspace.methodology.disclosure.rule())
        known = now.numbers["previous"].notna() | found.table["value"].notna() & (found.table["status"] != "suppressed")
        yield Told(now.level, heading.baseline, found.years, found.table[known.to_numpy()])


def _looked_at(workspace: Workspace, indicator: Indicator, told: Told) -> Iterator[Told]:
    """What the gate lets out of the fewer years that were too short to be pooled: that they were tells of it."""
    rule, measure = workspace.methodology.disclosure.rule(), indicator.measure
    for start in range(1, len(told.years)) if isinstance(measure, PoolingMeasure) and measure.pool else ():
        years = told.years[start:]
        sources = replace(workspace.sources, period=told.period, years=years)
        places = sources.atlas[told.level]
        if observed_at(indicator, sources, told.level) == told.level:
            seen = let_out_at(indicator, sources, told.level, rule)
            table = measure.finish(replace(seen, places=places)).assign(mark=seen.frame.get("mark", Mark.NONE))
        else:
            table = pd.DataFrame(index=places.codes)
        yield Told(told.level, told.period, years, table)


def _told_first(workspace: Workspace, indicator: Indicator) -> str:
    """The level of the smallest places that the indicator is told of; its numbers of larger ones are sums of the same shown parts."""
    return next(level for level in workspace.methodology.methodology.levels if not indicator.levels or level in indicator.levels)


def _of_sums(workspace: Workspace, indicator: Indicator, told: Told, about: Counted) -> Iterator[pd.DataFrame]:
    """The counts of larger places of an indicator that is not told of the smaller ones it is counted in, each between what its parts may be."""
    sources = replace(workspace.sources, period=told.period, years=told.years)
    atlas, own = sources.atlas, observed_at(indicator, sources, told.level)
    parts = let_out_at(indicator, sources, own, workspace.methodology.disclosure.rule())
    walk = atlas.route(own, told.level)
    unknown = parts.frame.index[parts.frame["events"].isna() & (parts.frame["exposure"] > 0)]
    inside = inside_of(sources, unknown, own, told.level)
    measure, where = indicator.measure, json.loads(about.where)
    summed = roll_up(parts, walk, atlas[told.level].codes)
    for name, one in {kind.name: kind.seen for kind in summed.kinds}.items() if summed.kinds else [("", summed)]:
        frame = one.frame.reindex(told.numbers.index)
        kinds = {measure.kind: [name]} if name else {}
        limits = pd.DataFrame({"low": frame["events"] - frame["half"], "high": frame["events"] + frame["half"]})
        table = entries_of(limits, replace(about, where=json.dumps(where | kinds)))
        yield table.assign(boundaries=[without(told.level, inside.get(code, ())) for code in table["place"]])


def _of_wholes(workspace: Workspace, indicator: Indicator, told: Told, about: Counted) -> Iterator[pd.DataFrame]:
    """Of a share its whole, where that is a count of people too: the number of its part and the share give it."""
    measure = indicator.measure
    if not isinstance(measure, Share) or measure.per:
        return
    sources = replace(workspace.sources, period=told.period, years=told.years)
    frame = let_out_at(indicator, sources, told.level, workspace.methodology.disclosure.rule()).frame.reindex(told.numbers.index)
    counts = workspace.methodology.disclosure.rule().of(sources.layer(measure.layer).card.sensitivity)
    few = frame["mark"] == Mark.FEW_IN_ALL
    table = pd.DataFrame(
        {"n": frame["exposure"].where(frame["exposure"] > 0), "status": np.where(few, "suppressed", "value"), "mark": Mark.NONE},
        index=frame.index,
    )
    where = json.loads(about.where) | {MADE: list(measure.whole)}
    yield entries_of(_limits(table, counts), replace(about, where=json.dumps(where)))


def _counts_people(measure: Measure, card: LayerCard, rule: CountRule | None) -> bool:
    return isinstance(measure, Rate | Share | StandardisedRatio | Severity) and card.sensitivity == "counts" and rule is not None


def _of_kinds(workspace: Workspace, indicator: Indicator, told: Told, about: Counted, rule: CountRule) -> Iterator[pd.DataFrame]:
    """The counts of each kind that a weighted sum may tell, and that there are none of any other kind: neither of those it tells none of, nor outside the table."""
    measure, where = indicator.measure, json.loads(about.where)
    sources = replace(workspace.sources, period=told.period, years=told.years)
    kinds = let_out_at(indicator, sources, told.level, workspace.methodology.disclosure.rule()).kinds
    here, of_all = told.numbers.index, measure.kind not in measure.where
    named = [one for one in kinds if not (of_all and _tells_none(one.seen.frame.loc[here]))]
    for one in named:
        frame = one.seen.frame.loc[here]
        hidden = frame["hidden"].astype(bool)
        table = frame.assign(n=frame["events"].mask(hidden), status=frame["status"].mask(hidden, "suppressed"), mark=Mark.NONE)
        yield entries_of(_limits(table, rule), replace(about, where=json.dumps(where | {measure.kind: [one.name]})))
    if of_all:
        nothing = kinds[0].seen.frame.loc[here, "exposure"] * 0
        others = {measure.kind: {"not": [one.name for one in named]}}
        yield entries_of(pd.DataFrame({"low": nothing, "high": nothing}), replace(about, where=json.dumps(where | others)))


def _tells_none(frame: pd.DataFrame) -> bool:
    """Whether a kind is told to have no event in any place: one of the many of a table that never were, of which one line speaks together."""
    told = (frame["events"].fillna(0) == 0) & (frame["half"].fillna(0) == 0) & ~frame["hidden"].astype(bool)
    return bool((told & (frame["status"] != "suppressed")).all())


def _answers(table: pd.DataFrame) -> pd.DataFrame:
    """How many answered in each place of which that is told; of the others nothing, for larger places may leave their answers out."""
    shown = table["n"].where(table["n"] > 0)
    return pd.DataFrame({"low": shown, "high": shown})


def _limits(table: pd.DataFrame, rule: CountRule) -> pd.DataFrame:
    """The least and the greatest count that the edition allows for each place; nothing where it tells nothing."""
    shown, hidden = table["n"], table["status"] == "suppressed"
    down, up = (rule.nearest // 2, (rule.nearest - 1) // 2) if isinstance(rule, Withhold) else (rule.most, rule.most)
    low, high = (shown - down).clip(lower=0), shown + up
    if isinstance(rule, Withhold):
        low, high = low.mask(shown > 0, low.clip(lower=rule.below)), high.mask(shown == 0, 0.0)
    silent = table["mark"].isin([Mark.ALL_BUT_FEW, Mark.FEW_IN_ALL])
    return pd.DataFrame({"low": low.mask(hidden, 1.0).mask(silent), "high": high.mask(hidden, rule.below - 1.0).mask(silent)})


def _about(indicator: Indicator, card: LayerCard, told: Told, threshold: int) -> Counted:
    measure = indicator.measure
    since, until = ends_of(told.years) if told.years else window(measure, told.period)
    first, last = days_of(card, told.period)
    since, until = since or first, until or last
    what, columns = _thing(measure, card)
    kinds = {column: list(values) for column, values in sorted(measure.where.items())} | ({MADE: list(columns)} if columns else {})
    kinds |= wave_of(card, told.period) if isinstance(measure, ASKED) else {}
    return Counted(
        what=what, indicator=indicator.title, boundaries=told.level, since=since, until=until, where=json.dumps(kinds), threshold=threshold
    )  # fmt: skip


def _thing(measure: Measure, card: LayerCard) -> tuple[str, tuple[str, ...]]:
    """What is counted, and the columns that hold it where no row is one: a share and a rate of the same columns speak of the same people."""
    if isinstance(measure, Pillar):
        return answers_on(card, measure.subscale), ()
    if isinstance(measure, ASKED):
        return answers_to(card, measure.question), ()
    return card.name, measure.part if isinstance(measure, Share) else measure.events
