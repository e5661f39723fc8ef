"""What the gate withholds, and what goes out instead."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geomap.disclosure.bases import too_thin
from geomap.disclosure.gate import Rule, let_out, roll_up
from geomap.disclosure.records import KEPT, LOST, told
from geomap.disclosure.rules import PRESETS
from geomap.errors import DisclosureError
from geomap.indicators.measure import Observed
from geomap.layers.join import join
from tests.toy import PARENT, atlas, column, layer

RULE = Rule(threshold=5, survey_base=30)


def counted(*events: float) -> Observed:
    """Events in the wards among 100 people each."""
    codes = sorted(PARENT)[: len(events)]
    frame = pd.DataFrame({"events": events, "exposure": 100.0, "half": 0.0, "hidden": False, "status": "value", "flags": ""}, index=codes)
    return Observed(frame, "count")


def answered(shares: list[float], bases: list[float]) -> Observed:
    """Shares of so many answers."""
    frame = pd.DataFrame({"value": shares, "low": 0.0, "high": 100.0, "n": bases, "hidden": False, "status": "value", "flags": ""})
    return Observed(frame, "base")


def test_one_to_four_are_withheld_and_nought_and_five_are_shown():
    """A true zero points to nobody; five is the threshold."""
    frame = let_out(counted(0, 1, 4, 5), "counts", RULE).frame
    assert frame["hidden"].tolist() == [False, True, True, False]


def test_a_share_that_leaves_few_of_its_whole_is_withheld_too():
    """98 of 100 tells the 2 that are left; what leaves nobody, or the threshold, is shown; every withheld one has the same stand-in."""
    frame = let_out(replace(counted(98, 96, 95, 100, 2, 0), whole=True), "counts", RULE).frame
    assert frame["hidden"].tolist() == [True, True, False, False, True, False]
    assert frame["events"].tolist() == [97.5, 97.5, 95, 100, 2.5, 0]
    assert frame["half"].tolist() == [1.5, 1.5, 0, 0, 1.5, 0]
    assert not let_out(counted(98), "counts", RULE).frame["hidden"].any()


def test_a_whole_is_blurred_as_its_parts_are():
    """By tens and fives: 30 of 98 and 31 of 102 are told alike, as 30 of 100; what by the told numbers may leave fewer than ten is withheld, 85 of 93 as well as 87 of 97; an open whole stands as it is."""
    rule = Rule(5, 30, counts=PRESETS["ons-10-5"])

    def told(part, whole, **how):
        seen = replace(counted(*part), whole=True, **how)
        return let_out(seen.with_frame(seen.frame.assign(exposure=whole)), "counts", rule).frame

    one, other = told((30, 85), (98.0, 93.0)), told((31, 87), (102.0, 97.0))
    pd.testing.assert_frame_equal(one, other)
    assert one["exposure"].tolist() == [100, 95]
    assert one["hidden"].tolist() == [False, True]
    assert told((30, 85), (98.0, 93.0), whole_is_open=True)["exposure"].tolist() == [98, 93]


def test_every_withheld_count_has_the_same_stand_in():
    """The middle of the band 1 to 4 goes out for each, with half its width."""
    frame = let_out(counted(1, 2, 3, 4), "counts", RULE).frame
    assert frame["events"].tolist() == [2.5] * 4
    assert frame["half"].tolist() == [1.5] * 4


def test_open_counts_pass():
    """What has been published already is not withheld."""
    assert let_out(counted(1, 2), "open", RULE).frame["events"].tolist() == [1, 2]


def test_a_small_base_is_withheld_and_the_rest_of_the_city_stands_in():
    """29 answers are too few; the others' mean by their answers is (20 × 30 + 80 × 90) / 120 = 65."""
    frame = let_out(answered([20, 80, 99], [30, 90, 29]), "survey", RULE).frame
    assert np.isnan(frame.loc[2, "value"])
    assert np.isnan(frame.loc[2, "n"])
    assert frame.loc[2, ["used", "status"]].tolist() == [65.0, "suppressed"]
    assert frame.loc[[0, 1], "used"].tolist() == [20, 80]


def test_a_share_with_a_small_base_does_not_reach_its_own_stand_in():
    """Whatever the few said, what goes out is the same."""
    one, other = (let_out(answered([20, 80, few], [30, 90, 29]), "survey", RULE).frame for few in (0.0, 100.0))
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("sensitivity", ["counts", "survey"])
def test_people_are_counted_or_asked_never_shown(sensitivity):
    """A measure with no rule for small numbers may not be taken of a layer about people."""
    frame = pd.DataFrame({"value": [1.0], "low": np.nan, "high": np.nan, "n": np.nan, "hidden": False, "status": "value", "flags": ""})
    with pytest.raises(DisclosureError, match="Choose another measure"):
        let_out(Observed(frame, "none"), sensitivity, RULE)


def test_larger_places_sum_what_the_smaller_ones_show():
    """Castle 2 (withheld: 2.5 stands in), market 10, park 0: the upper district shows 12.5 ± 1.5, so the 2 cannot be told by difference."""
    events = column("ward | n\n castle | 2\n harbour | 0\n market | 10\n mill | 0\n park | 0\n station | 0")
    city = atlas()
    published = let_out(counted(*events.sort_index()), "counts", RULE)
    up = roll_up(published, city.route("wards", "districts"), city["districts"].codes).frame.loc["up"]
    assert up[["events", "half", "exposure"]].tolist() == [12.5, 1.5, 300]
    assert up["flags"] == "includes 1 withheld count(s) at the middle of their band"


def test_a_larger_place_of_which_too_much_is_unknown_stays_unknown():
    """A third of the district's people live where nothing is known."""
    events = [2.0, 0, np.nan, 0, 0, 0]
    city = atlas()
    rolled = roll_up(counted(*events), city.route("wards", "districts"), city["districts"].codes).frame
    assert rolled["status"].to_dict() == {"down": "value", "up": "missing"}


BASES = column("ward | n\n castle | 10\n market | 40\n park | 0\n harbour | 20\n mill | 15\n station | 50")


@pytest.mark.parametrize(
    ("bases", "left_out"),
    [
        (BASES, {"castle"}),  # alone in its district; the lower district's two hold 35 together, so they may be in it
        (BASES.replace({15: 9}), {"castle", "harbour", "mill"}),  # 29 together: still too few
        (BASES.replace({10: 30}), set()),
    ],
)
def test_answers_that_could_be_told_by_difference_are_left_out(bases, left_out):
    """A district less its shown wards must itself be enough to show, and more than one ward."""
    assert too_thin(bases, pd.Series(PARENT), 30) == left_out


@pytest.mark.parametrize("wards", [["castle"], ["castle", None], ["castle", "nowhere", "nowhere", None, "market"]])
def test_the_ledger_of_a_guarded_layer_is_the_same_whatever_its_rows(wards):
    """Rows less the numbers shown would be the withheld count; a lost row, its reason, and a place without rows tell of somebody too."""
    incidents = layer("incidents", pd.DataFrame({"ward": wards}), kind="incidents", sensitivity="counts")
    record = join(incidents, atlas(), "wards").as_record()
    public = told(record, "counts")
    assert public == {
        "layer": "incidents", "boundaries": "wards", "places": 6, "rows": None, "matched": None, "unmatched": None,
        "places_without_rows": None, "examples": {}, "notes": [KEPT, LOST],
    }  # fmt: skip
    assert told(record, "open") == record


def test_rounded_counts_say_how_far_they_may_be_off():
    """ONS: 1 to 9 withheld at 5 ± 4; 12 shown as 10, which may be anything from 10 to 12; a true zero is 0 for sure."""
    frame = let_out(counted(0, 1, 9, 12), "counts", Rule(5, 30, counts=PRESETS["ons-10-5"])).frame
    assert frame["events"].tolist() == [0, 5, 5, 10]
    assert frame["half"].tolist() == [0, 4, 4, 2]
    assert frame["hidden"].tolist() == [False, True, True, False]
    assert frame["flags"].tolist()[3] == "rounded to the nearest 5"


def test_a_survey_is_asked_and_not_counted():
    """28 of 30 said one thing: a count of them would tell the two whose share is withheld, so that rows of a survey are never counted."""
    with pytest.raises(DisclosureError, match="not counted"):
        let_out(counted(3, 9), "survey", RULE)


def test_open_counts_can_be_guarded_too():
    """Where a city wants it, open layers have a rule of their own."""
    assert let_out(counted(3, 9), "open", Rule(5, 30, openly=PRESETS["threshold-5"])).frame["hidden"].tolist() == [True, False]


@pytest.mark.parametrize("agreed", [2, 38])
def test_a_share_of_answers_that_tells_few_is_withheld_and_another_beside_it(agreed):
    """2 or 38 of 40 agreed: the share is withheld, and so is the one with the fewest beside it, for the sum of a larger place is told; bases are not."""
    seen = answered([100 * agreed / 40, 50, 50], [40, 40, 60])
    frame = let_out(seen.with_frame(seen.frame.assign(agreed=[agreed, 20, 30])), "survey", RULE).frame
    assert frame["value"].isna().tolist() == [True, True, False]
    assert frame["n"].tolist() == [40, 40, 60]
    assert "too few who agreed or did not" in frame["flags"].iloc[0]
    assert frame["agreed"].isna().tolist() == [True, True, False]
