"""Whether groups answer differently: by hand, under false-discovery control, and never of a group that is withheld."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.group_differences import COLUMNS, group_differences
from geomap.assessment.trust_grid import trust_grid
from geomap.disclosure.gate import Rule
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.methodology.rules import Reliability
from geomap.statistics.rounding import OF_ANSWERS, significant
from geomap.views.group_differences import sentences
from tests.assessment.test_trust_grid import QUESTIONS
from tests.toy import layer, sources


def differences(gap, *, seed=1, base=30):
    """Three wards of 200; the young agree *gap* less often than the old; and the rows."""
    generator = np.random.default_rng(seed)
    rows = pd.DataFrame({"ward": np.repeat(["castle", "market", "mill"], 200)})
    rows["age"] = np.where(generator.random(600) < 0.4, "young", "old")
    rows["police"] = np.where(generator.random(600) < np.where(rows["age"] == "young", 0.7 - gap, 0.7), 5, 1)
    fieldwork = {"mode": "web", "groups": ["age"], "questions": {"police": QUESTIONS["police"]}}
    said = layer("survey", rows, kind="survey", sensitivity="survey", survey=fieldwork)
    rule = Listening.read({"layer": "survey", "by": ["age"], "reason": "Because."}, where="the test")
    drawn = sources(Layer(said.card, said.table))
    grid = trust_grid(drawn, rule, Rule(5, base), Reliability())
    return rows, grid, group_differences(drawn, rule, grid, base)


def test_the_citys_difference_is_that_of_two_shares():
    """By hand, with R's standard error of unweighted answers; the sentence says how far, how sure, and which way."""
    rows, _, found = differences(0.3)
    city = found[found["level"] == "city"].iloc[0]
    shares = rows.assign(yes=rows["police"] == 5).groupby("age")["yes"].agg(["mean", "size"])
    assert list(found.columns) == list(COLUMNS)
    assert city["difference"] == significant(100 * (shares["mean"]["old"] - shares["mean"]["young"]), OF_ANSWERS)
    assert (city["word"], city["group"], city["other"], city["n"]) == ("higher", "old", "young", shares["size"]["old"])
    se = 100 * np.sqrt((shares["mean"] * (1 - shares["mean"]) / shares["size"]).sum() * 600 / 599)
    assert city["high"] - city["low"] == pytest.approx(2 * 1.964 * se, abs=0.1)  # three digits
    assert city["p_any"] == pytest.approx(city["p"], abs=1e-6)
    (said, rest) = sentences(found, {})
    assert said.startswith(f"trust in police, on safety is {city['difference']:.0f} points higher among age old than among young (")
    assert rest.startswith("Of 1 comparisons 0 cannot be told from chance.")


def test_nothing_is_found_where_nothing_differs():
    """Of forty surveys without a difference, at most a few name one anywhere; with one of thirty points all do in the city."""
    named = [(differences(0.0, seed=seed)[2]["word"] != "cannot tell").any() for seed in range(12)]
    assert sum(named) <= 3
    assert all((differences(0.3, seed=seed)[2].query("level == 'city'")["word"] == "higher").all() for seed in range(3))


def test_a_withheld_group_has_no_difference():
    """With a base of ninety the young of each ward are withheld, and so is what would tell them."""
    _, grid, found = differences(0.3, base=90)
    hidden = grid[(grid["shown"] == "withheld") & (grid["by"] == "age") & (grid["level"] == "wards")]
    assert len(hidden)
    pairs = set(zip(found["code"], found["group"], strict=True)) | set(zip(found["code"], found["other"], strict=True))
    assert not pairs & set(zip(hidden["code"], hidden["group"], strict=True))


def test_places_are_named_in_their_sentences():
    """A sentence a place, with its own interval."""
    _, _, found = differences(0.45)
    said = sentences(found, {"castle": "Castle Ward"}, level="wards", code="castle")
    assert said[0].startswith("Castle Ward: trust in police")
    assert sentences(found, {}, level="nowhere") == ("No two groups have enough answers here to be compared.",)
