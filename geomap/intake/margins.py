"""Totals: rows of a larger area among areas, and totals from which a suppressed number can be worked out again."""

import re

import numpy as np
import pandas as pd

from geomap.intake.distinct import each, stripped
from geomap.intake.findings import Findings
from geomap.intake.numbers import Numbers
from geomap.intake.sense import plain
from geomap.intake.words import shown
from geomap.worded import worded

WORDS = re.compile(
    r"^(?:(?:grand |sub ?|overall |borough |city |district |region(?:al)? |national )?totals?|all(?: (?:wards|areas|places|boroughs|districts|neighbou?rhoods))?|sum|england(?: and wales)?|wales|scotland|northern ireland|great britain|united kingdom|uk|gb|london|(?:inner|outer|greater) london|city of toronto|toronto|ontario|canada|edmonton|city(?: ?wide)?|average|mean|median|region|borough average|gesamt|insgesamt|summe|summa|totalt?|totale|ensemble)(?: total)?$",
    re.IGNORECASE,
)
LARGER = re.compile(r"^(?:E12|E13|E92|W92|S92|N92|K0[1-9])[0-9]{6}$")
TOTAL = re.compile(r"^(?:total|all|sum|all (?:people|residents|groups|crimes|incidents))$")


def total_rows(cells: pd.DataFrame, key: str, matched: pd.Series | None) -> pd.Series:
    """Which rows are of a larger area: named so, or coded so, and no place of the boundaries."""
    named = pd.Series(data=False, index=cells.index)
    if not key:
        return named
    written = stripped(cells[key])
    coded = each(written, lambda text: text.str.match(LARGER))
    coded &= ~coded.all()
    open_ = matched.isna() if matched is not None else (written == "") | each(written, lambda text: text.str.match(WORDS))
    named[open_] = cells[open_].apply(lambda column: each(column, lambda text: text.str.strip().str.match(WORDS))).any(axis=1)
    return named | coded if matched is None else (named | coded) & open_


def tell_totals(rows: pd.DataFrame, columns: dict[str, Numbers], found: Findings) -> None:
    """On record: total rows were left out. A table with totals both ways is a table as it should be, and no repair."""
    if rows.empty:
        return
    names = tuple(
        f"row {number} {shown(next((cell for cell in row if WORDS.match(cell.strip()) or LARGER.match(cell.strip())), ''))}"
        for number, *row in rows.itertuples()
    )
    sentence = worded("{count} total row(s) of a larger area were set aside; they are no places.", count=len(rows))
    if len(rows) == 1 and total_column(columns):
        found.note("total", sentence, 1, names)
        found.note(
            "protect",
            worded(
                "The table has totals by row and by column, from which a withheld number could be worked out; protect them together when any is withheld."
            ),
            1,
        )
    else:
        found.repair("total", sentence, len(rows), names)


def total_column(columns: dict[str, Numbers]) -> str:
    """The column that is the sum of at least two others in all rows where all are known; blank where there is none."""
    for name, column in columns.items():
        if TOTAL.match(plain(name)):
            parts = _parts(columns, name)
            table = np.array([columns[part].observed for part in parts])
            if len(parts) < 2:
                continue
            known = ~np.isnan(table).any(axis=0) & ~np.isnan(column.observed)
            if known.any() and np.allclose(table[:, known].sum(axis=0), column.observed[known]):
                return name
    return ""


def tell_recoverable(columns: dict[str, Numbers], rows: np.ndarray, found: Findings) -> None:
    """A doubt where one withheld number of a row can be worked out from its total and the others."""
    if not (total := total_column(columns)):
        return
    parts = _parts(columns, total)
    hidden = np.array([columns[part].suppressed for part in parts])
    values = np.array([columns[part].observed for part in parts])
    known = (~np.isnan(values) | hidden).all(axis=0)
    alone = np.flatnonzero((hidden.sum(axis=0) == 1) & known & ~np.isnan(columns[total].observed))
    if len(alone):
        found.repair(
            "recover",
            worded(
                "{count} suppressed number(s) can be recovered from {total} and the other columns, so that nothing is withheld. Ask the provider to withhold a second one in each such row, or take the total out.",
                count=len(alone),
                total=shown(total),
            ),
            len(alone),
            tuple(f"row {rows[at]}" for at in alone[:3]),
        )


def _parts(columns: dict[str, Numbers], total: str) -> list[str]:
    return [name for name, column in columns.items() if name != total and column.whole and not column.percent]
