"""Which groups of residents answered too seldom to be called heard."""

from collections.abc import Mapping

import pandas as pd

from geomap.layers.layer import Layer
from geomap.statistics.representation import representation
from geomap.worded import worded

HEARD_TOO_LITTLE = 0.8


def under_heard(layer: Layer, groups: Mapping[str, pd.Series], margins: pd.DataFrame) -> tuple[str, ...]:
    """Of *groups*, the group of each respondent by variable: a sentence for each group whose representation ratio lies wholly under *HEARD_TOO_LITTLE*."""
    sentences = []
    for name, group_of in groups.items():
        people = margins[margins["variable"] == name].set_index("category")["people"].astype(float)
        found = representation(group_of.value_counts(), people)
        short = found[found["high"] < HEARD_TOO_LITTLE]
        sentences += [
            worded(
                "Not heard enough: {group} is {answers} of answers but {residents} of residents (ratio {ratio}, {low}–{high}). Weighting raises their answers; it cannot add the views of those who did not answer.",
                group=f"{layer.called(name)} {group}",
                answers=f"{row.sample_share:.0%}",
                residents=f"{row.people_share:.0%}",
                ratio=f"{row.ratio:.2f}",
                low=f"{row.low:.2f}",
                high=f"{row.high:.2f}",
            )
            for group, row in short.iterrows()
        ]
    return tuple(sentences)
