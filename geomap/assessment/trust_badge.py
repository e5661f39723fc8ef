"""How far a score can be trusted in each place: a letter from A to D, the worst of four looks at what it rests on."""

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.balance import nominal_weights
from geomap.assessment.words import bias_sentence
from geomap.worded import worded, worded_each

LETTERS = np.array(["A", "B", "C", "D"])
WIDTH = (1.0, 2.0, 4.0)  # points of ten: half a class, a class, two classes
SHARE = (0.05, 0.2, 0.4)  # of the weight
UNDER_BIAS = (0.0, 0.5)  # of the weight: none A, up to half B, more C
SEVERE, GRAVE = 2, 3
BORROWED = r"value of its|modelled"


def badges(assessment: Assessment, node_id: str, biases: pd.DataFrame | None = None) -> pd.DataFrame:
    """Per place: grade, a letter; why, a sentence of what held it down; width in points of ten; missing, borrowed and biased as shares of the weight.

    missing: numbers that are missing, withheld or not collected; borrowed: taken from a larger place or a model; biased: under a known bias of severity 2 or
    more of the register *biases*. Without an interval, or under a bias of severity 3, the grade is D.
    """
    table, weights = assessment.numbers[node_id], nominal_weights(assessment, node_id)
    missing, borrowed = (_share(assessment, weights, look) for look in (_unknown, _from_elsewhere))
    severity = pd.Series({name: _severity(assessment.node(name).caveats, biases) for name in weights.index}, dtype=float)
    biased = float(weights[severity >= SEVERE].sum())
    found = pd.DataFrame(
        {"width": table["high"] - table["low"], "missing": missing, "borrowed": borrowed, "biased": biased}, index=assessment.places.index
    )
    steps = np.column_stack([
        np.where(found["width"].isna(), 3, np.searchsorted(WIDTH, found["width"])), np.searchsorted(SHARE, found["missing"].round(9)),
        np.searchsorted(SHARE, found["borrowed"].round(9)), np.full(len(found), 3 if (severity >= GRAVE).any() else np.searchsorted(UNDER_BIAS, round(biased, 9))),
    ])  # fmt: skip
    worst = steps.max(axis=1)
    return found.assign(grade=LETTERS[worst], why=_why(found, steps, worst))


def _share(assessment: Assessment, weights: pd.Series, look) -> pd.Series:  # noqa: ANN001  a node's id to whether, per place
    held = [weights[name] * look(assessment, name).astype(float) for name in weights.index]
    return sum(held, pd.Series(0.0, index=assessment.places.index))


def _unknown(assessment: Assessment, name: str) -> pd.Series:
    return ~assessment.numbers[name]["status"].isin(["value", "zero"])


def _from_elsewhere(assessment: Assessment, name: str) -> pd.Series:
    table = assessment.numbers[name]
    return table["flags"].fillna("").str.contains(BORROWED) | (assessment.node(name).modelled & table["value"].notna())


def _severity(caveats: tuple[str, ...], biases: pd.DataFrame | None) -> int:
    """The highest severity among the entries of the register that the caveats tell."""
    rows = [] if biases is None else biases.to_dict("records")
    return max((int(row["severity"]) for row in rows if str(row["severity"]).isdigit() and bias_sentence(row) in caveats), default=0)


def _percent(share: pd.Series) -> pd.Series:
    return (share * 100).round().astype(str).str.removesuffix(".0")


def _why(found: pd.DataFrame, steps: np.ndarray, worst: np.ndarray) -> pd.Series:
    said = [
        np.where(
            found["width"].isna(),
            worded("it has no interval"),
            worded_each(worded("its interval is {width} points of ten wide"), found["width"].round(1).astype(str)),
        ),
        worded_each(worded("{percent} % of its weight has no number here"), _percent(found["missing"])),
        worded_each(worded("{percent} % of its weight comes from a larger place or a model"), _percent(found["borrowed"])),
        worded_each(worded("{percent} % of its weight is under a known bias of severity 2 or more"), _percent(found["biased"])),
    ]
    holds = (steps == worst[:, None]) & (worst[:, None] > 0)
    text = pd.Series("", index=found.index)
    for column, words in enumerate(said):
        text = text.str.cat(np.where(holds[:, column], np.where(text == "", "", "; ") + np.asarray(words, dtype=object), ""))
    return text.mask(text == "", worded("its interval is narrow and what it rests on is known"))
