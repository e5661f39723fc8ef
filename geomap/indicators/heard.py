"""Which groups of residents answered too seldom to be called heard."""

import pandas as pd

from geomap.statistics.representation import representation

HEARD_TOO_LITTLE = 0.8


def under_heard(rows: pd.DataFrame, margins: pd.DataFrame, variables: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence for each group whose representation ratio lies wholly under *HEARD_TOO_LITTLE*."""
    sentences = []
    for name in variables:
        people = margins[margins["variable"] == name].set_index("category")["people"].astype(float)
        found = representation(rows[name].value_counts(), people)
        short = found[found["high"] < HEARD_TOO_LITTLE]
        sentences += [
            f"Not heard enough: {name.replace('_', ' ')} {group} is {row.sample_share:.0%} of answers but {row.people_share:.0%} of residents "
            f"(ratio {row.ratio:.2f}, {row.low:.2f}–{row.high:.2f}). Weighting raises their answers; it cannot add the views of those who did not answer."
            for group, row in short.iterrows()
        ]
    return tuple(sentences)
