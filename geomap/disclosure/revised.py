"""Records that were revised between editions: what was told before and what is told now are sums of different counts, and how far they differ is a count of people too."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

CELL = ["boundaries", "place", "since", "until", "where"]


@dataclass(frozen=True)
class Revised:
    """members: (entries, counts), with counts of their own for what was revised, before and after. differences: (targets, counts), after less before.

    now, then: per target, the entry by which the revision is told and the older one it differs from.
    """

    members: csr_array
    differences: csr_array
    now: NDArray[np.intp]
    then: NDArray[np.intp]


def revised(members: csr_array, rows: pd.DataFrame) -> Revised | None:
    """The entries (*rows*, with the number of their release) and the counts they are sums of, taken apart where something was revised; None where nothing was.

    Revised are the smallest cells that a release tells otherwise than the release before it that told them, but for what it tells in them as before. Whatever else
    the revision may have touched is thought to be as it was: that lets the attacker conclude more, not less, and what then does not fit is for the caller to refuse.
    """
    pairs = _tellings(rows)
    changed = pairs[pairs["changed"]]
    if changed.empty:
        return None
    version = np.zeros((int(rows["release"].max()) + 1, members.shape[1]), dtype=int)
    kept = []
    for release, some in changed.groupby("release"):
        smallest = some[~_holds(members, some["now"].to_numpy(), some["now"].to_numpy())]
        same = pairs[(pairs["release"] == release) & pairs["same"]]["now"].to_numpy()
        same = same[~_holds(members, same, some["now"].to_numpy())]
        touched = _any(members, smallest["now"].to_numpy()) & ~_any(members, same)
        version[int(release) :, touched] += 1
        kept.append(smallest)
    return _apart(members, rows["release"].to_numpy(dtype=int), version, pd.concat(kept))


def _tellings(rows: pd.DataFrame) -> pd.DataFrame:
    """Each cell that a release and an earlier one tell: release; now and then, an entry of each; changed and same (to the number), against the latest earlier one."""
    told = rows[[*CELL, "release", "low", "high"]].assign(now=np.arange(len(rows)))
    told = told.groupby([*CELL, "release"], sort=True, as_index=False).agg({"low": "max", "high": "min", "now": "first"})
    before = told.groupby(CELL, sort=False)[["low", "high", "now"]].shift()
    changed = (told["low"] > before["high"]) | (told["high"] < before["low"])
    same = (told["low"] == told["high"]) & (before["low"] == before["high"]) & (told["low"] == before["low"])
    pairs = told[["release", "now"]].assign(then=before["now"], changed=changed, same=same)
    return pairs[pairs["then"].notna()].astype({"then": int})


def _holds(members: csr_array, some: NDArray[np.intp], others: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of *some* entries hold all counts of one of *others* and more."""
    mine, theirs = csr_array(members[some]), csr_array(members[others])
    size = np.asarray(theirs.sum(axis=1)).ravel()
    shared = coo_array(mine @ theirs.T)
    whole = (shared.data == size[shared.col]) & (np.asarray(mine.sum(axis=1)).ravel()[shared.row] > shared.data)
    out = np.zeros(len(some), dtype=bool)
    out[shared.row[whole]] = True
    return out


def _any(members: csr_array, some: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which counts one of *some* entries is a sum of."""
    return np.asarray(csr_array(members[some]).sum(axis=0)).ravel() > 0


def _apart(members: csr_array, release: NDArray[np.intp], version: NDArray[np.intp], changed: pd.DataFrame) -> Revised:
    """The same entries as sums of each count in the version of their release, and the differences of every revised cell and of every count in it."""
    there, count = coo_array(members), members.shape[1]
    code = version[release[there.row], there.col] * count + there.col
    known, column = np.unique(code, return_inverse=True)
    apart = csr_array((there.data, (there.row, column)), shape=(members.shape[0], len(known)))
    now, then = changed["now"].to_numpy(), changed["then"].to_numpy()
    cells = csr_array(apart[now] - apart[then])
    inside = coo_array(csr_array(members[now]))
    versions = [version[release[one[inside.row]], inside.col] for one in (now, then)]
    moved = versions[0] != versions[1]
    cell, each = inside.row[moved], inside.col[moved]
    at = [np.searchsorted(known, one[moved] * count + each) for one in versions]
    number = np.arange(len(cell))
    single = csr_array((np.repeat([1.0, -1.0], len(cell)), (np.tile(number, 2), np.concatenate(at))), shape=(len(cell), len(known)))
    return Revised(apart, csr_array(vstack([cells, single])), np.concatenate([now, now[cell]]), np.concatenate([then, then[cell]]))
