"""Shares where few were asked: Somerville's seven wards as the hard case, and what holds for any."""

import numpy as np
import pandas as pd
import pytest

from geomap.boundaries.atlas import Atlas
from geomap.indicators.small_area import SmallArea
from geomap.indicators.sources import Sources
from tests.shared import shared
from tests.toy import boundaries, layer, square

SOMERVILLE = "Somerville_Happiness_Survey_responses_-_2011__2013__2015.csv"
TRUST = "How.would.you.rate.the.following..Your.trust.in.the.local.police_2015"


def asked(rows, agree=(4, 5), **options):
    """The measure and what it draws from: wards in a row, one row of *rows* (ward, trust) an answer."""
    wards = sorted(rows["ward"].unique())
    atlas = Atlas({"wards": boundaries("wards", {ward: square(at, 0) for at, ward in enumerate(wards)})})
    said = layer("survey", rows, kind="survey", sensitivity="survey", survey={"dont_know": [9], "mode": "web"})
    measure = SmallArea.read({"layer": "survey", "question": "trust", "agree": list(agree), **options}, where="the test")
    return measure, Sources(atlas, {"survey": said}, "2025", ("wards",))


@pytest.fixture(scope="module")
def somerville():
    """Trust in the local police, 2015: 174 answers in seven wards, 14 to 41 each."""
    rows = pd.read_csv(shared("data", "surveys", "raw", "somerville", SOMERVILLE), dtype=str)
    rows = rows[(rows["Year"] == "2015") & rows["Ward"].notna()]
    table = pd.DataFrame({"ward": "W" + rows["Ward"], "trust": pd.to_numeric(rows[TRUST], errors="coerce")}).reset_index(drop=True)
    measure, sources = asked(table, own_base=10)
    return measure.estimates(sources, "wards")


def test_somervilles_wards_are_pulled_together(somerville):
    """Direct shares of .50 to .86 look dramatic; the model gives .57 to .68, and most of it borrowed (own measurement beside the data)."""
    table, _ = somerville
    assert table["n"].tolist() == [14, 26, 41, 16, 36, 19, 22]
    assert table["direct"].round(2).tolist() == [0.86, 0.62, 0.66, 0.50, 0.50, 0.79, 0.55]
    assert table["modelled"].tolist() == pytest.approx([0.68, 0.62, 0.64, 0.59, 0.57, 0.67, 0.60], abs=0.011)
    assert table["own"].tolist() == pytest.approx([0.23, 0.35, 0.46, 0.25, 0.43, 0.29, 0.32], abs=0.011)


def test_somervilles_wards_cannot_be_told_apart_and_it_is_said(somerville):
    """Homogeneity p is .14, no ward is shown by its own answers, and three are called mostly borrowed."""
    table, notes = somerville
    assert any("cannot be told apart" in note and "p = 0.14" in note for note in notes)
    assert set(table["shown"]) == {"modelled"}
    assert table["flags"].str.contains("mostly borrowed").sum() == 3


def test_somervilles_wards_of_2013_are_modelled_too():
    """How effective the local police is, 183 answers in seven wards, 20 to 33 each: direct .59 to .89, modelled .67 to .79, and no telling the wards apart."""
    rows = pd.read_csv(shared("data", "surveys", "raw", "somerville", SOMERVILLE), dtype=str)
    rows = rows[(rows["Year"] == "2013") & rows["Ward"].notna()]
    column = "How.would.you.rate.the.following..The.effectiveness.of.the.local.police_2011_2013"
    table = pd.DataFrame({"ward": "W" + rows["Ward"], "trust": pd.to_numeric(rows[column], errors="coerce")}).reset_index(drop=True)
    measure, sources = asked(table, own_base=10)
    found, notes = measure.estimates(sources, "wards")
    assert found["n"].tolist() == [22, 29, 26, 26, 27, 33, 20]
    assert (found["direct"].min().round(2), found["direct"].max().round(2)) == (0.59, 0.89)
    assert (found["modelled"].min().round(2), found["modelled"].max().round(2)) == (0.67, 0.79)
    assert set(found["shown"]) == {"modelled"}
    assert any("cannot be told apart" in note and "p = 0.13" in note for note in notes)


def test_enough_answers_stand_by_themselves():
    """Four hundred answers with a narrow interval need no model; twelve do; three add nothing and get the city's."""
    generator = np.random.default_rng(5)
    sizes = {"A": 400, "B": 400, "C": 400, "D": 400, "E": 12, "F": 3}
    rows = pd.DataFrame({"ward": np.repeat(list(sizes), list(sizes.values()))})
    rows["trust"] = np.where(
        generator.random(len(rows)) < rows["ward"].map({"A": 0.2, "B": 0.4, "C": 0.6, "D": 0.8, "E": 0.5, "F": 0.5}), 5, 1
    )
    measure, sources = asked(rows)
    table, notes = measure.estimates(sources, "wards")
    assert table["shown"].tolist() == ["direct"] * 4 + ["modelled"] * 2
    assert not any("cannot be told apart" in note for note in notes)
    assert (table["own"]["F"], np.isnan(table["n"]["F"])) == (0, True)
    assert "all of it borrowed" in table["flags"]["F"]


def test_a_thin_places_answers_change_nothing():
    """Turn every answer of a place under the base: not one number moves, and not its own; only the gate sees how many agreed."""
    generator = np.random.default_rng(6)
    rows = pd.DataFrame({"ward": np.repeat(list("ABCDEF"), [40, 30, 20, 25, 35, 6])})
    rows["trust"] = generator.choice([1, 5], len(rows))
    turned = rows.assign(trust=rows["trust"].where(rows["ward"] != "F", 6 - rows["trust"]))
    first, second = (measure.observe(sources, "wards").frame for measure, sources in (asked(rows), asked(turned)))
    assert list(first["agreed"].compare(second["agreed"]).index) == ["F"]
    pd.testing.assert_frame_equal(first.drop(columns="agreed"), second.drop(columns="agreed"))


def test_modelled_places_add_up_to_what_was_answered():
    """The modelled places' mean, by their answers, is the direct one (benchmarked), for places with answers of their own."""
    generator = np.random.default_rng(8)
    rows = pd.DataFrame({"ward": np.repeat(list("ABCDEFG"), [20, 30, 12, 25, 15, 18, 40])})
    rows["trust"] = np.where(
        generator.random(len(rows)) < rows["ward"].map(dict(zip("ABCDEFG", [0.2, 0.8, 0.5, 0.4, 0.6, 0.9, 0.3], strict=True))), 5, 1
    )
    measure, sources = asked(rows)
    table, _ = measure.estimates(sources, "wards")
    assert np.average(table["modelled"], weights=table["n"]) == pytest.approx(np.average(table["direct"], weights=table["n"]), rel=1e-9)


def test_too_few_places_are_no_model():
    """Two wards: their direct shares are too few to learn from, and it is said."""
    rows = pd.DataFrame({"ward": ["A"] * 12 + ["B"] * 12, "trust": [1, 5] * 12})
    measure, sources = asked(rows)
    table, notes = measure.estimates(sources, "wards")
    assert table["value"].isna().all()
    assert any("too few for a model" in note for note in notes)
