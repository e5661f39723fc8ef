"""Covariates of a model of few answers: what they lend, where they are refused, and that the model is the published one."""

import numpy as np
import pandas as pd
import pytest

from geomap.boundaries.atlas import Atlas
from geomap.errors import DisclosureError, LayerError
from geomap.indicators.small_area import SmallArea
from geomap.indicators.sources import Sources
from geomap.methodology.honesty import leaning
from geomap.statistics.fay_herriot import fay_herriot, smoothed_variance
from tests.toy import boundaries, layer, methodology, square

COVARIATE = {"layer": "housing", "field": "poor", "per": {"layer": "housing", "field": "homes"}, "title": "poor housing"}


def city(covariates=(COVARIATE,), answers=25, **housing):
    """Twelve wards whose trust falls with poor housing, *answers* in each; the last ward was not asked."""
    generator = np.random.default_rng(11)
    codes = [f"W{number:02d}" for number in range(12)]
    poor = np.linspace(5, 60, 12)
    table = pd.DataFrame({"ward": codes, "poor": poor, "twice": 2 * poor, "same": 1.0, "homes": 100.0})
    rows = pd.DataFrame({"ward": np.repeat(codes[:-1], answers)})
    share = pd.Series(0.85 - poor / 100, index=codes)
    rows["trust"] = np.where(generator.random(len(rows)) < rows["ward"].map(share), 5, 1)
    atlas = Atlas({"wards": boundaries("wards", {code: square(at, 0) for at, code in enumerate(codes)})})
    said = layer("survey", rows, kind="survey", sensitivity="survey", survey={"mode": "web"})
    measure = SmallArea.read({"layer": "survey", "question": "trust", "agree": [5], "covariates": list(covariates)}, where="the test")
    return measure, Sources(atlas, {"survey": said, "housing": layer("housing", table, **housing)}, "2025", ("wards",)), share


def test_the_model_is_fay_and_herriots_with_the_covariate():
    """Held to the library's routine (itself held to R's sae) on the same direct shares; a place nobody was asked in gets what poor housing lets expect."""
    measure, sources, share = city()
    table, notes = measure.estimates(sources, "wards")
    poor = sources.layer("housing").numbers("poor").to_numpy()
    known = table["direct"].notna()
    whole = np.average(table["direct"][known], weights=table["weight"][known])
    found = fay_herriot(
        table["direct"],
        np.where(known, smoothed_variance(whole, table["effective"]), np.nan),
        np.column_stack([np.ones(12), (poor - poor.mean()) / poor.std()]),
    )
    assert table["own"].tolist() == pytest.approx(found.own.tolist(), rel=1e-9)
    factor = whole / np.average(found.estimate[known], weights=table["weight"][known])
    assert table["modelled"].tolist() == pytest.approx((found.estimate * factor).tolist(), rel=1e-9)
    assert table["modelled"]["W11"] < whole - 0.1
    assert abs(table["modelled"] - share).mean() < abs(city(covariates=())[0].estimates(sources, "wards")[0]["modelled"] - share).mean()
    assert any("poor housing −" in note and "association, not cause" in note for note in notes)


def test_what_lent_strength_is_said_of_every_modelled_number():
    """In its flag, with the weight that its own answers keep."""
    table, _ = city(answers=12)[0].estimates(city(answers=12)[1], "wards")
    modelled = table[table["shown"] == "modelled"]
    assert len(modelled)
    assert modelled["flags"].str.startswith("modelled with poor housing").all()


def test_layers_of_covariates_are_layers_of_the_measure():
    """So that tiers, checks and fingerprints know of them."""
    assert city()[0].layers() == ("survey", "housing")


@pytest.mark.parametrize(
    ("covariates", "housing", "error", "words"),
    [
        (
            [COVARIATE],
            {"sensitivity": "counts"},
            DisclosureError,
            "The covariate 'poor housing' reads the layer 'housing'.*carry what is withheld",
        ),
        ([{**COVARIATE, "field": "same"}], {}, LayerError, "not differ between the wards"),
        ([COVARIATE, {**COVARIATE, "field": "twice", "title": "twice"}], {}, LayerError, "say the same"),
    ],
)
def test_what_cannot_lend_is_refused(covariates, housing, error, words):
    """Closed layers, columns without a difference, columns that repeat each other."""
    measure, sources, _ = city(covariates, **housing)
    with pytest.raises(error, match=words):
        measure.estimates(sources, "wards")


def test_a_place_whose_covariate_is_not_known_keeps_its_own_answers_or_nothing():
    """The others are modelled all the same."""
    measure, sources, _ = city()
    sources.layer("housing").table.loc[3, "poor"] = np.nan
    table, _ = measure.estimates(sources, "wards")
    assert np.isnan(table.loc["W03", "modelled"])
    assert table["modelled"].notna().sum() == 11
    assert "a covariate of the model is not known here" in table.loc["W03", "flags"]


def recipe(*others, **changed):
    """A methodology with a modelled indicator that leans on poor housing, in a domain of its own unless changed."""
    trust = {"id": "trust", "domain": "alone", "up": "better", "measure": {"measure": "small_area", "layer": "survey", "question": "trust", "agree": [5], "covariates": [COVARIATE]}}  # fmt: skip
    poverty = {"id": "poverty", "measure": {"measure": "value", "layer": "housing", "field": "poor"}}
    named = {"strain", changed.get("domain", "alone")}
    domains = [{"id": name, "title": name.title(), "up": "worse", "reason": "Because."} for name in sorted(named)]
    return methodology(poverty, {**trust, **changed}, *others, domain=domains)


def test_covariates_are_refused_inside_a_composite():
    """In an index, and beside another indicator in one domain; alone they may stand."""
    beside = {"id": "other", "domain": "alone", "measure": {"measure": "value", "layer": "housing", "field": "homes"}}
    for found, whole in ((recipe(domain="strain"), "risk"), (recipe(beside), "alone")):
        (remark,) = leaning(found)
        assert (remark.kind, remark.severity) == ("circular", "error")
        assert f"counts in '{whole}', where what it leans on would count again" in remark.sentence
    assert leaning(recipe()) == ()


def test_nobodys_views_are_guessed_from_who_they_are():
    """A share of a religion is no covariate, in an indicator or in what is shown of a survey."""
    bad = {**COVARIATE, "field": "pct_muslim"}
    asked = {"measure": "small_area", "layer": "survey", "question": "trust", "agree": [5], "covariates": [bad]}
    assert [remark.kind for remark in leaning(recipe(measure=asked))] == ["protected"]
    shown = methodology(
        {"id": "poverty", "measure": {"measure": "value", "layer": "housing", "field": "poor"}},
        survey=[{"layer": "survey", "covariates": [bad], "reason": "Because."}],
    )
    assert "not to be guessed from who they are" in leaning(shown)[0].sentence
