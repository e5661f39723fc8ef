"""Codes and names of places: each place has its own code, and nothing in it that does not show or only looks like a letter."""

import unicodedata

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.datapackage.vectors import codes as as_text
from geomap.intake.record import Repair
from geomap.intake.words import listed, numbered
from geomap.worded import worded

HIDDEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]"


def code_faults(column: pd.Series) -> tuple[pd.Series, list[str], list[Repair]]:
    """The codes as text, what is wrong with them, and what was done."""
    faults, repairs = [], []
    text = as_text(column)
    blank = (column.isna() | text.isna() | (text == "")).to_numpy()
    if blank.any():
        faults.append(
            worded(
                "{count} place(s) have no code: feature {numbers}. Fill in the codes.",
                count=int(blank.sum()),
                numbers=numbered(at + 1 for at in np.flatnonzero(blank)),
            )
        )
    given = text[~blank]
    twice = given[given.duplicated(keep=False)]
    if len(twice):
        faults.append(
            worded(
                "duplicate codes: {examples} stand on more than one place ({count} in all). Each needs its own.",
                examples=listed(sorted(set(twice))),
                count=len(twice),
            )
        )
    odd = given[~given.map(str.isascii).astype(bool)] if len(given) else given
    if len(hidden := given[given.str.contains(HIDDEN + "|[\u200c\u200d]", regex=True)]):
        faults.append(
            worded(
                "{count} code(s) hold a control character that does not show: {hidden}. Type them anew.",
                count=len(hidden),
                hidden=listed(hidden),
            )
        )
    if len(alike := odd[odd.map(_mixes_scripts).astype(bool)]):
        faults.append(
            worded(
                "{count} code(s) hold letters of another alphabet that only look like Latin ones: {examples}. Type them anew.",
                count=len(alike),
                examples=listed(alike.map(_spelt)),
            )
        )
    return text, faults, repairs + _as_text(column, blank)


def clean_names(frame: gpd.GeoDataFrame, *, but: str = "") -> list[Repair]:
    """Takes hidden signs out of every column of text except the codes, in place, and tells which."""
    found, examples = 0, []
    for name in frame.columns:
        if name in (frame.geometry.name, but) or not (
            pd.api.types.is_object_dtype(frame[name]) or pd.api.types.is_string_dtype(frame[name])
        ):
            continue
        strings = frame[name].map(lambda value: isinstance(value, str)).astype(bool)
        hidden = strings & frame[name].where(strings, "").astype(str).str.contains(HIDDEN, regex=True)
        if hidden.any():
            found += int(hidden.sum())
            examples += [f"column {name!r}: {text}" for text in listed(frame.loc[hidden, name]).split(", ")[:3]]
            frame.loc[hidden, name] = frame.loc[hidden, name].astype(str).str.replace(HIDDEN, "", regex=True)
    said = worded(
        "{found} text(s) hold a control character that does not show or turns the direction of writing; it was taken out.", found=str(found)
    )
    return [Repair("control character", said, found, tuple(examples[:3]))] if found else []


def _as_text(column: pd.Series, blank: object) -> list[Repair]:
    kinds = column[~blank].map(type)
    numbers = int(kinds.isin([int, float]).sum()) if column.dtype == object else len(kinds) * (column.dtype.kind in "iuf")
    if not numbers:
        return []
    said = worded(
        "{some} of {whole} codes are numbers; they were read as text. If leading zeros belong to them, they are lost: check them.",
        some=numbers,
        whole=len(column),
    )
    return [Repair("text", said, numbers, tuple(str(value) for value in column[~blank][:3]))]


def _mixes_scripts(code: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in code if letter.isalpha()}
    return len(scripts) > 1 or (
        bool(scripts & {"CYRILLIC", "GREEK", "FULLWIDTH", "MATHEMATICAL"}) and sum(sign.isdigit() for sign in code) > 0
    )


def _spelt(code: str) -> str:
    return "".join(sign if sign.isascii() else f"[{unicodedata.name(sign, 'a sign without a name').lower()}]" for sign in code)
