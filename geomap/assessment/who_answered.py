"""Who answered a survey against who lives here, by group and by place; those nobody heard come first."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.assessment.grid_cells import REST, key_of, lines_of
from geomap.assessment.heard import HEARD_TOO_LITTLE
from geomap.disclosure.bases import hidden_bases
from geomap.indicators.bring import bring_column
from geomap.indicators.respondents import CROSSED, grouped, margins_of, respondents
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
    who may have answered there by what is shown, heard is what holds from one up to so many, and r takes what is withheld together. Rows are sorted by *ORDER*.
    """
    layer = sources.layer(rule.layer)
    rows = layer.take(of_period(layer, sources.period))
    pairs = list(_pairs(sources, rule, rows))
    if not pairs:
        return pd.DataFrame(columns=list(COLUMNS))
    found = pd.concat([_row(*pair) for pair in pairs], ignore_index=True)
    found = _let_out(found, _rests(pairs), sources, base)
    found = found.assign(layer=layer.name, period=sources.period, heard=_heard(found), r=_r(found))
    order = found["heard"].map({word: place for place, word in enumerate(ORDER)})
    return found.assign(order=order).sort_values(["order", "kind", "variable", "code"]).reset_index(drop=True)[list(COLUMNS)]


def _pairs(sources: Sources, rule: Listening, rows: Layer) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """Kind, variable, answers per category and residents per category."""
    if "margins" in rows.extras:
        margins = margins_of(rows, sources.period)
        for name in dict.fromkeys(margins["variable"]):
            if {part.strip() for part in name.split(CROSSED)} <= set(rows.table):
                people = margins[margins["variable"] == name].set_index("category")["people"].astype(float)
                yield "group", name, grouped(rows, name).astype(object).fillna(REST).astype(str).value_counts(), people[people > 0]
    if rule.people is not None:
        who = respondents(rows, (), sources.period)
        heard = rows.numbers(rule.counted) if rule.counted else pd.Series(1.0, index=rows.table.index)
        for level in rule.levels or sources.levels:
            people = bring_column(rule.people, sources, level).counts
            yield level, level, heard.groupby(who.places(sources, level)[1].fillna(REST)).sum(), people[people > 0]


def _rests(pairs: list[tuple[str, str, pd.Series, pd.Series]]) -> pd.DataFrame:
    """A row for the answers that are in no row of each pair, because they told no category or one without residents."""
    others = [answers[~answers.index.isin(people.index)].sum() for _, _, answers, people in pairs]
    kind, variable = ([pair[at] for pair in pairs] for at in (0, 1))
    return pd.DataFrame({"kind": kind, "variable": variable, "code": REST, "answered": np.array(others, dtype=float)})


def _let_out(found: pd.DataFrame, rests: pd.DataFrame, sources: Sources, base: int) -> pd.DataFrame:
    """The rows without how many answered where they are too few to show, or could be told from the others and from how many answered in all, which any ratio tells.

    Answers of no row are in the shares where they must not be told either. hidden: whether a row is withheld; at_most: how many may have answered there; together: how many did in all
    withheld rows of its variable, where those are two or more and no answers beside them are withheld.
    """
    told = pd.concat([found, rests], ignore_index=True)
    lines = lines_of(key_of(told["variable"], told["code"], told["kind"] == "group"), sources)
    hidden = pd.Series(hidden_bases(told["answered"].to_numpy(), lines, base), index=told.index)
    rest = told["code"] == REST
    variable = told["variable"].mask(rest & ~hidden)
    total, together = (
        told["answered"].where(some).groupby(variable).transform("sum", min_count=least)
        for some, least in ((~rest | hidden, 0), (hidden, 2))
    )
    unsure = variable.isin(variable[rest & hidden])
    shown = told["answered"].mask(hidden)
    most = _at_most(
        shown, [(variable, total), *((line, shown.reindex(whole.where(whole >= 0)).set_axis(told.index)) for line, whole in lines)]
    )
    ratios, limits = (representation(count, total, told["people_share"]) for count in (shown, most))
    out = told.assign(
        answered=shown, total=total, ratio=ratios["ratio"], low=ratios["low"].mask(hidden, 0.0), high=ratios["high"].mask(hidden, limits["high"]),
        hidden=hidden, at_most=most, together=together.mask(unsure),
    )  # fmt: skip
    return out[~rest]


def _at_most(shown: pd.Series, sums: Sequence[tuple[pd.Series, pd.Series]]) -> pd.Series:
    """How many may have answered in each withheld row (NaN in *shown*): the least that any of *sums* (the line of each row, and what all of it is) leaves, less one for each other withheld row."""
    missing = shown.isna()
    left = [whole - shown.groupby(line).transform("sum") - missing.groupby(line).transform("sum") + 1 for line, whole in sums]
    return pd.concat(left, axis=1).min(axis=1).where(missing)


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
    """The R-indicator of each variable, what is withheld of it taken for one group; NaN where what is told does not say how many answered there."""
    return found.groupby("variable", group_keys=False).apply(_of_variable, include_groups=False).reindex(found.index)


def _of_variable(found: pd.DataFrame) -> pd.Series:
    hidden = found["hidden"].to_numpy(dtype=bool)
    answered, people = found["answered"].to_numpy(dtype=float)[~hidden], found["people"].to_numpy(dtype=float)[~hidden]
    if hidden.any():
        answered, people = np.append(answered, found["together"][hidden].iloc[0]), np.append(people, found["people"][hidden].sum())
    r = r_indicator(answered, np.maximum(people - answered, 0)).r if np.isfinite(answered).all() else np.nan
    return pd.Series(r, index=found.index)


def _row(kind: str, name: str, answers: pd.Series, people: pd.Series) -> pd.DataFrame:
    answered = answers.reindex(people.index, fill_value=0).astype(float)
    return pd.DataFrame(
        {
            "kind": kind, "variable": name, "code": people.index.astype(str), "answered": answered.to_numpy(), "people": people.to_numpy(),
            "people_share": (people / people.sum()).to_numpy(),
        }
    )  # fmt: skip
