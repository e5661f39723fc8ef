"""What a score rests on, and whose weights would rank it otherwise."""

import pytest
from hypothesis import given, settings

from geomap.assessment.balance import balance, balances, banner, nominal_weights, rank_changes
from geomap.assessment.panels import panel_ranks
from tests.assessment.small import assessed, indicator, recipe, whole
from tests.assessment.test_explain import cities

PANELS = [
    {
        "group": "Residents",
        "index": "risk",
        "people": 40,
        "date": "2025-05-01",
        "weights": {"harm": 1, "bonds": 3},
        "reason": "They were asked.",
    },
    {
        "group": "Officers",
        "index": "risk",
        "people": 9,
        "date": "2025-05-02",
        "weights": {"harm": 60, "bonds": 0},
        "reason": "They were asked.",
    },
]
AGREED = recipe(
    indicator("theft", "harm", weight=3), indicator("noise", "harm"), indicator("trust", "bonds", up="better"),
    domain=[whole("harm"), whole("bonds", "better")], index=[whole("risk", of=["harm", "bonds"]), whole("both", of=["risk", "harm"])], panel=PANELS,
)  # fmt: skip
SCORES = """ward    | theft | noise | trust
            --------+-------+-------+------
            castle  |     9 |     1 |     9
            market  |     5 |     5 |     5
            harbour |     1 |     4 |     0"""
CITY = assessed(AGREED, SCORES, evidence={"theft": "police", "trust": "survey"})


def test_weights_are_multiplied_through_the_tree_and_added_over_its_paths():
    """Theft is ¾ of harm; harm is half of risk; both is half risk and half harm: ¾ × (½ × ½ + ½)."""
    assert nominal_weights(CITY, "harm").to_dict() == {"theft": 0.75, "noise": 0.25}
    assert nominal_weights(CITY, "both").to_dict() == {"theft": 0.5625, "noise": 0.1875, "trust": 0.25}


def test_the_balance_is_told_by_kind_and_by_provider():
    """The most first, in per cent."""
    assert balance(CITY, "risk").to_dict() == {"survey": 50.0, "police": 37.5, "census": 12.5}
    assert balance(CITY, "risk", "provider").to_dict() == {"Survey": 50.0, "Police": 37.5, "Census": 12.5}


def test_a_banner_stands_above_half_and_not_at_half():
    """Half of risk rests on one provider, which is no banner; three quarters of harm are."""
    assert banner(CITY, "risk") == ""
    assert banner(CITY, "harm") == "Harm rests for 75 % on one kind of evidence: police, and for 75 % on one provider: Police."


def test_where_the_highest_part_decides_all_parts_hold_the_same():
    """A maximum asks for no weights, whatever is written."""
    agreed = recipe(indicator("a", "harm", weight=9), indicator("b", "harm"), domain=[whole("harm", combine="max")], index=[])
    assert nominal_weights(assessed(agreed, "ward | a | b\n castle | 1 | 2"), "harm").to_dict() == {"a": 0.5, "b": 0.5}


@settings(max_examples=50, deadline=None)
@given(city=cities())
def test_every_balance_adds_up_to_a_hundred(city):
    """For every index and domain of every tree, by kind and by provider."""
    sums = balances(city[1]).groupby(["node", "by"])["percent"].sum()
    assert len(sums) == 12
    assert sums.to_numpy() == pytest.approx(100, abs=1e-9)


def test_ranks_without_the_police_by_hand():
    """Risk is 4, 5 and 5.9; without theft 1, 5 and 7: nobody moves. Both is 5.5, 5 and 3.8; without theft 1, 5 and 5.5: first and last change places."""
    moved = rank_changes(CITY, AGREED, ["police"])
    assert moved["risk"].to_dict() == {"castle": 0.0, "market": 0.0, "harbour": 0.0}
    assert moved["both"].to_dict() == {"castle": 2.0, "market": 0.0, "harbour": -2.0}


def test_indicators_of_other_levels_do_not_keep_an_empty_domain_alive():
    """Harm is police only here; its other indicator is for districts. Without police, risk goes on without harm instead of vanishing."""
    agreed = recipe(
        indicator("theft", "harm"), indicator("fear", "harm", levels=["districts"]), indicator("trust", "bonds", up="better"),
        domain=[whole("harm"), whole("bonds", "better")], index=[whole("risk", of=["harm", "bonds"])],
    )  # fmt: skip
    city = assessed(agreed, "ward | theft | trust\n castle | 9 | 9\n market | 1 | 1", evidence={"theft": "police"})
    assert rank_changes(city, agreed, ["police"])["risk"].to_dict() == {"castle": 1.0, "market": 0.0}


def test_each_groups_ranks_are_kept_and_their_range_is_told():
    """By the residents' weights castle is last, by the officers' first; market stays second by both."""
    found = panel_ranks(CITY, AGREED, "risk")
    assert found.by_group.to_dict("list") == {"Residents": [3.0, 2.0, 1.0], "Officers": [1.0, 2.0, 3.0]}
    assert (found.low.tolist(), found.high.tolist(), found.spread.tolist()) == ([1.0, 2.0, 1.0], [3.0, 2.0, 3.0], [2.0, 0.0, 2.0])
    assert found.agreed.tolist() == [3.0, 2.0, 1.0]
    assert [(panel.group, panel.people, panel.date) for panel in found.panels] == [
        ("Residents", 40, "2025-05-01"),
        ("Officers", 9, "2025-05-02"),
    ]


def test_weights_that_do_not_sum_to_one_are_kept_as_given():
    """The officers gave sixty and nothing; that is what the methodology holds and what is run."""
    assert AGREED.panel[1].weights == {"harm": 60, "bonds": 0}
    assert panel_ranks(CITY, AGREED, "both") is None
