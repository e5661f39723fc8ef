"""The smallest counts that published counts are sums of: so many pieces of places, stretches of time and kinds, each with each.

Two publications of the same records differ in where, when and of what they speak. Cut all places, periods and filters at every border that any of them
has, and each publication is a sum of what lies between the cuts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

REST = None


def incidence(entries: pd.DataFrame, pieces: Mapping[tuple[str, str], Sequence[int]]) -> csr_array:
    """Which atoms each entry is the sum of, sparse (entries, atoms) of ones; atoms that all entries treat alike are one.

    entries: columns boundaries, place, since, until, where. pieces: the pieces of ground of each (boundaries, place).
    """
    place = _rows([list(pieces[key]) for key in zip(entries["boundaries"], entries["place"], strict=True)])
    members = _each_with_each(_each_with_each(place, _times(entries)), _kinds(entries))
    return _merged(members)


def _times(entries: pd.DataFrame) -> csr_array:
    """Which stretches between any two borders of time each entry covers; until is its last day."""
    since = pd.to_datetime(entries["since"]).to_numpy()
    after = (pd.to_datetime(entries["until"]) + pd.Timedelta(days=1)).to_numpy()
    cuts = np.unique(np.concatenate([since, after]))
    first, last = np.searchsorted(cuts, since), np.searchsorted(cuts, after)
    return _rows([range(one, other) for one, other in zip(first, last, strict=True)])


def _kinds(entries: pd.DataFrame) -> csr_array:
    """Which combinations of named values each entry covers; what a column holds besides the named ones is one value more."""
    filters = {text: {name: _Said.of(values) for name, values in json.loads(text).items()} for text in set(entries["where"])}
    names = sorted(set().union(*filters.values()))
    values = {name: sorted(set().union(*(one[name].named for one in filters.values() if name in one))) for name in names}
    atoms = list(product(*([*some, REST] for some in values.values())))
    covered = {
        text: [
            number
            for number, atom in enumerate(atoms)
            if all(one[name].holds(value) for name, value in zip(values, atom, strict=True) if name in one)
        ]
        for text, one in filters.items()
    }
    return _rows([covered[text] for text in entries["where"]])


@dataclass(frozen=True)
class _Said:
    """What a filter says of a column: those *named*, or with *others* all but them ({"not": [...]})."""

    named: frozenset[str]
    others: bool = False

    @classmethod
    def of(cls, said: list[str] | dict[str, list[str]]) -> "_Said":
        named, others = (said["not"], True) if isinstance(said, dict) else (said, False)
        return cls(frozenset(map(str, named)), others)

    def holds(self, value: str | None) -> bool:
        return (value in self.named) != self.others


def _rows(members: Sequence[Sequence[int]]) -> csr_array:
    """A sparse matrix of ones from the columns of each row."""
    lengths = np.fromiter(map(len, members), dtype=np.int64, count=len(members))
    columns = np.fromiter((one for some in members for one in some), dtype=np.int64, count=int(lengths.sum()))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(members), int(columns.max(initial=-1)) + 1))


def _each_with_each(one: csr_array, other: csr_array) -> csr_array:
    """Row by row the Kronecker product of two sparse matrices of ones."""
    ours, theirs = np.diff(one.indptr), np.diff(other.indptr)
    lengths = ours * theirs
    starts = np.concatenate([[0], np.cumsum(lengths)])
    row = np.repeat(np.arange(len(lengths)), lengths)
    within = np.arange(len(row)) - starts[row]
    left, right = one.indptr[row] + within // theirs[row], other.indptr[row] + within % theirs[row]
    columns = one.indices[left].astype(np.int64) * other.shape[1] + other.indices[right]
    kept, columns = np.unique(columns, return_inverse=True)
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(lengths), len(kept)))


def _merged(members: csr_array) -> csr_array:
    """The matrix with columns that are alike in every row made one; alike is told by sums of random whole numbers, one for each row."""
    signs = np.random.default_rng(0).integers(0, 2**63, size=(2, members.shape[0]), dtype=np.uint64)
    columns = members.indices
    row = np.repeat(np.arange(members.shape[0]), np.diff(members.indptr))
    marks = np.zeros((2, members.shape[1]), dtype=np.uint64)
    for mark, sign in zip(marks, signs, strict=True):
        np.add.at(mark, columns, sign[row])
    _, first = np.unique(marks.T, axis=0, return_index=True)
    return csr_array(members[:, np.sort(first)])
