"""Who answered against who lives here."""

import numpy as np
import pandas as pd

HEARD_TOO_LITTLE = 0.8
Z = 1.959963984540054


def representation(sample: pd.Series, people: pd.Series) -> pd.DataFrame:
    """The representation ratio of each group: its share of answers over its share of residents.

    sample: answers per group; people: residents per group. Columns ratio, low, high (95 %, log-normal), sample_share, people_share.
    A group of residents that nobody answered for has ratio 0 and the exact upper limit 3.69 / n expected ("rule of three" at 95 %).
    """
    answers = sample.reindex(people.index, fill_value=0).astype(float)
    sample_share, people_share = answers / answers.sum(), people / people.sum()
    ratio = sample_share / people_share
    with np.errstate(divide="ignore"):
        spread = np.sqrt(np.maximum(1 / answers - 1 / answers.sum(), 0))
    none = answers == 0
    low = (ratio * np.exp(-Z * spread)).mask(none, 0.0)
    high = (ratio * np.exp(Z * spread)).mask(none, 3.69 / (answers.sum() * people_share))
    return pd.DataFrame({"ratio": ratio, "low": low, "high": high, "sample_share": sample_share, "people_share": people_share})


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
