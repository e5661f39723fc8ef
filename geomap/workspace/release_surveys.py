"""What the tables of surveys in an edition tell of how many answered, and how many agreed, as the ledger of disclosure reads it.

A number of answers stands for those answers: whoever has two numbers of the same question has the answers of those who are in one and not in the other.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.assessment.grid_cells import key_of
from geomap.assessment.grounds import CITY
from geomap.assessment.pillars import left_out_of_scales
from geomap.assessment.trust_grid import KEYS
from geomap.assessment.who_agreed import COLUMNS, Agreed, Lacks, who_agreed
from geomap.assessment.who_answered import left_out_of
from geomap.disclosure.ledger import ENTRY, Counted, entries_of
from geomap.indicators.respondents import CROSSED
from geomap.indicators.sources import Sources
from geomap.layers.card import LayerCard
from geomap.layers.period import years_of
from geomap.methodology.listening import Listening
from geomap.workspace.listen import ANSWERS, PILLARS, WHO
from geomap.workspace.workspace import Workspace

EVER = ("1900-01-01", "2199-12-31")
ANSWERED, AGREED = ": answers to ", ": who agreed on "
MADE = "events"  # what a filter names the columns by that hold counts; no column itself
ELSEWHERE = "elsewhere"  # the ground of those who answered and are in no place
WITHOUT = ", without "  # in the name of a boundary set whose places lack the answers of some inside them
TELLING = ("what", "indicator", "level", "code", "by", "group", "period", "n")
NOBODY = Agreed(pd.DataFrame(columns=list(COLUMNS)), {})
EVERYBODY = "{}"  # the filter, as JSON, of all who answered, whatever they said


def answers_to(card: LayerCard, question: str) -> str:
    """What is counted where answers to *question* are."""
    return f"{card.name}{ANSWERED}{question}"


def agreed_on(card: LayerCard, question: str) -> str:
    """What is counted where those who agreed to *question* are, beside all who answered it."""
    return f"{card.name}{AGREED}{question}"


def agreed_besides(what: str) -> str:
    """What is counted where those who agreed are, of a thing that answers are counted of; the thing itself where it is another."""
    return what.replace(ANSWERED, AGREED, 1)


def layer_of(what: pd.Series) -> pd.Series:
    """The layer whose records are counted."""
    return what.str.split(":").str[0]


def answers_on(card: LayerCard, scale: str) -> str:
    """What is counted where answers on a scale of its instrument are."""
    return f"{card.name}: answers on the scale {scale}"


def days_of(card: LayerCard, period: str) -> tuple[str, str]:
    """The first and last day that a layer speaks of in an edition of *period*."""
    years = years_of(period if card.period_field else card.period)
    return (f"{years[0]}-01-01", f"{years[1]}-12-31") if years else EVER


def wave_of(card: LayerCard, period: str) -> dict[str, list[str]]:
    """The filter that tells a wave from others of the same days; none where waves are years, or the layer knows none."""
    years = years_of(period)
    plain = years is not None and period in (f"{years[0]}", f"{years[0]}-{years[1]}", f"{years[0]}/{years[1]}")
    return {} if plain or not card.period_field else {card.period_field: [period]}


def survey_entries(workspace: Workspace, tables: Mapping[str, tuple[str, pd.DataFrame]]) -> Iterator[pd.DataFrame]:
    """The entries of the tables that the methodology's surveys publish, of layers about people."""
    limits, sources = workspace.methodology.disclosure, workspace.sources.at(workspace.methodology.methodology.period)
    for rule in workspace.methodology.survey:
        card = workspace.sources.layer(rule.layer).card
        read = {kind: tables[f"{rule.layer}-{kind}"][1] for kind in READ if f"{rule.layer}-{kind}" in tables and card.guarded}
        found = who_agreed(sources, rule, limits.survey_base) if ANSWERS in read else NOBODY
        lacks = {ANSWERS: found.lacks, WHO: _lacks_of_who(sources, rule, card, limits.survey_base) if WHO in read else {}}
        lacks |= {PILLARS: _lacks_of_scales(sources, rule, limits.survey_base)} if PILLARS in read else {}
        for kind, table in read.items():
            told = READ[kind](table, card, rule).assign(agree=EVERYBODY)
            about = _About(rule, limits.survey_base, np.nan if kind == WHO else 0.0, lacks.get(kind, {}))
            yield from _entries(told, workspace, about)
        if ANSWERS in read:
            told = _agreed(read[ANSWERS], card, rule, found.counts)
            yield from _entries(told, workspace, _About(rule, limits.threshold, 0.0, found.lacks))


@dataclass(frozen=True)
class _About:
    """How a table is entered: under which threshold; how many are where it has no row (NaN: it tells nothing of them); which answers stay out of which places, by question and period."""

    rule: Listening
    threshold: int
    absent: float
    lacks: Mapping[tuple[str, str], Lacks]


def city_outlines(places: gpd.GeoSeries) -> dict[str, dict[str, shapely.Geometry]]:
    """The whole city as all its places and the ground *ELSEWHERE*, of which no place has any."""
    west, south, east, north = places.total_bounds
    away = shapely.box(west - 2 * (east - west), south, west - (east - west), north)
    return {CITY: {CITY: shapely.union_all([*places, away])}, ELSEWHERE: {ELSEWHERE: away}}


def without(level: str, away: tuple[str, ...]) -> str:
    """The name, in the ledger, of places of *level* that lack the answers of some inside them."""
    return f"{level}{WITHOUT}{', '.join(away)}" if away else level


def ground_of(name: str, shapes: Mapping[str, Mapping[str, shapely.Geometry]], finest: str) -> dict[str, shapely.Geometry]:
    """The outlines of the places that *without* named."""
    level, away = name.split(WITHOUT)
    gone = shapely.union_all([shapes[finest][code] for code in away.split(", ")])
    return {code: shapely.difference(shape, gone) for code, shape in shapes[level].items()}


def _entries(told: pd.DataFrame, workspace: Workspace, about: _About) -> Iterator[pd.DataFrame]:
    rule, sources = about.rule, workspace.sources
    card = sources.layer(rule.layer).card
    for (what, period), asked in told.groupby(["what", "period"], sort=False):
        total = (asked["by"] == "") & (asked["agree"] == EVERYBODY)
        places = (_whole(rows, str(level), sources, about.absent) for level, rows in asked[total].groupby("level", sort=False))
        whole = pd.concat([asked.iloc[:0], *places])
        lacks = about.lacks.get((asked["indicator"].iloc[0], period), {})
        dated = rule.aggregates is not None and bool(card.date_field)
        since, until = (period, period) if dated else days_of(card, period)
        rows = pd.concat([whole, asked[~total & asked["n"].notna()]])
        rows["level"] = [without(level, lacks.get((level, code), ())) for level, code in zip(rows["level"], rows["code"], strict=True)]
        wave, n = wave_of(card, period), rows["n"].astype(float)
        filters = {key: json.dumps(wave | _kinds(*key[:2]) | json.loads(key[2])) for key in _keys(rows)}
        yield rows.assign(
            place=rows["code"].astype(str), boundaries=rows["level"], since=since, until=until, where=[filters[key] for key in _keys(rows)],
            low=np.floor(n.fillna(0.0)), high=np.ceil(n.fillna(np.inf)), threshold=about.threshold,
        )[list(ENTRY)]  # fmt: skip
        if CITY in set(whole["level"]):
            away = pd.DataFrame({"low": [0.0], "high": [_unplaced(workspace, rule)]}, index=[ELSEWHERE])
            title = whole["indicator"].iloc[0]
            yield entries_of(away, Counted(what, title, ELSEWHERE, since, until, json.dumps(wave), about.threshold))


def _keys(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(rows["by"], rows["group"], rows["agree"], strict=True))


def _whole(rows: pd.DataFrame, level: str, sources: Sources, absent: float) -> pd.DataFrame:
    """The rows of all places of *level*; of whom the table has no row, *absent* answered (NaN: it tells nothing of them)."""
    if level == CITY:
        return rows
    others = sources.atlas[level].codes.difference(rows["code"])
    first = rows.iloc[0].to_dict()
    return pd.concat([rows, pd.DataFrame([first | {"code": code, "n": absent} for code in others], columns=rows.columns)])


def _unplaced(workspace: Workspace, rule: Listening) -> float:
    """How many answers at most are of people in no place; never so few that it would tell how many there are."""
    sources, base = workspace.sources, workspace.methodology.disclosure.survey_base
    lost = int(sources.join(sources.layer(rule.layer), sources.finest).codes.isna().sum())
    return float(max(lost, base - 1)) if lost else 0.0


def _kinds(by: str, group: str) -> dict[str, list[str]]:
    """The filter of one group, or of one crossing of groups."""
    columns, values = by.split(CROSSED), group.split(CROSSED)
    return {column.strip(): [value.strip()] for column, value in sorted(zip(columns, values, strict=True))} if by else {}


def _answers(table: pd.DataFrame, card: LayerCard, rule: Listening) -> pd.DataFrame:
    """Of what people said, how many answered; every share of one question has the same. A usual number that was assumed is no count."""
    if rule.aggregates is not None and isinstance(rule.aggregates.answers, int):
        return pd.DataFrame(columns=list(TELLING))
    told = table.assign(what=[answers_to(card, question) for question in table["question"]], indicator=table["question"])
    return told.drop_duplicates(list(TELLING[:-1]))[list(TELLING)]


def _agreed(table: pd.DataFrame, card: LayerCard, rule: Listening, counts: pd.DataFrame) -> pd.DataFrame:
    """Of every share that is shown how many agreed, beside all who answered: whoever has the share and its base has them. counts: of *who_agreed*."""
    everybody = _answers(table, card, rule).assign(agree=EVERYBODY)
    if not len(everybody):
        return everybody
    shown = table[table["direct"].notna() & table["n"].notna()].merge(counts, on=list(KEYS), validate="one_to_one")
    told = shown.assign(indicator=shown["question"], n=shown["agreed"], agree=shown["agree"].map(json.dumps))
    both = pd.concat([everybody, told])
    return both.assign(what=[agreed_on(card, question) for question in both["indicator"]])[[*TELLING, "agree"]]


def _scales(table: pd.DataFrame, card: LayerCard, rule: Listening) -> pd.DataFrame:
    """Of the scales of an instrument, how many answered enough items."""
    key = key_of(table["by"], table["group"], table["by"].isin(rule.by))
    told = table.assign(what=[answers_on(card, scale) for scale in table["subscale"]], indicator=table["title"], **key)
    return told[list(TELLING)]


def _lacks_of_who(sources: Sources, rule: Listening, card: LayerCard, base: int) -> dict[tuple[str, str], Lacks]:
    return {(_who_title(card), sources.period): left_out_of(sources, rule, base)}


def _lacks_of_scales(sources: Sources, rule: Listening, base: int) -> dict[tuple[str, str], Lacks]:
    return {(title, sources.period): lacks for title, lacks in left_out_of_scales(sources, rule, base).items()}


def _who_title(card: LayerCard) -> str:
    return f"Who answered {card.title}"


def _who(table: pd.DataFrame, card: LayerCard, _rule: Listening) -> pd.DataFrame:
    """Of who answered, how many people of each group and each place."""
    key = key_of(table["variable"], table["code"], table["kind"] == "group")
    told = table.assign(what=f"{card.name}: who answered", indicator=_who_title(card), n=table["answered"], **key)
    return told[list(TELLING)]


READ = {ANSWERS: _answers, PILLARS: _scales, WHO: _who}
