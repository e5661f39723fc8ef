"""Scales of an instrument: sums as published, items turned, gaps by the instrument's rule, and what is never shown by place."""

import numpy as np
import pytest

from geomap.errors import DisclosureError, LayerError, MethodologyError
from geomap.indicators.pillar import NOT_A_PREDICTION, Pillar
from geomap.indicators.survey_mean import SurveyMean
from geomap.statistics.likert import scores, turned
from tests.toy import layer, sources

INSTRUMENT = {
    "name": "Three items", "source": "Made up for the test", "scale": [1, 5], "reverse": ["b2"], "least_answered": 0.6,
    "subscales": {"bridging": {"title": "Bridging", "items": ["b1", "b2", "b3"]}, "beliefs": {"title": "Beliefs", "items": ["v1"], "up": "worse", "individual": True}},
}  # fmt: skip
ANSWERS = """ward    | b1 | b2 | b3 | v1
             --------+----+----+----+---
             castle  |  5 |  1 |  4 |  1
             castle  |  3 |  3 |  3 |  2
             castle  |  1 |  9 |  2 |  1
             castle  |  9 |  9 |  2 |  1
             market  |  2 |  4 |  2 |  1"""


def asked(measure, table=ANSWERS):
    """What *measure* sees by ward."""
    said = layer("pillars", table, kind="survey", sensitivity="survey", survey={"dont_know": [9], "mode": "web", "instrument": INSTRUMENT})
    return measure.observe(sources(said), "wards")


def test_a_pillar_is_the_sum_of_its_items():
    """Castle: 5+5+4 = 14, 3+3+3 = 9, and (1+2)/2 × 3 = 4.5 of the one who skipped an item; who skipped two is not counted: mean 27.5/3."""
    found = asked(Pillar.read({"layer": "pillars", "subscale": "bridging"}, where="the test"))
    assert found.frame.loc["castle", "value"] == pytest.approx(27.5 / 3, rel=1e-12)
    assert found.frame.loc["castle", "n"] == 3
    assert found.frame.loc["market", "value"] == pytest.approx(2 + 2 + 2, rel=1e-12)
    assert NOT_A_PREDICTION in found.notes


def test_what_a_person_thinks_of_violence_has_no_number_by_place():
    """It is shown for the whole city only."""
    with pytest.raises(MethodologyError, match="whole city"):
        asked(Pillar.read({"layer": "pillars", "subscale": "beliefs"}, where="the test"))


def test_an_unknown_scale_and_a_code_off_the_scale_are_named():
    """The scales there are, and the code with what to do."""
    with pytest.raises(LayerError, match=r"no scale 'trust'. It has \['beliefs', 'bridging'\]"):
        asked(Pillar.read({"layer": "pillars", "subscale": "trust"}, where="the test"))
    with pytest.raises(LayerError, match=r"'b1' of 'pillars' holds .*8.*dont_know"):
        asked(Pillar.read({"layer": "pillars", "subscale": "bridging"}, where="the test"), ANSWERS.replace("castle  |  5", "castle  |  8"))


def test_a_mean_answer_leaves_out_who_does_not_know():
    """Castle's b1: (5 + 3 + 1) / 3, the 9 is no answer. Three of the survey's five: squared error 5/4 × (4 + 0 + 4) / 9, t on 2."""
    found = asked(SurveyMean.read({"layer": "pillars", "question": "b1"}, where="the test")).frame.loc["castle"]
    assert found["value"] == pytest.approx(3)
    assert found["high"] - found["value"] == pytest.approx(4.302652729911275 * np.sqrt(5 / 4 * 8 / 9), rel=1e-9)


def test_scores_follow_the_instruments_rule():
    """Sum or mean, gaps filled by the person's own mean only when enough was answered."""
    answers = [[1, 2, 3], [5, np.nan, 4], [np.nan, np.nan, 2]]
    assert scores(answers).tolist() == pytest.approx([6, np.nan, np.nan], nan_ok=True)
    assert scores(answers, least_answered=0.5).tolist() == pytest.approx([6, 13.5, np.nan], nan_ok=True)
    assert scores(answers, how="mean", least_answered=0.3).tolist() == pytest.approx([2, 4.5, 2])
    assert turned([[1, 5], [2, np.nan]], [True, False], (1, 5)).tolist()[0] == [5, 5]


def test_a_scale_of_one_question_with_two_answers_is_refused():
    """Its mean is the share who said yes, which survey_share guards and a mean does not; of an open survey it is shown."""
    yes = {"name": "One item", "source": "Made up", "scale": [0, 1], "subscales": {"calm": {"title": "Calm", "items": ["c1"]}}}
    measure = Pillar.read({"layer": "pillars", "subscale": "calm"}, where="the test")
    for sensitivity in ("survey", "open"):
        said = layer(
            "pillars",
            "ward | c1\n castle | 1\n castle | 0",
            kind="survey",
            sensitivity=sensitivity,
            survey={"mode": "web", "instrument": yes},
        )
        if sensitivity == "open":
            assert measure.observe(sources(said), "wards").frame.loc["castle", "value"] == 0.5
        else:
            with pytest.raises(DisclosureError, match="Use the measure survey_share"):
                measure.observe(sources(said), "wards")
