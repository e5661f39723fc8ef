"""Each distinct cell of a table, described once: what it could be as a number, in which style it is written, or which mark it is."""

import re
import unicodedata

import numpy as np
import pandas as pd

from geomap.datapackage.bounds import limits
from geomap.intake.marks import ERRORS, MISSING, SUPPRESSED

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SPACES = " \u00a0\u2007\u2009\u202f\u2008\u200a"
SIGNS = r"£|\$|€|¥|₹|₺|₽|CHF|GBP|EUR|USD|CAD|kr\.?|zł|Ft|Kč"
EXPONENT = r"(?:[eE][-+]?[0-9]{1,4})?"
DECIMAL_SIGNS = {0x66B: ".", 0x66C: ","}
STYLES = {
    "whole": r"-?[0-9]+",
    "dot": rf"-?[0-9]*\.[0-9]+{EXPONENT}|-?[0-9]+\.{EXPONENT}|-?[0-9]+[eE][-+]?[0-9]{{1,4}}",
    "dot3": r"-?[1-9][0-9]{0,2}\.[0-9]{3}",
    "dots": r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}",
    "comma": rf"-?[0-9]*,[0-9]+{EXPONENT}",
    "comma3": r"-?[1-9][0-9]{0,2},[0-9]{3}",
    "commas": r"-?[1-9][0-9]{0,2}(?:,[0-9]{2,3})*,[0-9]{3}",
    "commas_dot": r"-?[1-9][0-9]{0,2}(?:,[0-9]{2,3})*,[0-9]{3}\.[0-9]*",
    "dots_comma": r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+",
}
LONG = 24
EASY = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?|[A-Z][0-9]{3,15}|[0-9]{4}-[0-9]{2}-[0-9]{2}"  # plain numbers, codes and dates wear no dress and are no mark
COMMA_STYLES = ("comma", "comma3", "commas", "commas_dot", "dots_comma")
NUMBERS = tuple(STYLES)


def tidy(cells: pd.Series) -> pd.Series:
    """Cells without signs that do not show and without space around them."""
    return cells.str.replace(f"[{INVISIBLE}]", "", regex=True).str.strip()


def describe(distinct: pd.Series) -> pd.DataFrame:
    """One row a distinct cell: *core* is what is left of a number without its dress, and a column of truth for each dress, style and mark."""
    cells = tidy(distinct.reset_index(drop=True))
    easy = cells.str.fullmatch(EASY) | ((cells.str.len() > LONG) & ~cells.str.contains(r"[0-9]", regex=True))
    hard = _marked(cells[~easy])
    described = pd.DataFrame(index=cells.index)
    for name in hard:
        blank, kind = (
            (np.nan, float) if name in ("low", "high") else ("", object) if name in ("cell", "core", "currency") else (False, bool)
        )
        values = np.full(len(cells), blank, dtype=kind)
        values[~easy.to_numpy()] = hard[name].to_numpy(dtype=kind)
        described[name] = values
    described["cell"] = cells
    described["core"] = described["core"].mask(easy, cells.where(cells.str.len() <= LONG, ""))
    return _styled(described, easy)


def _marked(cells: pd.Series) -> pd.DataFrame:
    """What cells that are not plain numbers could be: a mark, or a number in some dress."""
    lower = cells.str.lower()
    plain, dressed = pd.DataFrame({"cell": cells}), _undressed(cells)
    plain["blank"] = cells == ""
    plain["error"] = lower.isin(ERRORS)
    plain["missing"] = lower.isin(MISSING)
    plain["infinite"] = lower.str.fullmatch(r"[-+]?\s*(?:inf|infinity|1\.#inf|∞)")
    bound = limits(cells)
    plain["suppressed"] = lower.isin(SUPPRESSED) | bound["is"]
    plain[["low", "high"]] = bound[["low", "high"]]
    return pd.concat([plain, dressed], axis=1)


def _styled(described: pd.DataFrame, easy: pd.Series) -> pd.DataFrame:
    """In which styles each core could be a number, and which number it is with a point or a comma for its decimals."""
    core = described["core"].astype("str")
    digits = core.str.contains("[0-9]", regex=True)
    for style, pattern in STYLES.items():
        look = digits if style in ("whole", "dot", "dot3") else digits & ~easy
        described[style] = core[look].str.fullmatch(pattern).reindex(core.index, fill_value=False)
    described["commas"] &= ~described["comma3"]
    described["number"] = described[list(NUMBERS)].any(axis=1)
    described["leading_zero"] = core.str.fullmatch(r"-?0[0-9]+")
    described["as_dot"] = core.str.replace(",", "", regex=False)
    described["as_comma"] = core.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    for style in ("as_dot", "as_comma"):
        described[style + "_value"] = pd.to_numeric(described[style].where(described["number"]), errors="coerce").astype(float)
    described["overflow"] = np.isinf(described["as_dot_value"])
    return described


def _undressed(cells: pd.Series) -> pd.DataFrame:
    """The number in each cell without foreign digits, currency, percent, odd minus signs and grouping signs, and which of these it wore."""
    worn: dict[str, pd.Series] = {}
    core = _off(worn, "digits", cells, _western(cells))
    core = core.mask(~core.str.contains(r"[0-9]", regex=True), "")
    core = _off(worn, "minus", core, core.str.replace(r"^\s*[−–—﹣－‒]\s*(?=[0-9£$€¥.,])", "-", regex=True))
    core = _off(worn, "parentheses", core, core.str.replace(rf"^\(\s*((?:{SIGNS})?\s*[0-9.,\s]+%?)\s*\)$", r"-\1", regex=True))
    core = _off(worn, "trailing", core, core.str.replace(r"^([0-9.,\s]*[0-9])\s*[-−]$", r"-\1", regex=True))
    before, after = (column for _, column in core.str.extract(rf"(?:^[-+]?\s*({SIGNS})|({SIGNS})\s*$)").items())
    worn["currency"] = before.fillna(after).fillna("")
    core = core.str.replace(rf"^([-+]?)\s*(?:{SIGNS})\s*([-+]?)(?=[0-9.,])", r"\1\2", regex=True).str.replace(
        rf"(?<=[0-9])\s*(?:{SIGNS})\s*$", "", regex=True
    )
    core = _off(worn, "percent", core, core.str.replace(r"(?<=[0-9.])\s*[%٪％﹪]$", "", regex=True))
    core = core.str.replace(r"^\+(?=[0-9.,])", "", regex=True)
    core = _off(worn, "spaces", core, _ungrouped(core, SPACES))
    return pd.DataFrame({"core": _off(worn, "apostrophes", core, _ungrouped(core, "'’ʼ´`‘")), **worn})


def _western(cells: pd.Series) -> pd.Series:
    """Digits of other scripts as 0 to 9; digits raised or circled are left, they may be the marks of footnotes."""
    signs = {sign for cell in cells[~cells.map(str.isascii)] for sign in cell}
    digits = {ord(sign): str(unicodedata.decimal(sign)) for sign in signs if unicodedata.decimal(sign, None) is not None}
    return cells.str.translate(digits | DECIMAL_SIGNS) if digits else cells


def _off(worn: dict[str, pd.Series], name: str, before: pd.Series, after: pd.Series) -> pd.Series:
    worn[name] = before != after
    return after


def _ungrouped(core: pd.Series, signs: str) -> pd.Series:
    grouped = core.str.fullmatch(rf"-?[0-9]{{1,3}}(?:[{re.escape(signs)}][0-9]{{3}})+(?:[.,][0-9]+)?")
    return core.mask(grouped, core.str.replace(f"[{re.escape(signs)}]", "", regex=True))
