"""Answers of groups within places: what a shown total would tell by difference stays inside too."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis.strategies import integers, lists, tuples

from geomap.disclosure.bases import hidden_bases, hidden_shares, left_out

BASE = 30


def table(counts):
    """Groups (columns) within places (rows), with both margins and the whole: n, and the families of sums."""
    counts = np.array(counts, dtype=float)
    rows, columns = counts.shape
    full = np.zeros((rows + 1, columns + 1))
    full[:-1, :-1] = counts
    full[-1] = full.sum(axis=0)
    full[:, -1] = full.sum(axis=1)
    row, column = np.divmod(np.arange(full.size), columns + 1)
    at = np.arange(full.size).reshape(full.shape)
    part_of_row = pd.Series(np.where(column < columns, row, np.nan))
    part_of_column = pd.Series(np.where(row < rows, column, np.nan))
    totals = pd.Series(at[row, columns]), pd.Series(at[rows, column])
    return full.ravel(), [(part_of_row, totals[0]), (part_of_column, totals[1])], full.shape


def test_a_group_alone_under_the_base_takes_the_next_smallest_with_it():
    """12 of 112 answers: with the total shown, the 40 and the 60 give the 12 away, so the 40 stays inside; in the other place nothing does."""
    n, lines, shape = table([[12, 40, 60], [50, 45, 90]])
    hidden = hidden_bases(n, lines, BASE).reshape(shape)
    assert hidden[0, :3].tolist() == [True, True, False]
    assert not hidden[:, 3].any()


@given(lists(lists(integers(0, 80), min_size=3, max_size=3), min_size=2, max_size=6))
def test_no_shown_total_gives_a_hidden_part_away(counts):
    """Along every line whose total is shown, hidden parts are none, or two at least with the base together."""
    n, lines, _ = table(counts)
    hidden = hidden_bases(n, lines, BASE)
    assert hidden[(n > 0) & (n < BASE)].all()
    assert not hidden[n == 0].any()
    for line, total in lines:
        for _, cells in pd.Series(np.arange(len(n))).groupby(line.to_numpy()):
            inside = cells[hidden[cells]]
            if len(inside) and not hidden[total[cells.iloc[0]]]:
                assert len(inside) >= 2
                assert n[inside].sum() >= BASE


FEW = 5


@given(lists(lists(integers(0, 80), min_size=3, max_size=3), min_size=2, max_size=5), integers(0, 2**32 - 1))
def test_no_shown_total_tells_few_who_agreed_or_did_not(counts, seed):
    """Along every line whose total is shown, those whose share is hidden are none who agreed, or so many as may be told; and none who did not, or so many."""
    rng = np.random.default_rng(seed)
    inner = np.array(counts)
    yes = rng.binomial(inner, rng.choice([0.02, 0.1, 0.5, 0.97], size=inner.shape))
    n, lines, _ = table(counts)
    agreed, _, _ = table(yes)
    thin = hidden_bases(n, lines, BASE)
    hidden = hidden_shares(agreed, n, lines, thin, FEW)
    assert hidden[thin].all()
    for line, total in lines:
        for _, cells in pd.Series(np.arange(len(n))).groupby(line.to_numpy()):
            inside = cells[hidden[cells]]
            if len(inside) and not hidden[total[cells.iloc[0]]]:
                for count in (agreed[inside].sum(), (n - agreed)[inside].sum()):
                    assert count == 0 or count >= FEW


@given(lists(tuples(integers(0, 25), integers(0, 100)), min_size=9, max_size=9), integers(2, 12))
def test_what_stays_out_for_all_answers_stays_out_for_each_question(asked, base):
    """Nine wards in three districts: what a larger place holds beyond what is shown of smaller ones is nothing, or *base* answers of two places; so it is of all answers and of those to one question."""
    wards = pd.Index([f"w{at}" for at in range(9)])
    places = [pd.Series(wards, index=wards), pd.Series(np.repeat(["a", "b", "c"], 3), index=wards), pd.Series("city", index=wards)]
    rows = pd.Series([many for many, _ in asked], index=wards)
    answered = (rows * [share / 100 for _, share in asked]).astype(int)
    always = left_out(rows, places, base)
    away = left_out(answered, places, base, always=always)
    for bases, gone in ((rows, always), (answered, away)):
        for finer, larger in ((0, 1), (0, 2), (1, 2)):
            mine, theirs = (bases[~bases.index.isin(gone[level])] for level in (larger, finer))
            parts = theirs.groupby(places[finer]).sum()
            shown = parts.index[parts >= base]
            beyond = mine[~places[finer].reindex(mine.index).isin(shown) | mine.index.isin(gone[finer])]
            for _, some in beyond[beyond > 0].groupby(places[larger]):
                assert some.sum() >= base
                assert len(some) > 1
    assert all(more >= less for more, less in zip(away, always, strict=True))


def test_those_who_are_in_no_part_of_a_shown_total_are_a_part_that_is_hidden():
    """The 188 young are 150 women, 35 men and three who said no sex: whoever had both had the three, so the men stay inside; thirty without a sex are told by nobody's harm."""
    parts, total = pd.Series([0.0, 0.0, np.nan]), pd.Series([2, 2, -1])
    assert hidden_bases([150, 35, 188], [(parts, total)], BASE).tolist() == [False, True, False]
    assert not hidden_bases([150, 35, 215], [(parts, total)], BASE).any()
    assert not hidden_bases([150, 35, 185], [(parts, total)], BASE).any()
