"""What people said, by question, place and group: each number with its interval, its answers and how sure it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.assessment.assessment import SURVEY_NOT_REVIEWED
from geomap.assessment.grid_cells import Cells, cells_of, unsaid
from geomap.assessment.grounds import CITY, Grounds, weighted
from geomap.assessment.handed_shares import handed_shares
from geomap.disclosure.bases import hidden_bases, hidden_shares
from geomap.disclosure.gate import Rule
from geomap.indicators.respondents import LEFT_OUT, Respondents, agreeing
from geomap.indicators.small_area import SmallArea
from geomap.indicators.sources import Sources
from geomap.layers.codebook import Question
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.methodology.rules import Reliability
from geomap.statistics.domains import domain_means
from geomap.statistics.intervals import korn_graubard_interval
from geomap.statistics.rounding import OF_ANSWERS, PUBLISHED, significant
from geomap.worded import worded

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
SHARES = NUMBERS[2:-1]
STEP = 5
COLUMNS = ("layer", *KEYS[:2], "wording", "institution", "issue", "explains", *KEYS[2:], *NUMBERS, "shown", "reliability", "flags")


def trust_grid(sources: Sources, rule: Listening, gate: Rule, reliability: Reliability) -> pd.DataFrame:
    """The columns COLUMNS, a row for each question, place and group that anybody answered in, in percent.

    shown: direct, modelled (Fay–Herriot, where a place has few answers) or withheld (fewer answers than the base of the *gate*, few who agreed or few who
    did not, or they could be told from the others). Withheld rows keep their key and lose every number, but for how many answered where only the share is withheld.
    Of a question of several answers, whose codes no codebook lists, only those are told that a row which is shown has any of.
    """
    layer = sources.layer(rule.layer)
    if rule.aggregates:
        given = handed_shares(sources, rule, rule.aggregates, gate)
        return _marked(_told(_rounded(given) if layer.card.guarded else given, reliability), layer)
    found = [_of_period(layer, rows, rule, sources.at(period), (gate, reliability)) for period, rows in waves_of(layer, sources.period)]
    return _marked(pd.concat(found, ignore_index=True), layer) if found else pd.DataFrame(columns=list(COLUMNS))


def _marked(table: pd.DataFrame, layer: Layer) -> pd.DataFrame:
    """The same with a last flag on every row, where nobody but its owner has looked at how the survey was made."""
    if not layer.card.unreviewed:
        return table
    return table.assign(flags=(table["flags"] + "; " + SURVEY_NOT_REVIEWED).str.removeprefix("; "))


def asked(layer: Layer) -> dict[str, Question]:
    """The questions of the codebook that a share can be made of."""
    survey = layer.card.survey
    questions = survey.questions if survey else {}
    return {name: question for name, question in questions.items() if question.kind == "several" or question.agree}


def waves_of(layer: Layer, period: str) -> Iterable[tuple[str, Layer]]:
    """The waves up to *period*, and the rows of each."""
    if not layer.card.period_field:
        return [(period, layer)]
    column = layer.column(layer.card.period_field).astype(str)
    return [(wave, layer.take((column == wave).to_numpy())) for wave in sorted(column.unique()) if wave <= period]


def _of_period(layer: Layer, rows: Layer, rule: Listening, sources: Sources, limits: tuple[Rule, Reliability]) -> pd.DataFrame:
    grounds, tables = Grounds.of(rows, sources, rule.levels or sources.levels), []
    who = weighted(rows, grounds, rule, sources, limits[0].survey_base)
    for one in tabled(who, grounds, sources, rule, limits[0].survey_base):
        shown = _let_out(_shares(who, one), one.cells, limits[0])
        if one.answer and not (shown["direct"] > 0).any():
            continue  # its name is in the words of withheld people alone
        if one.question.kind == "scale":
            measure = SmallArea(layer=rule.layer, question=one.name, agree=one.question.agree, covariates=rule.covariates).from_base(
                limits[0].survey_base
            )
            shown = _with_models(shown, (who, grounds, one.cells), sources, measure)
        about = {
            "question": one.name,
            "answer": one.answer,
            "institution": one.question.institution,
            "issue": one.question.issue,
            "wording": one.question.wording,
            "explains": one.question.explains,
        }
        tables.append(shown.assign(layer=layer.name, period=sources.period, **about))
    if not tables:
        return pd.DataFrame(columns=list(COLUMNS))
    found = pd.concat(tables, ignore_index=True)
    return _told(_blurred(found) if layer.card.guarded else found, limits[1])


@dataclass(frozen=True)
class Tabled:
    """One share that is tabled: of the question *name*, for one coded *answer* where people may name several; who *said* so, who *answered*, and the cells of the table."""

    name: str
    question: Question
    answer: str
    said: NDArray[np.bool_]
    answered: NDArray[np.bool_]
    cells: Cells

    @property
    def agreed(self) -> NDArray[np.int64]:
        """How many people of each cell agreed, each counted once."""
        yes = self.said & self.answered
        return np.concatenate(
            [np.bincount(one.position[yes & (one.position >= 0)], minlength=len(one.codes)) for one in self.cells.domains]
        )


def tabled(who: Respondents, grounds: Grounds, sources: Sources, rule: Listening, base: int) -> Iterator[Tabled]:
    """Every share of every question that is asked."""
    known: dict[tuple[bytes, ...], Cells] = {}
    for name, question in asked(who.layer).items():
        agrees, answered = _said(who, name, question)
        left = grounds.left(answered, base)
        kept_out = tuple(away.tobytes() for away in left.values())  # few questions differ in it, and cells are dear
        if kept_out not in known:
            known[kept_out] = cells_of(who, sources, grounds, rule.by, left=left)
        yield from (Tabled(name, question, answer, said, answered, known[kept_out]) for answer, said in agrees.items())


def _said(who: Respondents, name: str, question: Question) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Who agreed (or named each coded answer), and who answered."""
    if question.kind == "scale" or question.agree:
        agrees, answered = agreeing(who, name, question.agree)
        return {"": agrees}, answered
    answers, answered = who.answers(name)
    named = answers.fillna("").astype(str).str.split(";").map(lambda parts: {part.strip() for part in parts if part.strip()})
    codes = sorted(set().union(*named))
    return {code: named.map(lambda parts, code=code: code in parts).to_numpy() for code in codes}, answered


def _shares(who: Respondents, one: Tabled) -> pd.DataFrame:
    y = np.where(one.answered, one.said, 0.0)
    found = pd.concat([domain_means(who.design, y, domains.where(one.answered)) for domains in one.cells.domains], ignore_index=True)
    low, high = korn_graubard_interval(found["mean"], found["se"], found["n"], found["df"].clip(lower=1))
    shares = {
        "n": found["n"],
        "agreed": one.agreed,
        "effective": found["effective"],
        "direct": found["mean"] * 100,
        "direct_low": low * 100,
        "direct_high": high * 100,
    }
    return one.cells.table.assign(**shares)


def _let_out(raw: pd.DataFrame, cells: Cells, gate: Rule) -> pd.DataFrame:
    """The shares of cells that anybody answered in; withheld where they are too small to show, or could be told from others."""
    n = raw["n"].to_numpy()
    thin = hidden_bases(n, cells.lines, gate.survey_base)
    hidden = hidden_shares(raw["agreed"].to_numpy(), n, cells.lines, thin, gate.threshold)
    out = raw.drop(columns="agreed").assign(shown=np.where(hidden, "withheld", "direct"))
    out.loc[thin, "n"] = np.nan
    out.loc[hidden, ["effective", "direct", "direct_low", "direct_high"]] = np.nan
    lacks = cells.lacking | ({(CITY, CITY)} if cells.left[CITY].any() else set())
    flags = [LEFT_OUT if place in lacks else "" for place in zip(out["level"], out["code"], strict=True)]
    out = out.assign(value=out["direct"], low=out["direct_low"], high=out["direct_high"], flags=flags)
    shown = (raw["n"] > 0) & ~unsaid(raw)
    return out[shown.to_numpy()].reset_index(drop=True)


def _with_models(shown: pd.DataFrame, said: tuple[Respondents, Grounds, Cells], sources: Sources, measure: SmallArea) -> pd.DataFrame:
    """The same, with what the model says of each place beside its own answers, and in their stead where they are too few; it learns from shown answers only."""
    who, grounds, cells = said
    for level in sorted(set(shown["level"]) - {CITY}):
        here = ((shown["level"] == level) & (shown["by"] == "")).to_numpy()
        withheld = shown.loc[here & (shown["shown"] == "withheld").to_numpy(), "code"]
        left = cells.left[level] | grounds.levels[level].isin(withheld).to_numpy()
        table, _ = measure.estimates_of(who, sources, level, left=left)
        modelled = table.reindex(shown.loc[here, "code"])
        for end in ("", "_low", "_high"):
            shown.loc[here, f"modelled{end}"] = (modelled[f"modelled{end}"] * 100).to_numpy()
        shown.loc[here, "own"] = modelled["own"].to_numpy()
        unsure = here.copy()
        unsure[here] = (modelled["shown"] == "modelled").to_numpy()
        shown.loc[unsure, ["value", "low", "high"]] = shown.loc[unsure, ["modelled", "modelled_low", "modelled_high"]].to_numpy()
        shown.loc[unsure, "shown"] = "modelled"
        shown.loc[unsure, "flags"] = table["flags"].reindex(shown.loc[unsure, "code"]).to_numpy()
    return shown


def _blurred(table: pd.DataFrame) -> pd.DataFrame:
    """The same as *_rounded*; *effective* is told in steps of *STEP*, *own* in hundredths."""
    table = _rounded(table)
    return table.assign(effective=(table["effective"] / STEP).round() * STEP, own=table["own"].astype(float).round(2))


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The same with as many digits as answers of people have: by more, weights tell who answered, and a share, such as 3.225806, how many agreed of how many."""
    table = table.reindex(columns=list(COLUMNS))
    return table.assign(**{name: significant(table[name].astype(float), OF_ANSWERS) for name in SHARES})


def _told(table: pd.DataFrame, rule: Reliability) -> pd.DataFrame:
    """The same with how sure each number is and what must be known of it."""
    table = table.reindex(columns=list(COLUMNS))
    z = 2 * 1.959963984540054
    cv = 100 * (table["high"] - table["low"]) / z / table["value"].where(table["value"] > 0)
    known = table["value"].notna()
    table["reliability"] = np.select(
        [~known, cv > rule.cv[1], (cv > rule.cv[0]) | (table["n"] < rule.flag_under)], ["", "poor", "with caution"], default="good"
    )
    few = np.where((table["shown"] == "direct") & (table["n"] < rule.flag_under), worded("few answers") + "; ", "")
    withheld = np.where(
        table["shown"] == "withheld",
        worded("withheld: too few answers, too few who agreed or did not, or they could be told from the others"),
        "",
    )
    table["flags"] = (few + withheld + table["flags"].fillna("").where(table["shown"] != "withheld", "")).str.removesuffix("; ")
    for name in NUMBERS:
        table[name] = significant(table[name].astype(float), PUBLISHED)
    return table
