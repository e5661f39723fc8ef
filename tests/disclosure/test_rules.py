"""The rules for counts of people, and the noise of the cell-key method."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.disclosure.cell_key import cell_keys, noise, perturbation_table, record_keys
from geomap.disclosure.protected import COLUMNS, STATUSES, Protected
from geomap.disclosure.rules import PRESETS, SOURCES, CellKey, Withhold
from geomap.errors import DisclosureError

COUNTS = pd.Series([0.0, 1, 4, 5, 7, 8, 9, 10, 12, 13, np.nan])
LETTERS = "sixteen letters!"


def shown(name: str) -> list:
    """What a preset shows of COUNTS: the number, or its status where there is none."""
    frame = PRESETS[name].protect(COUNTS).frame
    return [status if np.isnan(number) else number for status, number in zip(frame["status"], frame["shown"], strict=True)]


HIDDEN = "suppressed"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("threshold-5", [0, HIDDEN, HIDDEN, 5, 7, 8, 9, 10, 12, 13, "missing"]),
        ("ons-10-5", [0, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, 10, 10, 15, "missing"]),
        ("nhs-1-7-5", [0, HIDDEN, HIDDEN, HIDDEN, HIDDEN, 10, 10, 10, 10, 15, "missing"]),
    ],
)
def test_each_preset_shows_what_its_source_says(name, expected):
    """A true zero is told by all three."""
    assert shown(name) == expected


def test_every_preset_has_a_source_and_words():
    """Whoever reads the methodology can look the rule up."""
    assert set(PRESETS) == set(SOURCES)
    assert all(rule.words.endswith(".") for rule in PRESETS.values())


@given(counts=st.lists(st.integers(0, 200), min_size=1, max_size=30), below=st.integers(2, 12), nearest=st.integers(1, 10))
def test_the_count_always_lies_within_its_limits(counts, below, nearest):
    """Limits that miss the truth would be a lie, and a hidden count's limits are the whole band."""
    truth = pd.Series(counts, dtype=float)
    frame = Withhold(below=below, nearest=nearest).protect(truth).frame
    assert ((frame["low"] <= truth) & (truth <= frame["high"])).all()
    hidden = frame["status"] == HIDDEN
    assert set(map(tuple, frame.loc[hidden, ["low", "high"]].to_numpy())) <= {(1.0, below - 1.0)}
    assert (frame.loc[~hidden & (truth > 0), "shown"] > 0).all()


def test_no_statuses_turn_into_one_another():
    """A protected table that contradicts itself is refused, with all its faults."""
    frame = pd.DataFrame({"status": ["exact", "zero", HIDDEN, "missing", "odd"], "low": [1.0, 0, 1, 2, 0], "high": [2.0, 1, 4, 2, 0], "shown": [1.0, 0, 3, 2, 0]})  # fmt: skip
    with pytest.raises(DisclosureError) as refused:
        Protected(frame)
    assert len(refused.value.faults) == 5


def test_a_protected_table_has_four_columns():
    """Nothing else can be smuggled out in it."""
    with pytest.raises(DisclosureError, match="columns"):
        Protected(pd.DataFrame({**{name: [0.0] for name in COLUMNS}, "secret": [1.0]}))
    assert Withhold().protect(COUNTS).counts().to_dict() == {
        "exact": 7,
        "rounded": 0,
        HIDDEN: 2,
        "zero": 1,
        "missing": 1,
        "not_collected": 0,
    }
    assert len(STATUSES) == 6


@pytest.mark.parametrize(("most", "variance", "never_shown"), [(2, 1.05, 1), (5, 2.0, 0), (5, 3.0, 2), (8, 6.0, 3)])
def test_the_noise_has_mean_nought_and_the_variance_that_was_asked(most, variance, never_shown):
    """Every row whose variance can be had has it; none leads below 0 or to a count that is never shown."""
    table, steps = perturbation_table(most=most, variance=variance, never_shown=never_shown), np.arange(-most, most + 1)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    np.testing.assert_allclose(table @ steps, 0, atol=1e-6)
    np.testing.assert_allclose((table @ steps**2)[1:], variance, atol=1e-5)
    after = np.arange(len(table))[:, None] + steps
    forbidden = (after < 0) | ((after >= 1) & (after <= never_shown))
    forbidden[0] = steps != 0
    assert table[forbidden].max(initial=0) == 0


def test_three_possible_steps_leave_one_distribution():
    """A count of one that may go to 0, 2 or 3: the two moments and the sum give 0.50833, 0.475, 0.01667, as in any other program for such tables."""
    row = perturbation_table(most=2, variance=1.05, never_shown=1)[1]
    np.testing.assert_allclose(row, [0, 0.5083333, 0, 0.475, 0.0166667], atol=1e-6)


def test_entropy_is_greatest_among_those_of_equal_moments():
    """Moving along the one direction that keeps sum, mean and variance of four steps loses entropy both ways."""
    row = perturbation_table(most=2, variance=1.05, never_shown=1)[2][[0, 2, 3, 4]]
    still = np.array([[1, 1, 1, 1], [-2, 0, 1, 2], [4, 0, 1, 4]], dtype=float)
    way = np.linalg.svd(still)[2][-1]

    def entropy(chances: np.ndarray) -> float:
        return float(-(chances * np.log(chances)).sum())

    assert all(entropy(row + step * way) < entropy(row) for step in (-0.01, 0.01))


def test_where_the_variance_cannot_be_had_the_nearest_is():
    """A count of one that may only become 0 or 3 or more has variance 2 at least."""
    table, steps = perturbation_table(most=5, variance=1.0, never_shown=2), np.arange(-5, 6)
    assert table[1] @ steps == pytest.approx(0)
    assert table[1] @ steps**2 == pytest.approx(2)


def test_the_same_records_get_the_same_noise():
    """In another order, beside other cells, in another year's table: the noise is decided by the records alone."""
    rows = pd.DataFrame({"id": range(40), "ward": ["a", "b"] * 20})
    keys = record_keys(rows, LETTERS)
    assert keys.equals(record_keys(rows.sample(frac=1, random_state=1), LETTERS).sort_index())
    assert not keys.equals(record_keys(rows, LETTERS[::-1]))
    table = perturbation_table(most=5, variance=2.0, never_shown=2)
    cells = cell_keys(keys.groupby(rows["ward"]).sum())
    one = noise(pd.Series([20.0, 20.0], index=["a", "b"]), cells, table)
    assert one["a"] == noise(pd.Series([20.0], index=["a"]), cells[["a"]], table)["a"]


def test_the_noise_follows_the_table():
    """Over 100,000 keys the noise of a count of 3 has the chances of its row."""
    table = perturbation_table(most=5, variance=2.0, never_shown=2)
    keys = cell_keys(record_keys(pd.DataFrame({"id": range(100_000)}), LETTERS))
    drawn = noise(pd.Series(3.0, index=keys.index), keys, table)
    share = drawn.value_counts(normalize=True).reindex(np.arange(-5, 6), fill_value=0.0)
    np.testing.assert_allclose(share, table[3], atol=0.006)


@settings(max_examples=30)
@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=20), keys=st.randoms(use_true_random=False))
def test_noise_shows_no_count_that_is_never_shown(counts, keys):
    """Neither truly nor by noise; and a zero looks like a small count brought to 0."""
    truth = pd.Series(counts, dtype=float)
    frame = CellKey().protect(truth, pd.Series([keys.random() for _ in counts])).frame
    assert not frame["shown"].isin([1, 2]).any()
    assert set(frame["status"]) == {"rounded"}
    assert ((frame["low"] <= truth) & (truth <= frame["high"])).all()
    assert (frame.loc[frame["shown"] == 0, ["low", "high"]] == [0, 5]).all(axis=None)
