"""Who answered a survey against who lives here, by group and by place; those nobody heard come first."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from geomap.assessment.grid_cells import REST, key_of, lines_of
from geomap.disclosure.bases import hidden_bases
from geomap.indicators.bring import bring_column
from geomap.indicators.heard import HEARD_TOO_LITTLE
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
    answered is withheld under *base* and where the others would tell it, except that nobody (0) is said; its ratio then has an interval only. Rows are sorted by *ORDER*.
    """
    layer = sources.layer(rule.layer)
    rows = layer.take(of_period(layer, sources.period))
    pairs = list(_pairs(sources, rule, rows))
    if not pairs:
        return pd.DataFrame(columns=list(COLUMNS))
    found = pd.concat([_row(*pair) for pair in pairs], ignore_index=True)
    found = _let_out(found, _rests(pairs), sources, base).assign(layer=layer.name, period=sources.period)
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
    """The rows without how many answered where they are too few to show, or could be told from the others and from how many answered at all, which is told."""
    told = pd.concat([found, rests], ignore_index=True)
    key = key_of(told["variable"], told["code"], told["kind"] == "group")
    hidden = hidden_bases(told["answered"].to_numpy(), lines_of(key, sources), base)[: len(found)]
    most = base / found["total"] / found["people_share"]
    withheld = {
        "answered": found["answered"].mask(hidden),
        "ratio": found["ratio"].mask(hidden),
        "low": found["low"].mask(hidden, 0.0),
        "high": found["high"].mask(hidden, np.maximum(most, found["high"])),
    }
    return found.assign(**withheld)


def _row(kind: str, name: str, answers: pd.Series, people: pd.Series) -> pd.DataFrame:
    table = representation(answers, people)
    answered = answers.reindex(people.index, fill_value=0).astype(float)
    heard = np.select(
        [answered == 0, table["high"] < HEARD_TOO_LITTLE, table["low"] > HEARD_MORE, (table["low"] <= 1) & (table["high"] < 1)],
        ["nobody", "not heard enough", "heard more than others", "cannot tell"],
        default="heard",
    )
    return pd.DataFrame(
        {
            "kind": kind, "variable": name, "code": people.index.astype(str), "answered": answered.to_numpy(), "people": people.to_numpy(),
            "people_share": table["people_share"].to_numpy(), "total": answered.sum(), "ratio": table["ratio"].to_numpy(),
            "low": table["low"].to_numpy(), "high": table["high"].to_numpy(),
            "r": r_indicator(answered, np.maximum(people - answered, 0)).r, "heard": heard,
        }
    )  # fmt: skip
