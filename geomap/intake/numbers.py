"""Columns of numbers read in the style they are written in; what is withheld, absent, zero or no number at all stays apart."""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geomap.intake.cells import COMMA_STYLES
from geomap.intake.findings import Findings
from geomap.intake.marks import NO_NUMBER, SENTINELS
from geomap.intake.words import listed, shown

TEXT_HEAD = re.compile(
    r"code|cd$|_id$|^id$|address|street|name|label|flag|symbol|reference|\bref\b|uprn|phone|postal|source|table|version|dguid|geo_?id",
    re.IGNORECASE,
)
DRESS = {
    "minus": ("minus", "minus signs of another kind than the keyboard's"),
    "digits": ("digit", "digits of another script"),
    "parentheses": ("parentheses", "negative numbers in parentheses"),
    "trailing": ("minus", "negative numbers with the minus sign behind"),
}


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


class Reader:
    """Reads columns out of the described distinct cells of one file; *comma* says what a comma means elsewhere in it."""

    def __init__(self, described: pd.DataFrame, separator: str, found: Findings) -> None:
        self.is_ = {name: described[name].to_numpy(bool) for name in described if described[name].dtype == bool}
        self.cell = described["cell"].to_numpy(object)
        self.currency = described["currency"].to_numpy(object)
        self.low, self.high = described["low"].to_numpy(float), described["high"].to_numpy(float)
        self.text = {style: described[style].to_numpy(object) for style in ("as_dot", "as_comma")}
        self.value = {style: described[f"{style}_value"].to_numpy(float) for style in ("as_dot", "as_comma")}
        self.separator, self.found = separator, found
        self.comma: str = ""

    def any(self, style: str, column: np.ndarray) -> bool:
        """Whether a cell of the column is written in a style."""
        return bool(self.is_[style][column].any())

    def is_number(self, name: str, column: np.ndarray) -> bool:
        """Whether the column is one of numbers: at least half of what is no mark are, and none begins with a needless 0."""
        filled = column[~self.is_["blank"][column]]
        open_ = filled[~(self.is_["suppressed"] | self.is_["missing"])[filled]]
        odd = self.is_["error"] | self.is_["infinite"]
        if not len(open_):
            return (
                bool(len(filled))
                and any(self.is_["suppressed"][at] and not re.search("[A-Za-z]", str(self.cell[at])) for at in np.unique(filled))
                and not TEXT_HEAD.search(name)
            )
        numbers = (self.is_["number"] & ~self.is_["leading_zero"])[open_]
        if self.is_["leading_zero"][open_].any():
            return False
        real = open_[~odd[open_]]
        share = numbers.sum() / len(real) if len(real) else 1.0
        return share >= 0.5 and not (share < 1 and TEXT_HEAD.search(name))

    def meaning_of_comma(self, columns: dict[str, np.ndarray]) -> None:
        """What the columns that leave no doubt say of the comma: "decimal", "group", or nothing where they disagree or keep silent."""
        told = {self._own(column) for column in columns.values()} - {"", "mixed"}
        self.comma = told.pop() if len(told) == 1 else ""

    def _own(self, column: np.ndarray) -> str:
        comma = self.any("dots_comma", column) or self.any("dots", column) or bool((self.is_["comma"] & ~self.is_["comma3"])[column].any())
        group = (
            self.any("commas", column)
            or self.any("commas_dot", column)
            or (self.any("comma", column) and bool((self.is_["dot"] & ~self.is_["dot3"])[column].any()))
        )
        if comma and (group or bool((self.is_["dot"] & ~self.is_["dot3"])[column].any())):
            return "mixed"
        if comma or group:
            return "decimal" if comma else "group"
        if not self.any("comma3", column):
            return "group" if bool((self.is_["dot"] & ~self.is_["dot3"])[column].any()) else ""
        numbers = np.unique(column[self.is_["comma3"][column]])
        whole = np.abs(self.value["as_dot"][column[self.is_["whole"][column]]])
        round_ = all(str(self.text["as_dot"][at]).endswith("000") for at in numbers)
        below = len(whole) > 0 and whole.max() < 1000 and whole.max() >= 10
        return "group" if round_ or below or self.currency[numbers].astype(bool).any() else ""

    def read(self, name: str, column: np.ndarray, rows: np.ndarray) -> Numbers | None:
        """The column as numbers; nothing, with faults, where a cell is none or the style cannot be told."""
        faults = len(self.found.faults)
        self._strangers(name, column, rows)
        style = self._style(name, column)
        self._dress(name, column)
        if len(self.found.faults) > faults or not style:
            return None
        hidden = self.is_["suppressed"][column]
        text = np.where((self.is_["number"])[column], self.text[style][column], "")
        values = np.where(hidden, np.nan, self.value[style][column])
        text, values = self._sentinels(name, text, values)
        self._absent(name, column)
        marks = tuple(sorted(set(self.cell[column[hidden]])))
        text = np.where(hidden, self.cell[column], text)
        whole = bool(np.all(values[~np.isnan(values)] == np.round(values[~np.isnan(values)]))) and not self._shown_fraction(column)
        worn = self.currency[column[self.is_["number"][column]]]
        low, high = np.where(hidden, self.low[column], np.nan), np.where(hidden, self.high[column], np.nan)
        return Numbers(text, values, whole, hidden, low, high, self.any("percent", column), next(iter(sorted(set(worn) - {""})), ""), marks)

    def _shown_fraction(self, column: np.ndarray) -> bool:
        return self.any("dot", column) and any(
            "." in str(cell) and not str(cell).rstrip("0").endswith(".")
            for cell in set(self.text["as_dot"][column[self.is_["dot"][column]]])
        )

    def _strangers(self, name: str, column: np.ndarray, rows: np.ndarray) -> None:
        """A fault for each cell that is no number and no known mark."""
        good = self.is_["number"] | self.is_["suppressed"] | self.is_["missing"] | self.is_["blank"]
        for about, which, why in (
            ("error", self.is_["error"], "an error that a spreadsheet wrote; mend its formula"),
            (
                "infinite",
                self.is_["infinite"] | (self.is_["overflow"] & self.is_["number"]),
                "infinite (inf), no number that was observed; correct it or leave the cell empty",
            ),
            (
                "odd",
                ~good & ~self.is_["error"] & ~self.is_["infinite"],
                "no number and no known mark for a missing or a suppressed one; correct it, leave it empty for missing, or write * for suppressed",
            ),
        ):
            hit = np.flatnonzero(which[column])
            if len(hit):
                places = ", ".join(f"row {rows[at]} {shown(self.cell[column[at]])}" for at in hit[:5])
                more = f" and {len(hit) - 5} more" if len(hit) > 5 else ""
                self.found.fault(f"column {shown(name)}: {places}{more} is {why}.")
                if about == "odd" and np.unique(column[hit]).size == 1 and len(hit) > 1:
                    break

    def _style(self, name: str, column: np.ndarray) -> str:
        own = self._own(column)
        if own == "mixed":
            mixed = [self.cell[at] for at in np.unique(column) if self.is_["comma"][at] or self.is_["dots_comma"][at]][:2] + [
                self.cell[at] for at in np.unique(column) if self.is_["dot"][at] or self.is_["commas_dot"][at] or self.is_["commas"][at]
            ][:2]
            self.found.fault(
                f"column {shown(name)} mixes decimal commas and decimal points, such as {listed(mixed)}. Write all numbers in one style."
            )
            return ""
        commas = any(self.any(style, column) for style in COMMA_STYLES)
        meaning = own or self.comma
        if (commas and not meaning) or (self.separator == ";" and not meaning and not commas and self._only("dot3", column)):
            some = [self.cell[at] for at in np.unique(column) if self.is_["comma3"][at] or self.is_["dot3"][at]]
            self.found.fault(
                f"column {shown(name)} is ambiguous: {listed(some[:3])} may be thousands or decimals, and nothing in the file tells which. Write the numbers without a sign between thousands."
            )
            return ""
        if commas:
            count = int(sum(self.is_[style][column].sum() for style in COMMA_STYLES if style != "comma3"))
            examples = tuple(
                f"{shown(self.cell[at])} is {self.text['as_comma' if meaning == 'decimal' else 'as_dot'][at]}"
                for at in np.unique(column)
                if any(self.is_[one][at] for one in COMMA_STYLES)
            )[:3]
            if meaning == "decimal":
                self.found.repair(
                    "decimal comma", f"Column {shown(name)} is written with a decimal comma; kept with a point.", count, examples
                )
                return "as_comma"
            self.found.repair("thousands separator", f"Column {shown(name)} has a comma between thousands; taken out.", count, examples)
        if not commas and meaning == "decimal" and (self.any("dots", column) or self._only("dot3", column)):
            self.found.repair(
                "thousands separator",
                f"Column {shown(name)} has a point between thousands, as other columns have decimal commas; taken out.",
                int(self.is_["dot3"][column].sum()),
            )
            return "as_comma"
        return "as_dot"

    def _only(self, style: str, column: np.ndarray) -> bool:
        numbers = column[self.is_["number"][column]]
        return bool(
            self.any(style, column) and (self.is_[style] | (self.is_["whole"] & (np.abs(self.value["as_dot"]) < 1000)))[numbers].all()
        )

    def _dress(self, name: str, column: np.ndarray) -> None:
        numbers = column[self.is_["number"][column]]
        for dress, (about, what) in DRESS.items():
            if (worn := self.is_[dress][numbers]).any():
                self.found.repair(
                    about,
                    f"Column {shown(name)} has {what}; read as such.",
                    int(worn.sum()),
                    tuple(map(shown, np.unique(self.cell[numbers[worn]])[:3])),
                )
        for dress, what in (("spaces", "a space"), ("apostrophes", "an apostrophe")):
            if (worn := self.is_[dress][numbers]).any():
                self.found.repair(
                    "thousands separator",
                    f"Column {shown(name)} has {what} between thousands; taken out.",
                    int(worn.sum()),
                    tuple(map(shown, np.unique(self.cell[numbers[worn]])[:3])),
                )
        signs = sorted(set(self.currency[numbers]) - {""})
        if len(signs) > 1:
            self.found.fault(f"column {shown(name)} holds amounts in more than one unit: {listed(signs)}. Use one currency.")
        elif signs:
            worn = self.currency[numbers] != ""
            self.found.repair(
                "currency",
                f"Column {shown(name)} has the currency sign {signs[0]}; taken off, the unit is {signs[0]}.",
                int(worn.sum()),
                tuple(map(shown, self.cell[numbers[worn]][:3])),
            )
        percent = self.is_["percent"][numbers]
        if percent.any() and not percent.all() and (self.value["as_dot"][numbers[~percent]] != 0).any():
            self.found.fault(
                f"column {shown(name)} has a percent sign (%) in {int(percent.sum())} cells and none in {int((~percent).sum())}: two scales in one column. Write all as percent."
            )
        elif percent.any():
            self.found.repair("percent", f"Column {shown(name)} has percent signs (%); taken off, 12% is kept as 12.", int(percent.sum()))

    def _sentinels(self, name: str, text: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        marks = np.isin(values, SENTINELS) | (np.abs(values) > NO_NUMBER)
        others = values[~marks & ~np.isnan(values)]
        if not marks.any() or (
            len(others) and (others < -20).any() and (others > values[marks].min()).all() and others.min() < values[marks].max() * 0.5
        ):
            return text, values
        used = sorted({f"{value:g}" for value in values[marks]})
        self.found.repair(
            "missing",
            f"Column {shown(name)} has {int(marks.sum())} cell(s) with {listed(used)}, which stands for missing; read as missing, not as a number.",
            int(marks.sum()),
            tuple(used),
        )
        return np.where(marks, "", text), np.where(marks, np.nan, values)

    def _absent(self, name: str, column: np.ndarray) -> None:
        gone = column[self.is_["missing"][column]]
        if len(gone):
            used = sorted(set(self.cell[gone]))
            self.found.repair(
                "missing",
                f"Column {shown(name)} has {len(gone)} cell(s) with {listed(used)}; read as missing, neither as zero nor as suppressed.",
                len(gone),
                tuple(map(shown, used)),
            )
