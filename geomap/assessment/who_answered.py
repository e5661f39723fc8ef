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
from geomap.statistics.representation import r_indicator, ratio_of

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
    found = _let_out(found, sources, base)
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


def _let_out(found: pd.DataFrame, sources: Sources, base: int) -> pd.DataFrame:
    """The rows without how many answered where they are too few to show, or could be told from the others and from how many answered in all, which any ratio tells.

    hidden: whether a row is withheld; at_most: how many may have answered there; together: how many did in all withheld rows of its variable, if those are two or more.
    """
    lines = lines_of(key_of(found["variable"], found["code"], found["kind"] == "group"), sources)
    hidden = pd.Series(hidden_bases(found["answered"].to_numpy(), lines, base), index=found.index)
    shown = found["answered"].mask(hidden)
    most = _at_most(shown, found, lines)
    ratios, limits = (ratio_of(count, found["total"], found["people_share"]) for count in (shown, most))
    return found.assign(
        answered=shown, ratio=ratios["ratio"], low=ratios["low"].mask(hidden, 0.0), high=ratios["high"].mask(hidden, limits["high"]),
        hidden=hidden, at_most=most, together=found["answered"].where(hidden).groupby(found["variable"]).transform("sum", min_count=2),
    )  # fmt: skip


def _at_most(shown: pd.Series, found: pd.DataFrame, lines: Sequence[tuple[pd.Series, pd.Series]]) -> pd.Series:
    """How many may have answered in each withheld row (NaN in *shown*): what the others of its variable, or of a larger place, leave, less one for each other withheld one."""
    missing = shown.isna()
    wholes = [(found["variable"], found["total"])]
    wholes += [(line, shown.reindex(total.where(total >= 0)).set_axis(found.index)) for line, total in lines]
    left = [whole - shown.groupby(line).transform("sum") - missing.groupby(line).transform("sum") + 1 for line, whole in wholes]
    return pd.concat(left, axis=1).min(axis=1).where(missing)


def _heard(found: pd.DataFrame) -> pd.Series:
    """The word of each row; of a withheld one the word that holds for one answer and for the most there may be."""
    least, most = (ratio_of(count, found["total"], found["people_share"]) for count in (found["at_most"].clip(upper=1.0), found["at_most"]))
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
            "people_share": (people / people.sum()).to_numpy(), "total": answered.sum(),
        }
    )  # fmt: skip
