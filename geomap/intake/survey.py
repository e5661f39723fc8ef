"""Answers of people: scales, codes for "don't know", weights, and how few stand behind a place."""

import re

import numpy as np
import pandas as pd

from geomap.intake.findings import Findings
from geomap.intake.numbers import Numbers
from geomap.intake.sense import plain
from geomap.intake.words import listed, shown
from geomap.worded import worded

WEIGHT = re.compile(r"\b(?:weights?|wts?|wgts?|wgt\d*|pweight|finalwt|gewicht|poids)\b|weight$|_wt$")
NO_ANSWER = re.compile(
    r"\b(?:respondent|id|code|year|age|income|postcode|n|number|count|household|weights?|wts?|date|wave|serial|interview\w*|day|month|minutes|hours|size)\b"
)
LONGEST_SCALE, ABSURD, THIN = 11, 100.0, 10
CODES = frozenset({-1, -2, -3, -7, -8, -9, -99, -98, -97, -999, 7, 8, 9, 66, 77, 88, 96, 97, 98, 99, 777, 888, 997, 998, 999, 9999})


def check_survey(
    columns: dict[str, Numbers], codes: pd.Series | None, rows: np.ndarray, found: Findings, *, dont_know: tuple[int, ...]
) -> None:
    """Faults for weights that cannot be and answers outside their scale; doubts for the rest."""
    for name, column in columns.items():
        if WEIGHT.search(plain(name)):
            _weights(name, column.observed, rows, found)
        elif is_answer(name):
            _answers(name, column.observed, rows, found, dont_know)
    if codes is not None and len(counts := codes.value_counts()) and (thin := int((counts < THIN).sum())):
        found.repair(
            "small base",
            worded(
                "{thin} place(s) have fewer than {least} respondents, the fewest {fewest}; their results will be withheld or shown as unreliable.",
                thin=str(thin),
                least=THIN,
                fewest=str(counts.min()),
            ),
            thin,
            tuple(map(str, counts[counts < THIN].index[:3])),
        )


def _weights(name: str, values: np.ndarray, rows: np.ndarray, found: Findings) -> None:
    if len(below := np.flatnonzero(values < 0)):
        found.fault(
            worded(
                "column {name}: a survey weight is never negative, but row {row} has {value}; so in {count} row(s). Correct the weight.",
                name=shown(name),
                row=str(rows[below[0]]),
                value=f"{values[below[0]]:g}",
                count=len(below),
            )
        )
    if len(gone := np.flatnonzero(np.isnan(values))):
        found.fault(
            worded(
                "column {name}: {count} respondent(s) have no weight, the first in row {row}. Give every respondent a weight, or take them out.",
                name=shown(name),
                count=len(gone),
                row=str(rows[gone[0]]),
            )
        )
    real = values[values > 0]
    if zero := int((values == 0).sum()):
        found.repair(
            "weight",
            worded(
                "Column {name}: {zero} respondent(s) have weight 0, so that their answers do not count.", name=shown(name), zero=str(zero)
            ),
            zero,
        )
    if not len(real) and len(values):
        found.fault(worded("column {name}: no survey weight is over 0. Correct the weights.", name=shown(name)))
    elif len(real) and real.max() > ABSURD * np.median(real):
        found.fault(
            worded(
                "column {name}: the survey weight {value} is over {times} times the usual {usual}, so that one person decides. Trim or correct the weights.",
                name=shown(name),
                value=f"{real.max():g}",
                times=f"{ABSURD:g}",
                usual=f"{np.median(real):g}",
            )
        )


def scale_of(values: np.ndarray) -> tuple[int, int, tuple[int, ...]] | None:
    """The ends of the scale that *values* are answers on, and what lies apart from it: a code, or a slip; nothing where they are no such answers.

    A scale is a run of whole numbers from 0 or 1 up.
    """
    present, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    if len(present) < 3 or len(present) > LONGEST_SCALE + 4 or (present != np.round(present)).any():
        return None
    start = next((value for value in (1.0, 0.0) if value in present), None)
    if start is None:
        return None
    end = start
    while end + 1 in present:
        end += 1
    if end - start < 1 or end > LONGEST_SCALE:
        return None
    first = 0.0 if start == 1.0 and 0.0 in present and counts[present == 0.0][0] > 0.02 * counts.sum() else start
    return int(first), int(end), tuple(int(value) for value in present if value < first or value > end)


def without_answers(cells: pd.DataFrame, words: tuple[str, ...], found: Findings) -> pd.DataFrame:
    """The cells, empty where a column of numbers holds one of *words*, which a person said to be no answer."""
    if not words:
        return cells
    said = cells.apply(lambda column: column.str.strip().isin(words))
    others = cells.mask(said | (cells == ""))
    said &= others.apply(lambda column: pd.to_numeric(column, errors="coerce").notna().sum() > 0.5 * column.notna().sum())
    if count := int(said.to_numpy().sum()):
        found.repair(
            "no answer",
            worded(
                "{count} cell(s) hold {examples}, which stands for no answer; they were left empty.", count=count, examples=listed(words)
            ),
            count,
        )
    return cells.mask(said, "")


def is_answer(name: str) -> bool:
    """Whether a head may be that of a question, and not of a weight, a date, a person's age or an identifier."""
    return not WEIGHT.search(plain(name)) and not NO_ANSWER.search(plain(name))


def _answers(name: str, values: np.ndarray, rows: np.ndarray, found: Findings, dont_know: tuple[int, ...]) -> None:
    """A fault where answers lie apart from their scale."""
    scale = scale_of(np.where(np.isin(values, dont_know), np.nan, values))
    if scale is None:
        return
    first, end, apart = scale
    if not apart or not (set(apart) & CODES or len(apart) <= 2):
        return
    hits = np.flatnonzero(np.isin(values, apart))
    found.fault(
        worded(
            'column {name}: {values} lies outside the scale {first} to {end} of the other answers ({count} row(s), the first row {row}). If it stands for "don\'t know" or a refusal, say so (dont_know) so that it is not counted as an answer; else correct it.',
            name=shown(name),
            values=listed(apart),
            first=str(first),
            end=str(end),
            count=len(hits),
            row=str(rows[hits[0]]),
        )
    )
