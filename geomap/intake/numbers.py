"""Columns of numbers read in the style they are written in; what is withheld, absent, zero or no number at all stays apart."""

import re
from dataclasses import dataclass, field

import numpy as np

from geomap.intake.commas import Elsewhere, style_of
from geomap.intake.described import Described
from geomap.intake.dress import refuse_strangers, tell_dress
from geomap.intake.findings import Findings
from geomap.intake.marks import NO_NUMBER, SENTINELS
from geomap.intake.words import listed, shown
from geomap.worded import worded

TEXT_HEAD = re.compile(
    r"code|cd$|_id$|^id$|address|street|name|label|flag|symbol|reference|\bref\b|uprn|phone|postal|source|table|version|dguid|geo_?id",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Numbers:
    """One column: text fit for any reader, whether all are whole, which cells are withheld and between which numbers they lie."""

    text: np.ndarray
    observed: np.ndarray
    whole: bool
    suppressed: np.ndarray
    low: np.ndarray
    high: np.ndarray
    percent: bool = False
    currency: str = ""
    marks: tuple[str, ...] = ()
    gone: tuple[str, ...] = field(default=())


def is_number(seen: Described, name: str, column: np.ndarray) -> bool:
    """Whether the column is one of numbers: at least half of what is no mark are, and none begins with a needless 0."""
    filled = column[~seen.is_["blank"][column]]
    open_ = filled[~(seen.is_["suppressed"] | seen.is_["missing"])[filled]]
    odd = seen.is_["error"] | seen.is_["infinite"]
    if not len(open_):
        return (
            bool(len(filled))
            and any(seen.is_["suppressed"][at] and not re.search("[A-Za-z]", str(seen.cell[at])) for at in np.unique(filled))
            and not TEXT_HEAD.search(name)
        )
    numbers = (seen.is_["number"] & ~seen.is_["leading_zero"])[open_]
    if seen.is_["leading_zero"][open_].any():
        return False
    real = open_[~odd[open_]]
    share = numbers.sum() / len(real) if len(real) else 1.0
    return share >= 0.5 and not (share < 1 and TEXT_HEAD.search(name))


def read_numbers(seen: Described, name: str, column: np.ndarray, elsewhere: Elsewhere, found: Findings) -> Numbers | None:
    """The column as numbers; nothing, with faults, where a cell is none or the style cannot be told."""
    faults = len(found.faults)
    refuse_strangers(seen, name, column, elsewhere.rows, found)
    style = style_of(seen, name, column, elsewhere, found)
    tell_dress(seen, name, column, found)
    if len(found.faults) > faults or not style:
        return None
    hidden = seen.is_["suppressed"][column]
    text = np.where((seen.is_["number"])[column], seen.text[style][column], "")
    values = np.where(hidden, np.nan, seen.value[style][column])
    text, values = _sentinels(name, text, values, found)
    _absent(seen, name, column, found)
    marks = tuple(sorted(set(seen.cell[column[hidden]])))
    text = np.where(hidden, seen.cell[column], text)
    whole = bool(np.all(values[~np.isnan(values)] == np.round(values[~np.isnan(values)]))) and not _shown_fraction(seen, column)
    worn = seen.currency[column[seen.is_["number"][column]]]
    low, high = np.where(hidden, seen.low[column], np.nan), np.where(hidden, seen.high[column], np.nan)
    return Numbers(text, values, whole, hidden, low, high, seen.any("percent", column), next(iter(sorted(set(worn) - {""})), ""), marks)


def _shown_fraction(seen: Described, column: np.ndarray) -> bool:
    return seen.any("dot", column) and any(
        "." in str(cell) and not str(cell).rstrip("0").endswith(".") for cell in set(seen.text["as_dot"][column[seen.is_["dot"][column]]])
    )


def _sentinels(name: str, text: np.ndarray, values: np.ndarray, found: Findings) -> tuple[np.ndarray, np.ndarray]:
    marks = np.isin(values, SENTINELS) | (np.abs(values) > NO_NUMBER)
    others = values[~marks & ~np.isnan(values)]
    if not marks.any() or (
        len(others) and (others < -20).any() and (others > values[marks].min()).all() and others.min() < values[marks].max() * 0.5
    ):
        return text, values
    used = sorted({f"{value:g}" for value in values[marks]})
    found.repair(
        "missing",
        worded(
            "Column {name} has {count} cell(s) with {used}, which stands for missing; read as missing, not as a number.",
            name=shown(name),
            count=int(marks.sum()),
            used=listed(used),
        ),
        int(marks.sum()),
        tuple(used),
    )
    return np.where(marks, "", text), np.where(marks, np.nan, values)


def _absent(seen: Described, name: str, column: np.ndarray, found: Findings) -> None:
    gone = column[seen.is_["missing"][column]]
    if len(gone):
        used = sorted(set(seen.cell[gone]))
        found.repair(
            "missing",
            worded(
                "Column {name} has {count} cell(s) with {used}; read as missing, neither as zero nor as suppressed.",
                name=shown(name),
                count=len(gone),
                used=listed(used),
            ),
            len(gone),
            tuple(map(shown, used)),
        )
