"""Which groups of residents answered too seldom to be called heard."""

from collections.abc import Mapping

import pandas as pd

from geomap.statistics.representation import representation

HEARD_TOO_LITTLE = 0.8


def under_heard(groups: Mapping[str, pd.Series], margins: pd.DataFrame) -> tuple[str, ...]:
    """Of *groups*, the group of each respondent by variable: a sentence for each group whose representation ratio lies wholly under *HEARD_TOO_LITTLE*."""
    sentences = []
    for name, group_of in groups.items():
        people = margins[margins["variable"] == name].set_index("category")["people"].astype(float)
        found = representation(group_of.value_counts(), people)
        short = found[found["high"] < HEARD_TOO_LITTLE]
        sentences += [
            f"Not heard enough: {name.replace('_', ' ')} {group} is {row.sample_share:.0%} of answers but {row.people_share:.0%} of residents "
            f"(ratio {row.ratio:.2f}, {row.low:.2f}–{row.high:.2f}). Weighting raises their answers; it cannot add the views of those who did not answer."
            for group, row in short.iterrows()
        ]
    return tuple(sentences)
