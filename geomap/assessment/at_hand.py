"""What is at hand: mechanisms that exist and organisations that can help, by issue and by where they are active, from the registers of an edition."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

MECHANISM, STAKEHOLDER, BIAS = {"name", "formality", "issue"}, {"organisation", "issue"}, {"id", "mechanism", "severity"}
CONSENT = "consent_to_be_listed"
ACTIVE = "active_in"


@dataclass(frozen=True)
class AtHand:
    """mechanisms: name, formality, issue, active_in and more. partners: organisation, issue, active_in and more, only those that agreed to be listed.

    active_in is the code of a place, blank for the whole city. biases: the bias register. parents: the code of the place that each place lies in.
    """

    mechanisms: pd.DataFrame
    partners: pd.DataFrame
    biases: pd.DataFrame
    parents: dict[str, str] = field(default_factory=dict)

    @cached_property
    def named(self) -> frozenset[str]:
        """The places that a mechanism or partner is active in, and those that they lie in."""
        said = {*self.mechanisms[ACTIVE], *self.partners[ACTIVE]}
        return frozenset(said | {self.parents.get(code, "") for code in said})

    def standing(self, code: str) -> tuple[str, str]:
        """What *code* has in common with every place of the same mechanisms and partners: its own name, if anything is active there, and what it lies in."""
        return code if code in self.named else "", self.parents.get(code, "")

    def active(self, table: pd.DataFrame, code: str, issues: Iterable[str]) -> pd.DataFrame:
        """The rows of mechanisms or partners that are active in *code*, or in what it lies in, or within it, and work on one of *issues*."""
        where = table[ACTIVE]
        here = where.isin(["", code, self.parents.get(code, "")]) | (where.map(self.parents) == code)
        return table[here & table["issue"].isin(set(issues))]


def at_hand(tables: Iterable[pd.DataFrame], places: Iterable[pd.DataFrame]) -> AtHand:
    """What the registers *tables* hold. places: of every level, by code, with the column parent; a register says where by the first column of such codes."""
    parents = {code: parent for level in places for code, parent in level["parent"].fillna("").items()}
    codes = set(parents) | set(parents.values()) - {""}
    tables = list(tables)
    mechanisms, partners, biases = (_first(tables, wanted) for wanted in (MECHANISM, STAKEHOLDER, BIAS))
    if CONSENT in partners:
        partners = partners[partners[CONSENT].str.strip() != ""]
    return AtHand(_placed(mechanisms, codes), _placed(partners, codes), biases, parents)


def _first(tables: list[pd.DataFrame], wanted: set[str]) -> pd.DataFrame:
    """All rows of the registers that have the columns *wanted*."""
    found = [table for table in tables if wanted <= set(table.columns)]
    return pd.concat(found, ignore_index=True).fillna("") if found else pd.DataFrame(columns=sorted(wanted), dtype=str)


def _placed(table: pd.DataFrame, codes: set[str]) -> pd.DataFrame:
    named = [name for name in table.columns if _names_places(table[name], codes)]
    return table.assign(**{ACTIVE: table[named[0]] if named else ""})


def _names_places(column: pd.Series, codes: set[str]) -> bool:
    said = set(column) - {""}
    return bool(said) and said <= codes
