"""What can be told from a file itself: separator, types, place codes, coordinates, dates. Guesses are for a person to confirm."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geomap.datapackage.tables import text_cells
from geomap.errors import LayerError
from geomap.worded import worded

ENCODINGS = ("utf-8-sig", "cp1252")
X_NAMES, Y_NAMES = ("longitude", "lon", "long", "lng", "gc_longitude", "x", "easting"), ("latitude", "lat", "gc_latitude", "y", "northing")
MATCH, LONGEST_CODE = 0.8, 60
SMALL = r"[0-9]{1,4}"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
WHOLE = r"-?[0-9]+"
NUMBER = WHOLE + r"(\.[0-9]+)?([eE][-+]?[0-9]+)?"
CODE_WORDS, NAME_WORDS = (
    re.compile(r"code|_?cd$|\d{2}cd|gss|geoid|^id$", re.IGNORECASE),
    re.compile(r"name|nm$|\d{2}nm|label|title", re.IGNORECASE),
)


def text_table(path: Path) -> tuple[pd.DataFrame, str, str]:
    """The cells of a CSV file as text, with the encoding and the separator that fit."""
    raw = path.read_bytes()
    encoding = next((name for name in ENCODINGS if _decodes(raw, name)), "")
    if not encoding:
        raise LayerError(worded("{file} is neither UTF-8 nor Western European text. Save it as UTF-8 and try again.", file=str(path)))
    try:
        separator = csv.Sniffer().sniff(raw.decode(encoding)[:20_000], ",;\t|").delimiter
    except csv.Error:
        separator = ","
    table = text_cells(path, separator=separator, encoding=encoding)
    return table, "utf-8" if encoding == "utf-8-sig" and not raw.startswith(b"\xef\xbb\xbf") else encoding, separator


def column_types(table: pd.DataFrame) -> dict[str, str]:
    """A type for each column that every one of its cells fits; what starts with a needless 0 is a code and stays text."""
    return {str(name): _type(table[name].astype(str).str.strip()) for name in table.columns}


def place_column(table: pd.DataFrame, known: Mapping[str, pd.Index]) -> tuple[str, str, float]:
    """The boundary set and the column whose cells are most often its codes, with the share that are; blank where none fits."""
    best = ("", "", 0.0)
    for name, codes in known.items():
        for column in may_hold(table, name, codes):
            cells = table[column].astype(str).str.strip()
            cells = cells[cells != ""]
            share = float(cells.isin(codes).mean()) if len(cells) else 0.0
            if share >= MATCH and share > best[2]:
                best = (name, str(column), share)
    return best


def may_hold(table: pd.DataFrame, name: str, codes: pd.Index) -> list[str]:
    """The columns that may hold the *codes* of the set *name*: where those are small numbers, which are in many a column, only heads that share a word with it."""
    columns = [str(column) for column in table.columns]
    if not pd.Series(codes).astype(str).str.fullmatch(SMALL).all():
        return columns
    return [column for column in columns if any(word in name.lower() for word in re.findall(r"[a-z]{3,}", column.lower()))]


def coordinates(table: pd.DataFrame) -> dict[str, str]:
    """The columns of x and y and, where they can only be degrees, their CRS; nothing where no column is named like one."""
    lower = {str(name).lower(): str(name) for name in table.columns}
    x, y = (next((lower[word] for word in words if word in lower), "") for words in (X_NAMES, Y_NAMES))
    if not (x and y):
        return {}
    across, up = (pd.to_numeric(table[name], errors="coerce").abs().max() for name in (x, y))
    degrees = across <= 180 and up <= 90
    return {"x": x, "y": y, "crs": "EPSG:4326" if degrees else ""}


def named(table: pd.DataFrame, words: re.Pattern[str], *, unique: bool) -> str:
    """The first column whose name fits *words*, holding no two equal cells where *unique*; blank where there is none."""
    for name in table.columns:
        cells = table[name].astype(str)
        if words.search(str(name)) and (not unique or (cells.is_unique and (cells != "").all())):
            return str(name)
    return ""


def code_column(table: pd.DataFrame) -> str:
    """The column of codes: named like one and different in each place, else the first that differs in each place and is no name; blank where there is none."""
    others = (
        str(name)
        for name in table.columns
        if not NAME_WORDS.search(str(name))
        and (cells := table[name].astype(str)).is_unique
        and (cells.str.strip() != "").all()
        and cells.str.len().max() <= LONGEST_CODE
    )
    return named(table, CODE_WORDS, unique=True) or next(others, "")


def years(table: pd.DataFrame, date_field: str) -> str:
    """The years the dates span, such as "2023 to 2025"."""
    found = sorted({cell[:4] for cell in table[date_field] if cell})
    return "" if not found else found[0] if found[0] == found[-1] else f"{found[0]} to {found[-1]}"


def fields(types: Mapping[str, str]) -> list[dict[str, Any]]:
    """The columns as fields of a Data Package schema."""
    return [{"name": name, "type": kind} for name, kind in types.items()]


def _decodes(raw: bytes, encoding: str) -> bool:
    """Whether *raw* is text in *encoding*; text holds no zero byte, which is how UTF-16 shows."""
    try:
        return "\0" not in raw.decode(encoding)
    except UnicodeDecodeError:
        return False


def _type(cells: pd.Series) -> str:
    filled = cells[cells != ""]
    if filled.empty or filled.str.fullmatch(r"-?0[0-9]+").any():
        return "string"
    if filled.str.fullmatch(DATE).all():
        return "date" if pd.to_datetime(filled, format="%Y-%m-%d", errors="coerce").notna().all() else "string"
    if not (filled.str.fullmatch(NUMBER).all() and np.isfinite(filled.astype(float)).all()):
        return "string"
    return "integer" if filled.str.fullmatch(WHOLE).all() else "number"
