"""Columns of records that nest: every value of the one falls into exactly one value of the other, as years of age into tens.

Whoever has a number by the coarser column and those by the finer one has what they leave of it.
"""

from collections.abc import Collection, Mapping

import pandas as pd

Said = Mapping[str, list[str] | dict[str, list[str]]]
Nests = Mapping[tuple[str, str], Mapping[str, str]]


def nests_of(records: pd.DataFrame, columns: Collection[str]) -> Nests:
    """For each two of *columns* of which the first nests in the second, a coarser one: the value that each value falls into. A value with blanks in the second nests in none."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    values = {name: records[name] for name in columns if name in records}
    for finer, own in values.items():
        for coarser, other in values.items():
            if finer == coarser or not 1 < other.nunique() < own.nunique():
                continue
            into = other.astype(object).groupby(own).agg(["nunique", "first", "size", "count"])
            if ((into["nunique"] == 1) & (into["size"] == into["count"])).all():
                found[finer, coarser] = {str(value): str(whole) for value, whole in into["first"].items()}
    return found


def implied(said: Said, nests: Nests) -> Said:
    """The filter *said*, with what the values it names say of coarser columns."""
    more = {
        coarser: sorted({into[value] for value in map(str, said[finer])})
        for (finer, coarser), into in nests.items()
        if coarser not in said and isinstance(said.get(finer), list) and set(map(str, said[finer])) <= set(into)
    }
    return {**said, **more}
