"""Where a postcode lies: the lists of postcodes that an edition carries as registers, and the places that fit what somebody types."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

HEAD = "POSTCODE"


@dataclass(frozen=True)
class Postcodes:
    """written: the postcodes as their list writes them, indexed by themselves in capitals without signs between. lies_in: the code of a place, likewise."""

    written: pd.Series
    lies_in: pd.Series

    def fitting(self, word: str) -> pd.Series:
        """Codes of places, indexed by the postcodes as they are written: the one that is *word*, else all that begin with it, in order."""
        sought = _bare(word)
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
    found = [_brought(table[head], table.drop(columns=head).iloc[:, 0], parents, level) for table in registers if (head := _head(table))]
    both = pd.concat(found, ignore_index=True) if found else pd.DataFrame({"written": [], "code": []}, dtype=str)
    both = both.assign(key=both["written"].map(_bare)).drop_duplicates(["key", "code"]).set_index("key")
    return Postcodes(both["written"], both["code"])


def _head(table: pd.DataFrame) -> str:
    """The column of postcodes of a table that has but one other; blank where the table is no such list."""
    return next((name for name in table.columns if _bare(name).startswith(HEAD)), "") if len(table.columns) == 2 else ""


def _brought(written: pd.Series, codes: pd.Series, parents: dict[str, str], level: pd.Index) -> pd.DataFrame:
    """The columns written and code: each place, or what it lies in, that *level* has."""
    codes, places = codes.astype(str).str.strip(), set(level)
    up = {code: _at(code, parents, places) for code in codes.unique()}
    rows = pd.DataFrame({"written": written.astype(str).str.strip(), "code": codes.map(up)})
    return rows[rows["code"] != ""]


def _at(code: str, parents: dict[str, str], places: set[str]) -> str:
    seen: set[str] = set()
    while code and code not in places and code not in seen:
        seen.add(code)
        code = parents.get(code, "")
    return code if code in places else ""


def _bare(written: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", written.upper())
