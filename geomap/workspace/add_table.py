"""A table for a workspace: taken in at the one door, its places guessed, and what its card can say of how it is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.datapackage.tables import text_cells
from geomap.errors import IntakeError, LayerError
from geomap.intake.join import named_column
from geomap.intake.keys import find_key
from geomap.intake.tables import TakenTable, take_table
from geomap.intake.words import shown
from geomap.worded import worded
from geomap.workspace import guess
from geomap.workspace.answers import Answers
from geomap.workspace.codebook import no_answers

LIKELY, FEWEST = 0.5, 5
NOTHING_SAID = Answers()
UNSAID = tuple(range(-9_999, 10_000))  # at first sight any whole number may stand for no answer


@dataclass(frozen=True)
class Prepared:
    """table: as it was taken in; boundaries: the set whose codes it holds, or blank; content: the bytes to keep, nothing where the file's own will do.

    names: those in the column of codes that are not quite the boundaries' own, with the code each may mean, or blank.
    """

    table: TakenTable
    boundaries: str
    content: bytes | None
    hint: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def resource(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The card's entry for the file: encoding, separator, types, and the marks of what is withheld."""
        kept = self.content is None
        resource = {**data, "encoding": self.table.encoding if kept else "utf-8"}
        if kept and self.table.separator != ",":
            resource["dialect"] = {"delimiter": self.table.separator}
        resource["schema"] = {"fields": guess.fields(self.table.types), "fieldsMatch": "subset", "missingValues": [""]}
        return resource | ({"geomap:suppressed": list(self.table.marks)} if self.table.marks else {})

    def record(self) -> dict[str, Any]:
        """What was done to the file, for its card: empty where nothing was."""
        if not self.table.repairs:
            return {}
        told = [{"about": one.about, "count": one.count, "sentence": str(one)} for one in self.table.repairs]
        digest = hashlib.sha256(self.table.path.read_bytes()).hexdigest()
        return {"geomap:intake": {"file": self.table.path.name, "sha256": digest, "rewritten": self.content is not None, "repairs": told}}


def prepare(path: Path, known: Mapping[str, pd.Index], names: Mapping[str, pd.Series], answers: Answers = NOTHING_SAID) -> Prepared:
    """The table of *path*, joined to the set of *known* codes that fits it best, or by *names* where a person says so."""
    try:
        survey = answers.kind == "survey"
        first = take_table(
            path,
            repeats=True,
            no_answer=answers.words,
            survey=survey,
            dont_know=UNSAID if survey else (),
            register=answers.kind == "register",
        )
    except IntakeError:
        if (upright := _upright(path, known, names)) is None:
            raise
        boundaries, first = upright
        return Prepared(first, boundaries, _written(first))
    boundaries = _fitting(first.cells, known)
    if not boundaries and answers.by_name:
        boundaries = _best_named(first, names)
    if boundaries or answers.kind == "survey":
        first = _joined(path, (known, names), boundaries, answers, first.frame)
    hint = "" if boundaries or first.points else _other_vintage(first.cells, known) or _hint(first, names)
    first, unsure = _unsure_names(first, names.get(boundaries)) if boundaries and answers.by_name else (first, {})
    return Prepared(first, boundaries, None if _reads_the_same(path, first) else _written(first), hint, unsure)


def _upright(path: Path, known: Mapping[str, pd.Index], names: Mapping[str, pd.Series]) -> tuple[str, TakenTable] | None:
    """The set and the table, where the file has its places in columns, which only their codes or names can tell; the set with most of them."""
    found = {}
    for one, codes in known.items():
        try:
            found[one] = take_table(path, codes=codes, names=names.get(one), least_match=LIKELY)
        except IntakeError:
            continue
    best = max(found, key=lambda one: found[one].matched or 0, default="")
    return (best, found[best]) if best else None


def _unsure_names(table: TakenTable, names: pd.Series | None) -> tuple[TakenTable, dict[str, str]]:
    """The table with names as they are written where they are only nearly alike, and what each may mean: a person confirms it in the card."""
    column, proposal = named_column(table.cells, names)
    if not column or not any(one.about == "names" for one in table.repairs):
        return table, {}
    written = table.cells[column].str.strip()
    near = written.isin(proposal.near)
    cells = table.cells.assign(**{table.key: table.cells[table.key].mask(near, written)})
    pairs = {name: proposal.pairs.get(name, "") for name in sorted({*proposal.near, *proposal.unknown} & set(written))}
    return replace(table, cells=cells), pairs


def _other_vintage(cells: pd.DataFrame, known: Mapping[str, pd.Index]) -> str:
    """A sentence where a column holds codes of which too few are those of a boundary set here."""
    fits = {name: (column, int(cells[column].drop_duplicates().isin(codes).sum()), cells[column].nunique())
            for name, codes in known.items() for column in guess.may_hold(cells, name, codes) if cells[column].isin(codes).any()}  # fmt: skip
    best = max(fits, key=lambda name: fits[name][1], default="")
    if not best or fits[best][1] < FEWEST:
        return ""
    column, matched, distinct = fits[best]
    return worded(
        "Column {column} holds codes, but only {matched} of {distinct} are those of '{best}': another vintage or level, most likely. Add the boundaries that they belong to first.",
        column=shown(column),
        matched=matched,
        distinct=distinct,
        best=str(best),
    )


def _best_named(table: TakenTable, names: Mapping[str, pd.Series]) -> str:
    """The boundary set whose names a column holds most of; blank where none does."""
    fits = {one: (column, len(proposal.pairs)) for one, of in names.items() for column, proposal in [named_column(table.cells, of)]}
    best = max(fits, key=lambda one: fits[one][1], default="")
    return best if best and fits[best][0] else ""


def _hint(table: TakenTable, names: Mapping[str, pd.Series]) -> str:
    """The proposal to find places by name, where a column holds names and none holds codes."""
    best = _best_named(table, names)
    if not best:
        return ""
    column, proposal = named_column(table.cells, names[best])
    said = worded(
        "No column holds codes of places, but {column} holds names: {count} of {total} match '{best}'.",
        column=shown(column),
        count=len(proposal.pairs),
        total=proposal.whole,
        best=str(best),
    )
    return " ".join(filter(None, [said, *proposal.open_questions(), worded("If that is right, add the file with --by-name.")]))


def _joined(
    path: Path, places: tuple[Mapping[str, pd.Index], Mapping[str, pd.Series]], one: str, answers: Answers, frame: pd.DataFrame
) -> TakenTable:
    known, names = places
    survey = answers.kind == "survey"
    return take_table(
        path, codes=known.get(one), names=names.get(one), others={name: codes for name, codes in known.items() if name != one}, by_name=answers.by_name,
        least_match=LIKELY, repeats=True, survey=survey, no_answer=answers.words, register=answers.kind == "register",
        dont_know=(*answers.codes, *no_answers(frame)) if survey else (),
    )  # fmt: skip


def _fitting(cells: pd.DataFrame, known: Mapping[str, pd.Index]) -> str:
    """The set of which most rows hold a code, as written or nearly; blank where not even half do."""
    exact = guess.place_column(cells, known)[0]
    if exact:
        return exact
    shares = {
        name: key.share for name, codes in known.items() if (key := find_key(cells[guess.may_hold(cells, name, codes)], codes)) is not None
    }
    best = max(shares, key=shares.get, default="")
    return best if best and shares[best] >= guess.MATCH else ""


def _reads_the_same(path: Path, table: TakenTable) -> bool:
    """Whether the file itself, with its encoding and separator, gives the very cells that were taken in."""
    if table.sheet or table.encoding.startswith(("utf-16", "utf-32")):
        return False
    try:
        raw = text_cells(path, separator=table.separator, encoding=table.encoding)
    except LayerError:
        return False
    if list(raw.columns) != list(table.cells.columns) or len(raw) != len(table.cells):
        return False
    return bool((raw.apply(lambda column: column.str.strip()).to_numpy(dtype=object) == table.cells.to_numpy(dtype=object)).all())


def _written(table: TakenTable) -> bytes:
    return table.cells.to_csv(index=False, lineterminator="\n").encode()
