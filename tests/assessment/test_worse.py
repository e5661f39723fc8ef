"""How surely one place needs attention more than another."""

import numpy as np
import pytest
from scipy.stats import norm

from geomap.assessment.worse import surest, told_apart, worse_than
from geomap.errors import EditionError
from geomap.statistics.telling_apart import pairs_of_draws


@pytest.fixture(scope="module")
def level(edition):
    """The places of the demonstration city."""
    return edition.level("neighbourhoods")


def test_the_published_chance_to_rank_before_the_next_is_found_again(edition, level):
    """An edition holds, from draws of its own at the build, how surely each place ranks before the next; drawn anew from what is published it is the same."""
    for name in ("risk", "resilience", "incidents"):
        up, table = level.node(name).up, level.numbers[name].dropna(subset="value")
        order = table.sort_values("value", ascending=up != "worse", kind="stable").index
        found = [worse_than(level, edition.methodology, list(order[at : at + 2]), draws=4_000)[name][0, 1] for at in range(0, 40, 2)]
        published = table["p_worse_next"].reindex(order[:40:2]).to_numpy()
        assert np.abs(np.array(found) - published).max() < 0.12
        assert abs(np.mean(found - published)) < 0.03


def test_what_one_pair_is_given_is_what_it_is_given_among_five(edition, level):
    """Rows against columns add up to one, a place has no chance against itself, and the order of asking changes nothing but the order."""
    codes = ["N07", "N31", "N25", "N41", "N49"]
    found = worse_than(level, edition.methodology, codes)
    turned = worse_than(level, edition.methodology, codes[::-1])
    for name, chance in found.items():
        away = ~np.eye(5, dtype=bool) & ~np.isnan(chance)
        assert np.allclose((chance + chance.T)[away], 1)
        assert np.isnan(np.diag(chance)).all()
        assert np.allclose(chance, turned[name][::-1, ::-1], atol=0.02, equal_nan=True)


def test_an_indicator_s_chance_is_that_of_two_normal_errors(edition, level):
    """Φ of the difference over both errors, by hand."""
    node = next(
        one
        for one in level.of_kind("indicator")
        if level.numbers[one.id].loc[["N07", "N31"], ["value", "low", "high"]].notna().all(axis=None)
    )
    first, second = (level.numbers[node.id].loc[code] for code in ("N07", "N31"))
    high, low = (first, second) if first["value"] > second["value"] else (second, first)
    error = np.hypot(high["value"] - high["low"], low["high"] - low["value"]) / norm.ppf(0.975)
    chance = norm.cdf((high["value"] - low["value"]) / error)
    found = worse_than(level, edition.methodology, ["N07", "N31"])[node.id][0, 1]
    assert found == pytest.approx(chance if (high is first) == (node.up == "worse") else 1 - chance)


def test_ties_count_half_and_places_without_a_number_have_no_chance():
    """Draws by hand: the first is above the second in one of two draws and level with it in the other."""
    found = pairs_of_draws(np.array([[2.0, 1.0], [1.0, 1.0], [np.nan, np.nan]]))
    assert found[0, 1] == 0.75
    assert found[1, 0] == 0.25
    assert np.isnan(found[2]).all()


def test_with_more_pairs_a_single_one_must_be_surer():
    """Bonferroni: 97.5 % for one pair, 99.75 % for ten."""
    assert surest(2) == pytest.approx(0.975)
    assert surest(5) == pytest.approx(0.9975)
    assert told_apart(np.array([[np.nan, 0.02], [0.98, np.nan]])) == [(1, 0)]
    five = np.full((5, 5), 0.5)
    five[0, 1], five[1, 0] = 0.99, 0.01
    five[2, 3], five[3, 2] = 0.001, 0.999
    assert told_apart(five) == [(3, 2)]


@pytest.mark.parametrize("codes", [["N07"], ["N07", "N07"], ["N07", "nowhere"], ["N01", "N02", "N03", "N04", "N05", "N06"]])
def test_what_cannot_be_compared_is_said(edition, level, codes):
    """One place, the same twice, one that is not here, more than five."""
    with pytest.raises(EditionError, match=r"nowhere|two to 5"):
        worse_than(level, edition.methodology, codes)
