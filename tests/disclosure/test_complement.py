"""What else is withheld so that sums tell nothing, and the attacker that has the last word."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geomap.disclosure.complement import attacked, exposed_cells, free_cells, suppress
from geomap.disclosure.grid import grid_of
from geomap.errors import DisclosureError
from tests.toy import PARENT, drawn

THREATS = drawn("""ward    | race | faith | other
                   --------+------+-------+------
                   castle  |    2 |    20 |    30
                   harbour |   17 |    25 |    40
                   market  |   15 |    19 |    24
                   mill    |    0 |    28 |    33""").set_index("ward")  # fmt: skip
TABLES = arrays(
    np.int64, st.tuples(st.integers(2, 5), st.integers(1, 4)), elements=st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 15, 30, 80])
)


def test_one_small_count_takes_the_cheapest_rectangle_with_it():
    """Race in castle (2) needs another place and another group: market's 15 and 19 and castle's own 20 cost least; mill's 0 cannot help."""
    shown = suppress(THREATS, below=5)
    withheld = {(shown.grid.rows[row], shown.grid.columns[column]) for row, column in np.argwhere(shown.hidden)}
    assert withheld == {("castle", "race"), ("castle", "faith"), ("market", "race"), ("market", "faith")}
    assert shown.table.loc["all"].tolist() == [34, 92, 127, 253]
    assert shown.sentences == ("1 small number(s) are withheld, and 3 more so that none can be worked out from sums.",)


def test_the_attacker_solves_what_subtraction_solves():
    """Without complement castle's 2 is 52 less 20 less 30."""
    grid = grid_of(THREATS)
    small = (grid.counts > 0) & (grid.counts < 5)
    assert exposed_cells(grid, small, 5).tolist() == [[0, 0]]
    low, high = attacked(grid, small, np.flatnonzero(small), enough=99)
    assert (low.tolist(), high.tolist()) == ([2], [2])


def test_a_table_of_one_group_is_attacked_too():
    """The group and the total are the same count: castle's 2 and 3 of mill take market's 6 with them, the cheapest that moves."""
    shown = suppress(pd.DataFrame({"race": [2, 17, 6, 3]}, index=["castle", "harbour", "market", "mill"]), below=5)
    assert len(exposed_cells(shown.grid, shown.hidden, 5, certified=False)) == 0
    cells = np.flatnonzero(shown.hidden)
    low, high = attacked(shown.grid, shown.hidden, cells, enough=99)
    assert (low <= shown.grid.counts.ravel()[cells]).all()
    assert (shown.grid.counts.ravel()[cells] <= high).all()


def test_districts_are_sums_too():
    """Withheld within a district as well as in the city: no district's total tells its only small ward."""
    table = pd.DataFrame({"race": [2.0, 9, 8, 11, 14, 30], "faith": [12.0, 15, 30, 22, 25, 41]}, index=sorted(PARENT))
    shown = suppress(table, pd.Series(PARENT), below=5)
    assert {"up", "down", "all"} <= set(shown.grid.rows)
    assert exposed_cells(shown.grid, shown.hidden, 5, certified=False).size == 0
    assert shown.hidden[: len(table)].sum() >= 2


def test_when_nothing_helps_only_totals_are_left():
    """Two places, one of them with two records and nothing else anywhere: whatever is withheld, the total tells."""
    shown = suppress(pd.DataFrame({"race": [2.0, 0], "faith": [40.0, 0]}, index=["a", "b"]), below=5)
    assert shown.totals_only
    assert "only totals" in shown.sentences[0]
    assert shown.table.loc["all"].isna().tolist() == [True, True, False]
    assert shown.table.loc["b"].tolist() == [0, 0, 0]


def test_a_table_of_anything_but_whole_counts_is_refused():
    """Half a record is none."""
    with pytest.raises(DisclosureError, match="whole number"):
        grid_of(pd.DataFrame({"a": [1.5]}))
    with pytest.raises(DisclosureError, match="nested"):
        grid_of(pd.DataFrame({"a": [1, 2]}), pd.Series(["x", "x"]), pd.Series(["y", "z"]))


def possible(grid, hidden: np.ndarray, most: int) -> np.ndarray:
    """Every table of whole numbers, hidden ones 1 to *most*, that has the shown counts and the sums: what a person with endless patience would list."""
    cells = np.flatnonzero(hidden)
    guesses = 1 + np.indices((most,) * len(cells)).reshape(len(cells), -1)
    still = np.where(hidden.ravel(), 0, grid.counts.ravel())
    return guesses.T[np.abs(grid.sums[:, cells] @ guesses + (grid.sums @ still)[:, None]).max(axis=0) < 1e-9]


@pytest.mark.parametrize("seed", range(8))
def test_the_programmes_find_what_listing_every_table_finds(seed):
    """Small tables, up to five withheld cells, all possibilities up to twelve listed."""
    random = np.random.default_rng(seed)
    grid = grid_of(pd.DataFrame(random.integers(0, 9, size=(3, 3))))
    hidden = np.zeros_like(grid.counts, dtype=bool)
    inner = np.argwhere(grid.counts[:3, :3] > 0)
    hidden[tuple(inner[random.choice(len(inner), size=min(5, len(inner)), replace=False)].T)] = True
    listed = possible(grid, hidden, 12)
    low, high = attacked(grid, hidden, np.flatnonzero(hidden), enough=1e6)
    assert (low <= listed.min(axis=0)).all()
    assert (high >= listed.max(axis=0)).all()
    if (high <= 12).all():  # otherwise the list, which ends at twelve, is not whole
        np.testing.assert_array_equal(low, listed.min(axis=0))
        np.testing.assert_array_equal(high, listed.max(axis=0))


@settings(max_examples=60, deadline=None)
@given(table=TABLES, below=st.sampled_from([3, 5, 8]))
def test_no_table_gives_a_withheld_count_away(table, below):
    """Whatever the table: every small count is withheld, and the attacker, without any certificate, tells none to fewer than *below* numbers."""
    shown = suppress(pd.DataFrame(table), below=below)
    assert not (shown.small & ~shown.hidden).any()
    if not shown.totals_only:
        assert exposed_cells(shown.grid, shown.hidden, below, certified=False).size == 0


@settings(max_examples=40, deadline=None)
@given(table=TABLES)
def test_a_certificate_is_never_wrong(table):
    """What a rectangle calls free, the attacker cannot tell either; on tables whose complement is incomplete."""
    grid = grid_of(pd.DataFrame(table))
    hidden = (grid.counts > 0) & (grid.counts < 8)
    free = np.flatnonzero(free_cells(grid, hidden, 5))
    if len(free):
        low, high = attacked(grid, hidden, free, enough=5)
        assert (high - low >= 5).all()


@settings(max_examples=25, deadline=None)
@given(castle=st.integers(1, 4))
def test_what_small_counts_are_decides_nothing_beside_them(castle):
    """With the sums held, any castle from 1 to 4 withholds the same cells."""
    table = THREATS.copy()
    table.loc["castle", "race"], table.loc["castle", "other"] = castle, 32 - castle
    table.loc["market", "race"], table.loc["market", "other"] = 17 - castle, 22 + castle
    assert np.array_equal(suppress(table, below=5).hidden, suppress(THREATS, below=5).hidden)
