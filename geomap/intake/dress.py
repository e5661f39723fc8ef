"""What cells of a column of numbers wear or are instead: signs that are taken off with a record, and strangers that are refused."""

import numpy as np

from geomap.intake.described import Described
from geomap.intake.findings import Findings
from geomap.intake.words import listed, numbered, shown
from geomap.worded import worded

DRESS = {
    "minus": ("minus", worded("minus signs of another kind than the keyboard's")),
    "digits": ("digit", worded("digits of another script")),
    "parentheses": ("parentheses", worded("negative numbers in parentheses")),
    "trailing": ("minus", worded("negative numbers with the minus sign behind")),
}


def refuse_strangers(seen: Described, name: str, column: np.ndarray, rows: np.ndarray, found: Findings) -> None:
    """A fault for each cell that is no number and no known mark."""
    good = seen.is_["number"] | seen.is_["suppressed"] | seen.is_["missing"] | seen.is_["blank"]
    for about, which, why in (
        ("error", seen.is_["error"], worded("an error that a spreadsheet wrote; mend its formula")),
        (
            "infinite",
            seen.is_["infinite"] | (seen.is_["overflow"] & seen.is_["number"]),
            worded("infinite (inf), no number that was observed; correct it or leave the cell empty"),
        ),
        (
            "odd",
            ~good & ~seen.is_["error"] & ~seen.is_["infinite"],
            worded(
                "no number and no known mark for a missing or a suppressed one; correct it, leave it empty for missing, or write * for suppressed"
            ),
        ),
    ):
        hit = np.flatnonzero(which[column])
        if len(hit):
            found.fault(
                worded(
                    "column {name}, row {rows}: {value} is {why}.",
                    name=shown(name),
                    rows=numbered(rows[hit]),
                    value=listed(seen.cell[column[hit]]),
                    why=why,
                )
            )
            if about == "odd" and np.unique(column[hit]).size == 1 and len(hit) > 1:
                break


def tell_dress(seen: Described, name: str, column: np.ndarray, found: Findings) -> None:
    """A repair for each kind of dress that numbers wear; a fault where a column has two currencies, or percent beside none."""
    numbers = column[seen.is_["number"][column]]
    for dress, (about, what) in DRESS.items():
        if (worn := seen.is_[dress][numbers]).any():
            found.repair(
                about,
                worded("Column {name} has {what}; read as such.", name=shown(name), what=what),
                int(worn.sum()),
                tuple(map(shown, np.unique(seen.cell[numbers[worn]])[:3])),
            )
    for dress, what in (("spaces", "a space"), ("apostrophes", worded("an apostrophe"))):
        if (worn := seen.is_[dress][numbers]).any():
            found.repair(
                "thousands separator",
                worded("Column {name} has {what} between thousands; taken out.", name=shown(name), what=what),
                int(worn.sum()),
                tuple(map(shown, np.unique(seen.cell[numbers[worn]])[:3])),
            )
    signs = sorted(set(seen.currency[numbers]) - {""})
    if len(signs) > 1:
        found.fault(
            worded("column {name} holds amounts in more than one unit: {signs}. Use one currency.", name=shown(name), signs=listed(signs))
        )
    elif signs:
        worn = seen.currency[numbers] != ""
        found.repair(
            "currency",
            worded("Column {name} has the currency sign {signs}; taken off, the unit is {signs}.", name=shown(name), signs=str(signs[0])),
            int(worn.sum()),
            tuple(map(shown, seen.cell[numbers[worn]][:3])),
        )
    percent = seen.is_["percent"][numbers]
    if percent.any() and not percent.all() and (seen.value["as_dot"][numbers[~percent]] != 0).any():
        found.fault(
            worded(
                "column {name} has a percent sign (%) in {count} cells and none in {whole}: two scales in one column. Write all as percent.",
                name=shown(name),
                count=int(percent.sum()),
                whole=int((~percent).sum()),
            )
        )
    elif percent.any():
        found.repair(
            "percent", worded("Column {name} has percent signs (%); taken off, 12% is kept as 12.", name=shown(name)), int(percent.sum())
        )
