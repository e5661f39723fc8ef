"""A table for a workspace: taken in at the one door, its places guessed, and what its card can say of how it is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.datapackage.tables import text_cells
from geomap.errors import LayerError
from geomap.intake.join import named_column
from geomap.intake.keys import find_key
from geomap.intake.tables import TakenTable, take_table
from geomap.intake.words import listed, shown
from geomap.workspace import guess

LIKELY = 0.5


@dataclass(frozen=True)
class Prepared:
    """table: as it was taken in; boundaries: the set whose codes it holds, or blank; content: the bytes to keep, nothing where the file's own will do."""

    table: TakenTable
    boundaries: str
    content: bytes | None
    hint: str = ""

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


def prepare(path: Path, known: Mapping[str, pd.Index], names: Mapping[str, pd.Series], *, by_name: bool = False) -> Prepared:
    """The table of *path*, joined to the set of *known* codes that fits it best, or by *names* where a person says so."""
    first = take_table(path, repeats=True)
    boundaries = _fitting(first.cells, known)
    if not boundaries and by_name:
        boundaries = _best_named(first, names)
    if boundaries:
        first = _joined(path, known, names, boundaries, by_name=by_name)
    hint = "" if boundaries or first.points else _hint(first, names)
    return Prepared(first, boundaries, None if _reads_the_same(path, first) else _written(first), hint)


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
    near = "".join(f" {shown(name)} would be {shown(other)}." for name, other in list(proposal.near.items())[:10])
    lost = f" Unknown: {listed(proposal.unknown)}." if proposal.unknown else ""
    total = len(proposal.pairs) + len(proposal.unknown)
    return f"No column holds codes of places, but {shown(column)} holds names: {len(proposal.pairs)} of {total} match '{best}'.{near}{lost} If that is right, add the file with --by-name."


def _joined(path: Path, known: Mapping[str, pd.Index], names: Mapping[str, pd.Series], one: str, *, by_name: bool) -> TakenTable:
    others = {name: codes for name, codes in known.items() if name != one}
    return take_table(path, codes=known[one], names=names.get(one), others=others, by_name=by_name, least_match=LIKELY, repeats=True)


def _fitting(cells: pd.DataFrame, known: Mapping[str, pd.Index]) -> str:
    """The set of which most rows hold a code, as written or nearly; blank where not even half do."""
    exact = guess.place_column(cells, known)[0]
    if exact:
        return exact
    shares = {name: key.share for name, codes in known.items() if (key := find_key(cells, codes)) is not None}
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
