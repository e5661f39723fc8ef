"""What people said, by question, place and group: each number with its interval, its answers and how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.disclosure.bases import hidden_bases
from geomap.indicators.respondents import Respondents, agreeing, effective_answers, respondents
from geomap.indicators.small_area import SmallArea
from geomap.indicators.sources import Sources
from geomap.layers.codebook import Question
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.methodology.rules import Reliability
from geomap.statistics.intervals import korn_graubard_interval
from geomap.statistics.rounding import significant

CITY = "city"
KEYS = ("period", "question", "answer", "level", "code", "by", "group")
NUMBERS = (
    "n",
    "effective",
    "value",
    "low",
    "high",
    "direct",
    "direct_low",
    "direct_high",
    "modelled",
    "modelled_low",
    "modelled_high",
    "own",
)
COLUMNS = ("layer", *KEYS[:2], "institution", "issue", *KEYS[2:], *NUMBERS, "shown", "reliability", "flags")


@dataclass(frozen=True)
class Cut:
    """A way to part the respondents: by the places of a level (or the whole city), and by the groups in a column (or none)."""

    level: str
    by: str


def trust_grid(sources: Sources, rule: Listening, base: int, reliability: Reliability) -> pd.DataFrame:
    """The columns COLUMNS, a row for each question, place and group that anybody answered in, in percent.

    shown: direct, modelled (Fay–Herriot, where a place has few answers) or withheld (fewer than *base* answers, or they could be told from the
    others). Withheld rows keep their key and lose every number.
    """
    layer = sources.layer(rule.layer)
    found = [_of_period(layer, rows, rule, sources.at(period), (base, reliability)) for period, rows in _waves(layer, sources.period)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS))


def asked(layer: Layer) -> dict[str, Question]:
    """The questions of the codebook that a share can be made of."""
    survey = layer.card.survey
    questions = survey.questions if survey else {}
    return {name: question for name, question in questions.items() if question.kind == "several" or question.agree}


def _waves(layer: Layer, period: str) -> Iterable[tuple[str, Layer]]:
    if not layer.card.period_field:
        return [(period, layer)]
    column = layer.column(layer.card.period_field).astype(str)
    return [(wave, layer.take((column == wave).to_numpy())) for wave in sorted(column.unique()) if wave <= period]


def _of_period(layer: Layer, rows: Layer, rule: Listening, sources: Sources, limits: tuple[int, Reliability]) -> pd.DataFrame:
    who = respondents(rows, rule.rake, sources.period, bounds=rule.bounds)
    levels = rule.levels or sources.levels
    cuts = [Cut(level, by) for level in (CITY, *levels) for by in ("", *rule.by)]
    parts = {cut: _groups(who, sources, cut) for cut in cuts}
    tables = []
    for name, question in asked(layer).items():
        agrees, answered = _said(who, name, question)
        for answer, said in agrees.items():
            raw = pd.concat([_shares(who, said, answered, parts[cut], cut) for cut in cuts], ignore_index=True)
            shown = _let_out(raw, sources, limits[0])
            if question.kind == "scale":
                shown = _with_models(shown, who, sources, (rule.layer, name, question))
            tables.append(
                shown.assign(
                    layer=layer.name,
                    period=sources.period,
                    question=name,
                    answer=answer,
                    institution=question.institution,
                    issue=question.issue,
                )
            )
    return _told(pd.concat(tables, ignore_index=True), limits[1]) if tables else pd.DataFrame(columns=list(COLUMNS))


def _groups(who: Respondents, sources: Sources, cut: Cut) -> pd.DataFrame:
    """Per respondent the place and the group of *cut*, and both as one key; None where either is unknown."""
    place = pd.Series(CITY, index=who.layer.table.index) if cut.level == CITY else who.places(sources, cut.level)[1]
    group = pd.Series("", index=who.layer.table.index) if not cut.by else who.layer.column(cut.by).astype("object")
    known = place.notna() & group.notna()
    key = (place.astype(str) + "\x1f" + group.astype(str)).where(known, None)
    return pd.DataFrame({"place": place, "group": group, "key": key})


def _said(who: Respondents, name: str, question: Question) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Who agreed (or named each coded answer), and who answered."""
    if question.kind == "scale" or question.agree:
        agrees, answered = agreeing(who, name, question.agree)
        return {"": agrees}, answered
    answers, answered = who.answers(name)
    named = answers.fillna("").astype(str).str.split(";").map(lambda parts: {part.strip() for part in parts if part.strip()})
    codes = sorted(set().union(*named))
    return {code: named.map(lambda parts, code=code: code in parts).to_numpy() for code in codes}, answered


def _shares(who: Respondents, said: np.ndarray, answered: np.ndarray, parts: pd.DataFrame, cut: Cut) -> pd.DataFrame:
    groups = parts["key"].where(answered, None).to_numpy(dtype=object)
    codes, share, se, n = who.design.means(np.where(answered, said, 0.0), groups)
    low, high = korn_graubard_interval(share, se, n, np.maximum(who.design.df_of(groups), 1))
    place, _, group = np.char.partition(codes.astype(str), "\x1f").T if len(codes) else (codes, codes, codes)
    return pd.DataFrame(
        {
            "level": cut.level, "code": place, "by": cut.by, "group": group, "n": n, "effective": effective_answers(who.design, groups, codes),
            "direct": share * 100, "direct_low": low * 100, "direct_high": high * 100,
        }
    )  # fmt: skip


def _let_out(raw: pd.DataFrame, sources: Sources, base: int) -> pd.DataFrame:
    """The shares with those withheld that are too small to show, or could be told from others."""
    hidden = hidden_bases(raw["n"].to_numpy(), _lines(raw, sources), base)
    gone = ["n", "effective", "direct", "direct_low", "direct_high"]
    out = raw.assign(shown=np.where(hidden, "withheld", "direct"))
    out.loc[hidden, gone] = np.nan
    for end in ("", "_low", "_high"):
        out[_value(end)] = out[f"direct{end}"]
    return out


def _value(end: str) -> str:
    return end.removeprefix("_") or "value"


def _lines(raw: pd.DataFrame, sources: Sources) -> list[tuple[pd.Series, pd.Series]]:
    """Every family of sums: groups in a place, groups over places, places in larger places, places in the city."""
    keys = raw[["level", "code", "by", "group"]].astype(str).agg("\x1f".join, axis=1)
    at = pd.Series(np.arange(len(raw)), index=keys)

    def total(level: pd.Series | str, code: pd.Series | str, by: pd.Series | str, group: pd.Series | str) -> pd.Series:
        wanted = pd.Series("", index=raw.index)
        for number, part in enumerate((level, code, by, group)):
            wanted = wanted + ("\x1f" if number else "") + (part if isinstance(part, str) else part.fillna("").astype(str))
        return wanted.map(at).fillna(-1).astype(int)

    grouped, placed = raw["by"] != "", raw["level"] != CITY
    in_place = (raw["level"] + "\x1f" + raw["code"] + "\x1f" + raw["by"]).where(grouped)
    over_places = (raw["level"] + "\x1f" + raw["by"] + "\x1f" + raw["group"]).where(placed)
    lines = [(in_place, total(raw["level"], raw["code"], "", "")), (over_places, total(CITY, CITY, raw["by"], raw["group"]))]
    for finer in sources.levels:
        for coarser in sources.levels[sources.levels.index(finer) + 1 :]:
            parents = sources.atlas.parent_in(finer, coarser)
            if parents is None:
                continue
            parent = raw["code"].where(raw["level"] == finer).map(parents)
            inside = (coarser + "\x1f" + parent + "\x1f" + raw["by"] + "\x1f" + raw["group"]).where(parent.notna())
            lines.append((inside, total(coarser, parent, raw["by"], raw["group"])))
    return lines


def _with_models(shown: pd.DataFrame, who: Respondents, sources: Sources, asked_of: tuple[str, str, Question]) -> pd.DataFrame:
    layer, name, question = asked_of
    measure = SmallArea(layer=layer, question=name, agree=question.agree)
    for level in sorted(set(shown["level"]) - {CITY}):
        table, _ = measure.estimates_of(who, sources, level)
        here = (shown["level"] == level) & (shown["by"] == "")
        for column in ("modelled", "modelled_low", "modelled_high"):
            shown.loc[here, column] = shown.loc[here, "code"].map(table[column] * 100)
        shown.loc[here, "own"] = shown.loc[here, "code"].map(table["own"])
        unsure = here & (shown["code"].map(table["shown"]) == "modelled")
        for end in ("", "_low", "_high"):
            shown.loc[unsure, _value(end)] = shown.loc[unsure, f"modelled{end}"]
        shown.loc[unsure, "shown"] = "modelled"
        shown.loc[unsure, "flags"] = shown.loc[unsure, "code"].map(table["flags"])
    return shown


def _told(table: pd.DataFrame, rule: Reliability) -> pd.DataFrame:
    table = table.reindex(columns=list(COLUMNS))
    z = 2 * 1.959963984540054
    cv = 100 * (table["high"] - table["low"]) / z / table["value"].where(table["value"] > 0)
    known = table["value"].notna()
    table["reliability"] = np.select(
        [~known, cv > rule.cv[1], (cv > rule.cv[0]) | (table["n"] < rule.flag_under)], ["", "poor", "with caution"], default="good"
    )
    few = np.where((table["shown"] == "direct") & (table["n"] < rule.flag_under), "few answers", "")
    withheld = np.where(table["shown"] == "withheld", "withheld: too few answers, or they could be told from the others", "")
    table["flags"] = table["flags"].fillna("").where(table["shown"] == "modelled", few + withheld)
    for name in NUMBERS:
        table[name] = significant(table[name].astype(float))
    return table
