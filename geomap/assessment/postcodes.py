"""Where a postcode lies: the lists of postcodes that an edition carries as registers, and the places that fit what somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

HEAD = "postcode"


@dataclass(frozen=True)
class Postcodes:
    """written: the postcodes as their list writes them, indexed by themselves in capitals without signs between. lies_in: the code of a place, likewise."""

    written: pd.Series
    lies_in: pd.Series

    def fitting(self, word: str) -> pd.Series:
        """Codes of places, indexed by the postcodes as they are written: the one that is *word*, else all that begin with it, in order."""
        sought = _bare(pd.Series([word], dtype=str)).iloc[0]
        if not sought:
            return self.lies_in.iloc[:0]
        keys = self.lies_in.index
        fit = keys == sought if sought in keys else keys.str.startswith(sought)
        return self.lies_in[fit].set_axis(self.written[fit]).sort_index(kind="stable")


def postcodes(registers: Iterable[pd.DataFrame], levels: Iterable[pd.DataFrame], level: pd.Index) -> Postcodes:
    """The lists among *registers* whose columns are one of postcodes and one of places, brought to the codes of *level*.

    levels: the places of every level, by code, with the column parent. A postcode of which nothing is known at *level* is left out, and so is one of another city.
    """
    parents = {code: parent for places in levels for code, parent in places["parent"].fillna("").items() if parent}
    found = [_brought(table, parents, level) for table in registers if len(table.columns) == 2 and _head(table)]
    both = pd.concat(found, ignore_index=True) if found else pd.DataFrame({"written": [], "code": []}, dtype=str)
    both = both.assign(key=_bare(both["written"])).drop_duplicates(["key", "code"]).set_index("key")
    return Postcodes(both["written"], both["code"])


def _head(table: pd.DataFrame) -> str:
    return next((name for name in table.columns if _bare(pd.Series([name])).iloc[0].startswith(HEAD.upper())), "")


def _brought(table: pd.DataFrame, parents: dict[str, str], level: pd.Index) -> pd.DataFrame:
    """The columns written and code: each place, or what it lies in, that *level* has."""
    head = _head(table)
    codes = table[next(name for name in table.columns if name != head)].astype(str).str.strip()
    places = set(level)
    up = {code: _at(code, parents, places) for code in codes.unique()}
    rows = pd.DataFrame({"written": table[head].astype(str).str.strip(), "code": codes.map(up)})
    return rows[rows["code"] != ""]


def _at(code: str, parents: dict[str, str], places: set[str]) -> str:
    seen: set[str] = set()
    while code and code not in places and code not in seen:
        seen.add(code)
        code = parents.get(code, "")
    return code if code in places else ""


def _bare(written: pd.Series) -> pd.Series:
    return written.astype(str).str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
