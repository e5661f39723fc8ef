"""Rows and their places: by code, or by name where a person says so; too few matches, doubled rows and silent places are told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from geomap.intake.columns import Columns
from geomap.intake.findings import Findings
from geomap.intake.keys import find_key, guess_key, tell_steps, written_scientifically
from geomap.intake.names import Proposal, propose
from geomap.intake.sense import plain
from geomap.intake.words import listed, shown
from geomap.worded import worded

CODE = "code"
TEN, ALL_BUT_FEW = 10, 0.99
PERIODS = re.compile(r"\b(?:year|month|week|quarter|period|wave|day)\b")
NAME_THEM = worded("Name the right boundaries, or correct the codes.")


class Places(Protocol):
    """What is known of the places."""

    codes: pd.Index | None
    names: pd.Series | None
    others: Mapping[str, pd.Index]
    by_name: bool
    least_match: float
    survey: bool
    repeats: bool


@dataclass(frozen=True)
class Joined:
    """key: the column of codes; written: its cells, as codes where they match; codes: per row the place's code or nothing, where places were given."""

    key: str = ""
    written: pd.Series | None = None
    codes: pd.Series | None = None
    points: tuple[str, str] | None = None


def find_places(cells: pd.DataFrame, asked: Places, found: Findings, *, points: tuple[str, str] | None) -> Joined:
    """How the rows of a table find their places; a fault where they cannot."""
    if mangled := [name for name in cells.columns if _names_codes(name) and written_scientifically(cells[name])]:
        found.fault(
            worded(
                "column {columns} holds long codes in scientific notation, such as {examples}, so that their digits are lost. Export it again with the column as text.",
                columns=listed(mangled),
                examples=listed(cells[mangled[0]].unique()[:1]),
            )
        )
        return Joined(points=points)
    if asked.codes is None:
        key = guess_key(cells)
        return Joined(key, cells[key].str.strip() if key else None, None, points)
    key = find_key(cells, asked.codes)
    if key is not None:
        tell_steps(key, cells[key.name], found)
        return Joined(key.name, key.codes.where(key.codes.notna(), cells[key.name].str.strip()), key.codes, points)
    return _without_code(cells, asked, found, points)


def _without_code(cells: pd.DataFrame, asked: Places, found: Findings, points: tuple[str, str] | None) -> Joined:
    column, proposal = named_column(cells, asked.names)
    if column and asked.by_name:
        return _by_name(cells, column, proposal, found, points)
    if points:
        return Joined(points=points)
    if guessed := guess_key(cells):
        some = cells[guessed].str.strip().unique()[:TEN]
        none = worded(
            "No code in column {column} matches a place of these boundaries, such as {examples}.",
            column=shown(guessed),
            examples=listed(some),
        )
        hint = worded("Column {column} holds names that match.", column=shown(column)) if column else ""
        found.fault(_sentences(none, _better(cells, asked), hint, NAME_THEM))
    elif column:
        told = worded(
            "There is no column of codes. Column {column} holds names, of which {count} of {whole} match a place.",
            column=shown(column),
            count=len(proposal.pairs),
            whole=proposal.whole,
        )
        asks = worded("Add a code column, or confirm that the names are meant (geomap add --by-name).")
        found.fault(_sentences(told, *proposal.open_questions(), asks))
    else:
        none = worded(
            "No column holds a code that matches a place of these boundaries; the columns are {columns}.", columns=listed(cells.columns)
        )
        found.fault(_sentences(none, _better(cells, asked), worded("Add a column of codes, or name the right boundaries.")))
    return Joined(points=points)


def _by_name(cells: pd.DataFrame, column: str, proposal: Proposal, found: Findings, points: tuple[str, str] | None) -> Joined:
    codes = cells[column].str.strip().map(proposal.pairs).astype("object")
    codes = codes.where(codes.notna(), None)
    near = tuple(f"{shown(name)} as {shown(other)}" for name, other in proposal.near.items())
    sentence = worded(
        "Places were found by the names in column {column}: {count} of {whole} names, {near} of them only nearly alike.",
        column=shown(column),
        count=len(proposal.pairs),
        whole=proposal.whole,
        near=len(near),
    )
    found.repair("names", sentence, len(proposal.pairs), near)
    name = CODE if CODE not in cells else "place_code"
    return Joined(name, codes.where(codes.notna(), cells[column].str.strip()), codes, points)


def _sentences(*said: str) -> str:
    """Those that there are, one after another."""
    return " ".join(filter(None, said))


def _names_codes(name: object) -> bool:
    return any(word in plain(str(name)).split() for word in ("code", "id", "gss", "geoid", "key", "place", "area", "ward", "number"))


def named_column(cells: pd.DataFrame, names: pd.Series | None) -> tuple[str, Proposal]:
    """The column that holds names of places, more than half of which match, and what they would mean."""
    best: tuple[float, str, Proposal] = (0.0, "", Proposal({}, {}, ()))
    if names is None:
        return "", best[2]
    for name in cells.columns:
        text = cells[name].str.strip()
        if text.nunique() > max(50, 5 * len(names)):
            continue
        proposal = propose(text, names)
        share = float(text[text != ""].isin(proposal.pairs).mean()) if (text != "").any() else 0.0
        if share > max(0.5, best[0]):
            best = (share, str(name), proposal)
    return best[1], best[2]


def check(joined: Joined, read: Columns, codes: pd.Series | None, asked: Places, found: Findings) -> None:
    """Faults for too few matches and for places with two rows; doubts for rows and places left over."""
    if joined.key:
        _doubled(joined, read, asked, found)
    if codes is None:
        return
    keyed = (read.cells[joined.key] != "") | codes.notna()
    if blank := int((~keyed).sum()):
        found.repair(
            "no code",
            worded("{blank} row(s) have no code and belong to no place.", blank=str(blank)),
            blank,
            tuple(f"row {row}" for row in codes.index[~keyed][:3]),
        )
    lost = read.cells.loc[keyed & codes.isna(), joined.key]
    share = 1 - len(lost) / max(int(keyed.sum()), 1)
    unmatched = listed(lost.unique(), most=TEN)
    if share < asked.least_match:
        matched = int(keyed.sum()) - len(lost)
        said = worded(
            "Only {matched} of {count} rows match a place ({share}, at least {least} must). Not matched: {unmatched}.",
            matched=matched,
            count=int(keyed.sum()),
            share=f"{share:.0%}",
            least=f"{asked.least_match:.0%}",
            unmatched=unmatched,
        )
        found.fault(_sentences(said, _better(read.cells[[joined.key]], asked), NAME_THEM))
    elif len(lost):
        found.repair("unmatched", worded("{count} row(s) match no place: {unmatched}.", count=len(lost), unmatched=unmatched), len(lost))
    known = pd.Index(asked.codes).astype(str)
    silent = known[~known.isin(codes.dropna())]
    if len(silent) and share >= asked.least_match:
        found.repair(
            "missing places",
            worded(
                "{count} of {whole} places have no row: their value is missing, not zero. They are {silent}.",
                count=len(silent),
                whole=len(known),
                silent=listed(silent, most=TEN),
            ),
            len(silent),
            tuple(map(shown, silent[:3])),
        )


def of_other_regions(joined: Joined, cells: pd.DataFrame, asked: Places) -> pd.Series:
    """Which rows are of places elsewhere: in a table of a larger region that holds all places here, and more others of the same make of code."""
    none = pd.Series(data=False, index=cells.index)
    if joined.codes is None or asked.codes is None or not joined.key:
        return none
    lost = joined.codes.isna() & (cells[joined.key] != "")
    covered = joined.codes.nunique() / len(asked.codes)
    if covered < asked.least_match or int(lost.sum()) < int((~lost).sum()):
        return none
    makes = set(_make(pd.Series(asked.codes.astype(str))))
    return lost if _make(cells.loc[lost, joined.key]).isin(makes).mean() > ALL_BUT_FEW else none


def _make(codes: pd.Series) -> pd.Series:
    return codes.str.replace("[0-9]", "9", regex=True)


def _better(cells: pd.DataFrame, asked: Places) -> str:
    fits = {}
    for name, codes in asked.others.items():
        if (key := find_key(cells, codes)) is not None:
            fits[name] = int(key.codes.notna().sum())
    best = max(fits, key=fits.get, default="")
    own = find_key(cells, asked.codes)
    if best and fits[best] > (int(own.codes.notna().sum()) if own else 0):
        return worded(
            "The boundary set {best} fits better: {matched} of {count} rows.", best=shown(best), matched=fits[best], count=len(cells)
        )
    return worded("No other boundary set given fits better; the codes may be of another year.") if asked.others else ""


def _doubled(joined: Joined, read: Columns, asked: Places, found: Findings) -> None:
    """A fault where a place has two rows in a table of one row a place, or a long table says the same thing twice."""
    key = joined.key
    column = read.cells[key]
    twice = column.duplicated(keep=False) & (column != "")
    if not twice.any() or asked.survey or joined.points:
        return
    values = [name for name in read.numbers if name != key and not PERIODS.search(plain(name))]
    dimensions = [name for name in read.cells if name not in values]
    if not values or "date" in read.types.values() or not read.cells.duplicated(subset=dimensions).any():
        return
    varied = read.cells.groupby(key)[[name for name in dimensions if name != key]].nunique().gt(1).any(axis=None)
    if asked.repeats:
        found.repair(
            "duplicate",
            worded(
                "{count} place(s) have more than one row; a table of values needs one row a place, answers or incidents may have many.",
                count=str(column[twice].nunique()),
            ),
            int(twice.sum()),
        )
    elif twice.mean() < 0.5 or not varied:
        some = column[twice].unique()
        rows = ", ".join(map(str, column.index[twice][:TEN]))
        found.fault(
            worded(
                "{count} place(s) have duplicate rows, such as {examples} (row {rows}). Keep one row a place, or name what tells the rows apart.",
                count=len(some),
                examples=listed(some),
                rows=str(rows),
            )
        )
    elif 0 < (same := read.cells.duplicated(keep=False)).mean() < 0.2:
        found.fault(
            worded(
                "{count} rows are exact duplicates of one another, such as row {rows}. Keep each once.",
                count=int(same.sum()),
                rows=", ".join(map(str, read.cells.index[same][:3])),
            )
        )
