"""What cells of a column of numbers wear or are instead: signs that are taken off with a record, and strangers that are refused."""

import numpy as np

from geomap.intake.described import Described
from geomap.intake.findings import Findings
from geomap.intake.words import listed, shown

DRESS = {
    "minus": ("minus", "minus signs of another kind than the keyboard's"),
    "digits": ("digit", "digits of another script"),
    "parentheses": ("parentheses", "negative numbers in parentheses"),
    "trailing": ("minus", "negative numbers with the minus sign behind"),
}


def refuse_strangers(seen: Described, name: str, column: np.ndarray, rows: np.ndarray, found: Findings) -> None:
    """A fault for each cell that is no number and no known mark."""
    good = seen.is_["number"] | seen.is_["suppressed"] | seen.is_["missing"] | seen.is_["blank"]
    for about, which, why in (
        ("error", seen.is_["error"], "an error that a spreadsheet wrote; mend its formula"),
        (
            "infinite",
            seen.is_["infinite"] | (seen.is_["overflow"] & seen.is_["number"]),
            "infinite (inf), no number that was observed; correct it or leave the cell empty",
        ),
        (
            "odd",
            ~good & ~seen.is_["error"] & ~seen.is_["infinite"],
            "no number and no known mark for a missing or a suppressed one; correct it, leave it empty for missing, or write * for suppressed",
        ),
    ):
        hit = np.flatnonzero(which[column])
        if len(hit):
            places = ", ".join(f"row {rows[at]} {shown(seen.cell[column[at]])}" for at in hit[:5])
            more = f" and {len(hit) - 5} more" if len(hit) > 5 else ""
            found.fault(f"column {shown(name)}: {places}{more} is {why}.")
            if about == "odd" and np.unique(column[hit]).size == 1 and len(hit) > 1:
                break


def tell_dress(seen: Described, name: str, column: np.ndarray, found: Findings) -> None:
    """A repair for each kind of dress that numbers wear; a fault where a column has two currencies, or percent beside none."""
    numbers = column[seen.is_["number"][column]]
    for dress, (about, what) in DRESS.items():
        if (worn := seen.is_[dress][numbers]).any():
            found.repair(
                about,
                f"Column {shown(name)} has {what}; read as such.",
                int(worn.sum()),
                tuple(map(shown, np.unique(seen.cell[numbers[worn]])[:3])),
            )
    for dress, what in (("spaces", "a space"), ("apostrophes", "an apostrophe")):
        if (worn := seen.is_[dress][numbers]).any():
            found.repair(
                "thousands separator",
                f"Column {shown(name)} has {what} between thousands; taken out.",
                int(worn.sum()),
                tuple(map(shown, np.unique(seen.cell[numbers[worn]])[:3])),
            )
    signs = sorted(set(seen.currency[numbers]) - {""})
    if len(signs) > 1:
        found.fault(f"column {shown(name)} holds amounts in more than one unit: {listed(signs)}. Use one currency.")
    elif signs:
        worn = seen.currency[numbers] != ""
        found.repair(
            "currency",
            f"Column {shown(name)} has the currency sign {signs[0]}; taken off, the unit is {signs[0]}.",
            int(worn.sum()),
            tuple(map(shown, seen.cell[numbers[worn]][:3])),
        )
    percent = seen.is_["percent"][numbers]
    if percent.any() and not percent.all() and (seen.value["as_dot"][numbers[~percent]] != 0).any():
        found.fault(
            f"column {shown(name)} has a percent sign (%) in {int(percent.sum())} cells and none in {int((~percent).sum())}: two scales in one column. Write all as percent."
        )
    elif percent.any():
        found.repair("percent", f"Column {shown(name)} has percent signs (%); taken off, 12% is kept as 12.", int(percent.sum()))
