"""Who answered a survey against who lives here, by group and by place; those nobody heard come first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.assessment.grid_cells import REST, at_most, key_of, lines_of, nested
from geomap.assessment.grounds import CITY, Grounds
from geomap.assessment.heard import HEARD_TOO_LITTLE
from geomap.disclosure.bases import hidden_bases
from geomap.disclosure.nesting import Nests, nests_of
from geomap.indicators.bring import bring_column
from geomap.indicators.respondents import columns_of, grouped, margins_of
from geomap.indicators.rows import of_period
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.statistics.representation import r_indicator, representation

COLUMNS = ("layer", "period", "kind", "variable", "code", "answered", "people", "ratio", "low", "high", "r", "heard")
HEARD_MORE = 1 / HEARD_TOO_LITTLE
ORDER = ("nobody", "not heard enough", "cannot tell", "heard", "heard more than others")


def who_answered(sources: Sources, rule: Listening, base: int) -> pd.DataFrame:
    """The columns COLUMNS: a row for each category of each margin (kind group) and, where residents per place are named, for each place (kind = level).

    ratio: share of answers over share of residents, with its 95 % interval. r: the R-indicator of the row's variable (1: all answered at one rate).
    answered is withheld under *base* and where the others would tell it, except that nobody (0) is said; its ratio then has an interval only, from 0 to that of the most
    who may have answered there by what is shown, heard is what holds from one up to so many, and r takes what is withheld together. Answers that could be told by difference
    stay out of larger places and of the city, as they do of everything else that is shown of the survey. Rows are sorted by *ORDER*.
    """
    layer = sources.layer(rule.layer)
    rows = layer.take(of_period(layer, sources.period))
    heard = _heard_of(rows, rule)
    found = list(_pairs(sources, rule, rows, heard, _left(sources, rule, rows, base), base))
    if not found:
        return pd.DataFrame(columns=list(COLUMNS))
    columns = dict.fromkeys(column for one in found if one.kind == "group" for column in columns_of(one.variable))
    table = _let_out(found, sources, nests_of(rows.table, columns), base)
    table = table.assign(layer=layer.name, period=sources.period, heard=_heard(table), r=_r(table))
    order = table["heard"].map({word: place for place, word in enumerate(ORDER)})
    return table.assign(order=order).sort_values(["order", "kind", "variable", "code"]).reset_index(drop=True)[list(COLUMNS)]


def left_out_of(sources: Sources, rule: Listening, base: int) -> dict[tuple[str, str], tuple[str, ...]]:
    """The places (level, code) and the city that answers stay out of here, and of each those places of the finest level."""
    layer = sources.layer(rule.layer)
    rows = layer.take(of_period(layer, sources.period))
    left = _left(sources, rule, rows, base)
    return left.grounds.lacks(left.away, sources, rule.layer) if left else {}


@dataclass(frozen=True)
class _Left:
    """Where people live, and per level whose answers stay out of it."""

    grounds: Grounds
    away: dict[str, NDArray[np.bool_]]


@dataclass(frozen=True)
class _Pair:
    """Answers and residents per category; apart: the categories whose answers are no part of the city's; silent: those whose answers all stay out, which are not nobody's, but fewer than *below*.

    rest: answers of no category, or of one without residents.
    """

    kind: str
    variable: str
    answers: pd.Series
    people: pd.Series
    apart: frozenset[str]
    silent: frozenset[str]
    below: int

    @property
    def rest(self) -> float:
        return float(self.answers[~self.answers.index.isin(self.people.index)].sum())


def _heard_of(rows: Layer, rule: Listening) -> pd.Series:
    """How many people each row stands for."""
    return rows.numbers(rule.counted) if rule.counted else pd.Series(1.0, index=rows.table.index)


def _left(sources: Sources, rule: Listening, rows: Layer, base: int) -> _Left | None:
    if rows.card.places is None:
        return None
    grounds = Grounds.of(rows, sources, rule.levels or sources.levels)
    return _Left(grounds, grounds.left(np.ones(len(rows.table), dtype=bool), base, people=_heard_of(rows, rule)))


def _pairs(sources: Sources, rule: Listening, rows: Layer, heard: pd.Series, left: _Left | None, base: int) -> Iterator[_Pair]:
    levels = rule.levels or sources.levels
    if "margins" in rows.extras:
        margins = margins_of(rows, sources.period)
        away = left.away[CITY] if left else np.zeros(len(heard), dtype=bool)
        for name in dict.fromkeys(margins["variable"]):
            if set(columns_of(name)) <= set(rows.table):
                people = margins[margins["variable"] == name].set_index("category")["people"].astype(float)
                category = grouped(rows, name).astype(object).fillna(REST).astype(str)
                answers, silent = category[~away].value_counts(), frozenset(category[away]) - set(category[~away])
                yield _Pair("group", name, answers, people[people > 0], silent, silent, (base - 1) * len(levels) + 1)
    if rule.people is not None and left:
        for level in levels:
            people, place, away = bring_column(rule.people, sources, level).counts, left.grounds.levels[level], left.away[level]
            apart, silent = frozenset(place[left.away[CITY] & ~away].dropna()), frozenset(place[away].dropna()) - set(place[~away].dropna())
            answers = heard.mask(away, 0.0).groupby(place.fillna(REST)).sum()
            yield _Pair(level, level, answers, people[people > 0], apart | silent, silent, base)


def _let_out(pairs: Sequence[_Pair], sources: Sources, nests: Nests, base: int) -> pd.DataFrame:
    """A row a category, without how many answered where they are too few to show, or could be told from the others and from how many answered in all, which any ratio tells.

    Answers of no row are in the shares where they must not be told either. hidden: whether a row is withheld; apart: whether its answers are no part of the city's; at_most: how many may
    have answered there; together: how many did in all withheld rows of its variable, where those are two or more and no answers beside them are withheld.
    """
    told = pd.concat([*(_rows(one) for one in pairs), _rests(pairs)], ignore_index=True)
    rest, apart = told["code"] == REST, told["apart"].astype(bool)
    absent = {(variable, code, CITY) for variable, code in zip(told["variable"][apart], told["code"][apart], strict=True)}
    absent |= {
        (variable, code, level) for variable, code, _ in absent for level in sources.levels
    }  # whatever is no part of the city is no part of what is in it
    key = key_of(told["variable"], told["code"], told["kind"] == "group")
    lines = [*nested(key, nests), *lines_of(key, sources, absent)]
    hidden = pd.Series(hidden_bases(told["answered"].to_numpy(), lines, base), index=told.index) | told["silent"].astype(bool)
    variable = told["variable"].mask((rest & ~hidden) | apart)
    sums = told["answered"].groupby(variable).sum()
    total, together = told["variable"].map(sums), told["answered"].where(hidden).groupby(variable).transform("sum", min_count=2)
    unsure = variable.isin(variable[rest & hidden])
    shown = told["answered"].mask(hidden)
    most = at_most(shown, (variable, total), lines).mask(hidden & apart, told["below"] - 1.0)
    ratios, limits = (representation(count, total, told["people_share"]) for count in (shown, most))
    out = told.assign(
        answered=shown, total=total, ratio=ratios["ratio"], low=ratios["low"].mask(hidden, 0.0), high=ratios["high"].mask(hidden, limits["high"]),
        hidden=hidden, at_most=most, together=together.mask(unsure),
    )  # fmt: skip
    return out[~rest]


def _rows(pair: _Pair) -> pd.DataFrame:
    people = pair.people
    answered = pair.answers.reindex(people.index, fill_value=0).astype(float)
    return pd.DataFrame(
        {
            "kind": pair.kind, "variable": pair.variable, "code": people.index.astype(str), "answered": answered.to_numpy(), "people": people.to_numpy(),
            "people_share": (people / people.sum()).to_numpy(), "apart": people.index.isin(list(pair.apart)), "silent": people.index.isin(list(pair.silent)), "below": pair.below,
        }
    )  # fmt: skip


def _rests(pairs: Sequence[_Pair]) -> pd.DataFrame:
    """A row for the answers that are in no row of each pair."""
    return pd.DataFrame(
        [
            {
                "kind": one.kind,
                "variable": one.variable,
                "code": REST,
                "answered": one.rest,
                "apart": False,
                "silent": False,
                "below": one.below,
            }
            for one in pairs
        ]
    )


def _heard(found: pd.DataFrame) -> pd.Series:
    """The word of each row; of a withheld one the word that holds for one answer and for the most there may be."""
    least, most = (
        representation(count, found["total"], found["people_share"]) for count in (found["at_most"].clip(upper=1.0), found["at_most"])
    )
    one, other = (_word(count, table["low"], table["high"]) for count, table in ((found["at_most"], least), (found["at_most"], most)))
    open_ = _word(found["answered"], found["low"], found["high"])
    return pd.Series(np.where(found["hidden"], np.where(one == other, one, "cannot tell"), open_), index=found.index)


def _word(answered: pd.Series, low: pd.Series, high: pd.Series) -> NDArray[np.object_]:
    return np.select(
        [answered == 0, high < HEARD_TOO_LITTLE, low > HEARD_MORE, (low <= 1) & (high < 1)],
        ["nobody", "not heard enough", "heard more than others", "cannot tell"],
        default="heard",
    ).astype(object)


def _r(found: pd.DataFrame) -> pd.Series:
    """The R-indicator of each row's variable, what is withheld of that taken for one group; NaN where what is told does not say how many answered there."""
    return found["variable"].map({name: _of_variable(rows) for name, rows in found.groupby("variable")})


def _of_variable(found: pd.DataFrame) -> float:
    found = found[~found["apart"].astype(bool)]
    hidden = found["hidden"].to_numpy(dtype=bool)
    answered, people = found["answered"].to_numpy(dtype=float)[~hidden], found["people"].to_numpy(dtype=float)[~hidden]
    if hidden.any():
        answered, people = np.append(answered, found["together"][hidden].iloc[0]), np.append(people, found["people"][hidden].sum())
    return r_indicator(answered, np.maximum(people - answered, 0)).r if np.isfinite(answered).all() else np.nan
