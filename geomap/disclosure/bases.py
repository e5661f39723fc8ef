"""Which answers of a table with margins must stay inside, so that no shown total gives away a group that is too small to show."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PARTS_TOGETHER = 2


def hidden_bases(n: NDArray[np.float64], lines: Sequence[tuple[pd.Series, pd.Series]], base: int) -> NDArray[np.bool_]:
    """Per cell of a table, whether its numbers stay inside.

    n: answers (cell,). lines: families of sums; each gives, per cell, the line it is a part of (NaN for none) and the position of the cell that is
    this line's total (-1 where the total is always shown). Hidden are cells of 1 to base - 1 answers, and then, as long as a shown total would
    tell a hidden part by difference, the smallest shown part beside it: what is hidden of a line is at least two parts with *base* answers together. Where no part is left to hide, the total goes.
    So it is where a shown total holds 1 to base - 1 answers that are in none of the line's parts, such as those of people who left a column blank.
    Empty cells say nothing and hide nothing.
    """
    n = np.asarray(n, dtype=float)
    found = [(*pd.factorize(line), total.to_numpy()) for line, total in lines]
    beyond = [_few_beyond(n, (line, len(names), total), base) for line, names, total in found]
    hidden = (n > 0) & (n < base)
    while True:
        more = hidden.copy()
        for (line, names, total), few in zip(found, beyond, strict=True):
            more |= _smallest_beside(n, more, (line, len(names), total), base, few=few)
        if (more == hidden).all():
            return hidden
        hidden = more


def hidden_shares(
    agreed: NDArray[np.float64], n: NDArray[np.float64], lines: Sequence[tuple[pd.Series, pd.Series]], withheld: NDArray[np.bool_], few: int
) -> NDArray[np.bool_]:
    """Per cell of a table, whether its share stays inside, those already *withheld* among them: whoever has a share and its base has how many agreed.

    agreed: of n answers (cell,). lines: as *hidden_bases* reads them. Hidden is a share whose agreeing, or whose others, are 1 to few - 1, and the smallest
    beside it, until what is hidden of a line is at least two parts of which *few* agreed and *few* did not; and the smallest beside answers that are withheld
    already, where the line's total would tell that few of all those agreed, or did not. Of small numbers nothing else is looked at: one that is few
    counts as 1, and answers that are withheld already count as none.
    """
    others = n - agreed
    small = [(count > 0) & (count < few) & ~withheld for count in (agreed, others)]
    chosen = small[0] | small[1]
    seen = [
        np.where(own, 1.0, np.where(other, n - few, count)) for count, own, other in zip((agreed, others), small, small[::-1], strict=True)
    ]
    found = [(*pd.factorize(line), total.to_numpy()) for line, total in lines]
    close = [_few_in_all(line, len(names), [np.where(withheld, count, 0.0) for count in (agreed, others)], few) for line, names, _ in found]
    while True:
        more = chosen.copy()
        for (line, names, total), near in zip(found, close, strict=True):
            touched = np.where(near | np.isin(line, line[more]), line, -1)
            for count in seen:
                more |= _smallest_beside(np.where(withheld, 0.0, count), more | withheld, (touched, len(names), total), few)
        if (more == chosen).all():
            return chosen | withheld
        chosen = more


def _few_in_all(line: NDArray[np.intp], count: int, sums: Sequence[NDArray[np.float64]], few: int) -> NDArray[np.bool_]:
    """Per cell, whether one of *sums* along its line is 1 to few - 1."""
    inside = line >= 0
    told = [np.bincount(line[inside], weights=one[inside], minlength=count) for one in sums]
    return inside & np.append(np.any([(one > 0) & (one < few) for one in told], axis=0), False)[line]


def _few_beyond(n: NDArray[np.float64], sums: tuple[NDArray[np.intp], int, NDArray[np.intp]], base: int) -> NDArray[np.bool_]:
    """Per line, whether its total holds 1 to base - 1 answers that are in none of its parts. sums: as in *_smallest_beside*."""
    line, count, total = sums
    inside = (line >= 0) & (total >= 0)
    whole = np.full(count, np.nan)
    whole[line[inside]] = n[total[inside]]
    left = whole - np.bincount(line[line >= 0], weights=n[line >= 0], minlength=count)
    return (left > 0) & (left < base)


def _smallest_beside(
    n: NDArray[np.float64],
    hidden: NDArray[np.bool_],
    sums: tuple[NDArray[np.intp], int, NDArray[np.intp]],
    base: int,
    *,
    few: NDArray[np.bool_] | bool = False,
) -> NDArray[np.bool_]:
    """The smallest shown part of each line whose hidden parts are too few or hold too few answers; its total, where no part is left.

    sums: the line of each cell, counted from 0 (-1 for none), how many lines there are, and the position of each line's total. few: per line, whether it has one more hidden part that is no cell.
    """
    line, count, total = sums
    inside = line >= 0
    inner = line[inside & hidden]
    parts, answers = np.bincount(inner, minlength=count), np.bincount(inner, weights=n[inside & hidden], minlength=count)
    told = (parts + few > 0) & ((parts + few < PARTS_TOGETHER) | (answers < base))
    exposed = inside & np.append(told, False)[line] & ((total < 0) | ~hidden[np.maximum(total, 0)])
    left = np.flatnonzero(exposed & ~hidden & (n > 0))
    left = left[np.argsort(n[left], kind="stable")]
    lines, first = np.unique(line[left], return_index=True)
    out = np.zeros(len(n), dtype=bool)
    out[left[first]] = True
    out[total[exposed & ~np.isin(line, lines) & (total >= 0)]] = True
    return out


def left_out(bases: pd.Series, places: Sequence[pd.Series], base: int, *, always: Sequence[frozenset[str]] = ()) -> list[frozenset[str]]:
    """For each of several levels, finest first, the smallest places whose answers stay out of its larger ones.

    bases: answers per smallest place. places: per level, the larger place of each. Left out is what a larger place, less what is shown of a finer level,
    would tell: places of the finer level under *base* (too_thin), and what is left out there already, where that is too little to be told.
    always: per level, what stays out of it anyway, none if not given.
    """
    out: list[frozenset[str]] = []
    for place, known in zip(places, always or [frozenset()] * len(places), strict=True):
        away = set(known)
        for finer, gone in zip(places, out, strict=False):
            inside = bases[~bases.index.isin(gone | known)]
            parents = place.groupby(finer).first()
            few = too_thin(inside.groupby(finer.reindex(inside.index)).sum(), parents, base)
            lone = too_thin(bases[bases.index.isin(gone - known)].clip(upper=base - 1), place, base)
            away |= set(finer.index[finer.isin(few)]) | lone
        out.append(frozenset(away))
    return out


def too_thin(bases: pd.Series, parents: pd.Series, base: int) -> frozenset[str]:
    """The smaller places whose answers must stay out of the larger ones.

    bases: answers per smaller place; parents: the larger place of each. The answers of places with 1 to base - 1 answers could be told by taking
    the shown places from the larger one, unless they are at least two and their answers together reach *base*, so that the rest may be shown too.
    """
    hidden = bases[(bases > 0) & (bases < base)]
    groups = hidden.groupby(parents.reindex(hidden.index))
    alone = (groups.transform("size") < PARTS_TOGETHER) | (groups.transform("sum") < base)
    return frozenset(hidden.index[alone])
