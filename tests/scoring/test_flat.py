"""A flat index under choices."""

import numpy as np
import pytest

from geomap.errors import MethodologyError
from geomap.scoring.flat import FlatIndex
from geomap.scoring.leeway import Leeway

VALUES = np.array([[[0.0, 4.0], [5.0, 2.0], [10.0, 0.0]]])
GAP = np.array([[[0.0, 4.0], [5.0, np.nan], [10.0, 0.0]]])


def scored(values=VALUES, weights=(0.75, 0.25), index=None, **how) -> list[float]:
    """The scores of one draw."""
    return (index or FlatIndex())(values, Leeway(weights, **how).agreed())[0].tolist()


def test_between_the_lowest_and_the_highest():
    """¾ of 0, 5, 10 and ¼ of 10, 5, 0."""
    assert scored() == pytest.approx([2.5, 5.0, 7.5])


def test_a_turned_indicator_counts_from_the_other_end():
    """Both now rise together."""
    assert scored(index=FlatIndex(turned=np.array([False, True]))) == pytest.approx([0.0, 5.0, 10.0])


def test_goalposts_hold_and_clip():
    """0 to 5 and 0 to 8: the second place reaches the top of the first indicator, the third goes no further."""
    index = FlatIndex(low=np.zeros(2), high=np.array([5.0, 8.0]))
    assert scored(index=index, normalisation=("goalposts",)) == pytest.approx([1.25, 8.125, 7.5])


def test_percentiles():
    """Three places stand at 0, 5 and 10, whatever their distance."""
    stretched = np.array([[[0.0, 4.0], [9.0, 2.0], [10.0, 0.0]]])
    assert scored(stretched, normalisation=("percentile",)) == pytest.approx([2.5, 5.0, 7.5])


def test_z_scores_span_the_scale_with_three_standard_deviations():
    """-1, 0 and 1 standard deviations are 3⅓, 5 and 6⅔."""
    assert scored(weights=(1.0, 0.0), normalisation=("z",)) == pytest.approx([10 / 3, 5, 20 / 3])


def test_the_geometric_mean_is_lifted_and_brought_back():
    """One 0 does not annihilate: √(1 · 10) is 3.16, and (3.16 - 1)/0.9 the score; equal parts keep their value."""
    found = scored(weights=(0.5, 0.5), aggregation=("geometric",))
    assert found == pytest.approx([(10**0.5 - 1) / 0.9, 5.0, (10**0.5 - 1) / 0.9])


def test_weights_stand_as_they_are():
    """Twice the weights, twice the score."""
    assert scored(weights=(1.5, 0.5)) == pytest.approx([5.0, 10.0, 15.0])


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
def test_a_gap_gives_its_weight_to_the_rest_or_takes_the_score_away(aggregation):
    """The second place has 5 in what is there."""
    assert scored(GAP, aggregation=(aggregation,))[1] == pytest.approx(5.0)
    assert np.isnan(scored(GAP, aggregation=(aggregation,), missing=("propagate",))[1])
    assert not np.isnan(scored(GAP, weights=(1.0, 0.0), aggregation=(aggregation,), missing=("propagate",))[1])


def test_where_all_values_are_the_same_they_are_in_the_middle():
    """No difference is no reason for 0 or 10."""
    assert scored(np.full((1, 3, 2), 7.0)) == [5.0, 5.0, 5.0]


def test_the_short_way_and_the_long_way_agree():
    """A linear scale and a weighted sum done in one, against one place with a gap more, which takes the long way."""
    values = np.random.default_rng(1).normal(size=(3, 200, 4))
    index, chosen = FlatIndex(turned=np.array([True, False, False, True])), Leeway((1.0, 2.0, 3.0, 4.0)).agreed(3)
    gapped = np.concatenate([values, np.full((3, 1, 4), np.nan)], axis=1)
    assert index(gapped, chosen)[:, :-1] == pytest.approx(index(values, chosen))


def test_each_draw_has_its_own_choices():
    """Draws of different ways together are the draws of each way alone."""
    values = np.random.default_rng(1).normal(size=(40, 30, 3))
    leeway = Leeway((1.0, 1.0, 1.0), band=0.5, normalisation=("min_max", "z", "percentile"), aggregation=("arithmetic", "geometric"))
    chosen = leeway.stream(np.random.SeedSequence(1)).draw(40)
    together = FlatIndex()(values, chosen)
    one = [FlatIndex()(values[d : d + 1], type(chosen)(*(part[d : d + 1] for part in vars(chosen).values())))[0] for d in range(40)]
    assert np.array_equal(together, one)


def test_a_way_that_is_not_known_is_told():
    """With those that are."""
    with pytest.raises(MethodologyError, match=r"does not know \['log'\].*percentile"):
        scored(normalisation=("log",))
    with pytest.raises(MethodologyError, match="goalposts needs"):
        scored(normalisation=("goalposts",))
