"""Which groups of residents answered too seldom to be called heard."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from geomap.disclosure.bases import hidden_bases
from geomap.indicators.respondents import grouped, margins_of
from geomap.layers.layer import Layer
from geomap.statistics.representation import representation
from geomap.worded import worded

HEARD_TOO_LITTLE = 0.8


def under_heard(layer: Layer, names: Sequence[str], period: str, base: int) -> tuple[str, ...]:
    """A sentence for each group by the variables *names* of the margins whose representation ratio lies wholly under *HEARD_TOO_LITTLE*.

    Groups of fewer answers than *base*, or that the others would tell, are named without their number, and only where any number that what is told leaves to them is too little.
    """
    margins = margins_of(layer, period) if names else pd.DataFrame()
    told = [
        _of_variable(layer, name, margins[margins["variable"] == name].set_index("category")["people"].astype(float), base)
        for name in names
    ]
    return tuple(sentence for some in told for sentence in some)


def _of_variable(layer: Layer, name: str, people: pd.Series, base: int) -> Iterator[str]:
    told = grouped(layer, name)
    answers = told.value_counts().reindex(people.index, fill_value=0).astype(float)
    parts = np.append(answers, len(told) - answers.sum())  # the last are those who told no group of residents
    together = pd.Series("", index=range(len(parts))), pd.Series(-1, index=range(len(parts)))
    hidden = hidden_bases(parts, [together], base)
    total = parts[:-1].sum() + parts[-1] * hidden[-1]
    share = people / people.sum()
    found = representation(answers.mask(hidden[:-1], parts[hidden].sum() - hidden.sum() + 1), total, share)
    for group in found.index[found["high"] < HEARD_TOO_LITTLE]:
        known = {"group": f"{layer.called(name)} {group}", "residents": f"{share[group]:.0%}"}
        if hidden[people.index.get_loc(group)]:
            yield worded(
                "Not heard enough: {group} is {residents} of residents; how many of them answered is withheld, since they are too few or would tell of others. Weighting raises their answers; it cannot add the views of those who did not answer.",
                **known,
            )
            continue
        yield worded(
            "Not heard enough: {group} is {answers} of answers but {residents} of residents (ratio {ratio}, {low}–{high}). Weighting raises their answers; it cannot add the views of those who did not answer.",
            answers=f"{answers[group] / total:.0%}",
            **{name: f"{found.loc[group, name]:.2f}" for name in ("ratio", "low", "high")},
            **known,
        )
