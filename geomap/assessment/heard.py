"""Which groups of residents answered too seldom to be called heard."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from geomap.assessment.grid_cells import REST, at_most, key_of, nested
from geomap.disclosure.bases import hidden_bases
from geomap.disclosure.nesting import nests_of
from geomap.indicators.respondents import columns_of, grouped, margins_of
from geomap.layers.layer import Layer
from geomap.statistics.representation import representation
from geomap.worded import worded

HEARD_TOO_LITTLE = 0.8


def under_heard(layer: Layer, names: Sequence[str], period: str, base: int) -> tuple[str, ...]:
    """A sentence for each group by the variables *names* of the margins whose representation ratio lies wholly under *HEARD_TOO_LITTLE*.

    Of a layer about people it says neither how many answered nor the ratio, which would tell of others. Groups of fewer answers than *base*, or that the others, or those that they add up to, would tell,
    are named only where any number that what is told leaves to them is too little.
    """
    if not names:
        return ()
    margins = margins_of(layer, period)
    cells = _cells(layer, margins, names, base)
    people = {name: margins[margins["variable"] == name].set_index("category")["people"].astype(float) for name in names}
    return tuple(sentence for name in names for sentence in _of_variable(layer, name, people[name], cells[cells["variable"] == name]))


def _cells(layer: Layer, margins: pd.DataFrame, names: Sequence[str], base: int) -> pd.DataFrame:
    """The columns variable, group, answers, hidden, most (how many there may be by what is shown): of all margins that the rows know, since some add up to others; the last group of each is of those who told none of residents."""
    known = [name for name in margins["variable"].unique() if set(columns_of(name)) <= set(layer.table)]
    tables = []
    for name in dict.fromkeys([*names, *known]):
        told, groups = grouped(layer, name), margins.loc[margins["variable"] == name, "category"]
        answers = told.value_counts().reindex(groups, fill_value=0)
        counts = [*answers, len(told) - answers.sum()]
        tables.append(pd.DataFrame({"variable": name, "group": [*groups, REST], "answers": np.array(counts, dtype=float)}))
    cells = pd.concat(tables, ignore_index=True)
    key = key_of(cells["variable"], cells["group"].astype(str), cells["variable"] != "")
    nests = nests_of(layer.table, [column for name in cells["variable"].unique() for column in columns_of(name)])
    lines, none = list(nested(key, nests)), pd.Series(-1, index=cells.index)
    hidden = pd.Series(hidden_bases(cells["answers"].to_numpy(), [*lines, (cells["variable"], none)], base))
    everybody = cells["variable"], cells.groupby("variable")["answers"].transform("sum")
    return cells.assign(hidden=hidden, most=cells["answers"].where(~hidden, at_most(cells["answers"].mask(hidden), everybody, lines)))


def _of_variable(layer: Layer, name: str, people: pd.Series, cells: pd.DataFrame) -> Iterator[str]:
    groups, rest = cells.iloc[:-1].set_axis(people.index), cells.iloc[-1]
    total = groups["answers"].sum() + rest["answers"] * rest["hidden"]
    share = people / people.sum()
    found = representation(groups["most"], total, share)
    for group in found.index[found["high"] < HEARD_TOO_LITTLE]:
        known = {"group": f"{layer.called(name)} {group}", "residents": f"{share[group]:.0%}"}
        if layer.card.guarded:
            yield worded(
                "Not heard enough: {group} is {residents} of residents, and clearly less of answers. Weighting raises their answers; it cannot add the views of those who did not answer.",
                **known,
            )
            continue
        yield worded(
            "Not heard enough: {group} is {answers} of answers but {residents} of residents (ratio {ratio}, {low}–{high}). Weighting raises their answers; it cannot add the views of those who did not answer.",
            answers=f"{groups.loc[group, 'answers'] / total:.0%}",
            **{name: f"{found.loc[group, name]:.2f}" for name in ("ratio", "low", "high")},
            **known,
        )
