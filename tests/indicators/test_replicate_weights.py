"""Replicate weights that a survey's card names: errors are R's, and columns that cannot be weights are refused in words."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from geomap.errors import GeomapError, LayerError
from geomap.indicators.respondents import respondents
from geomap.indicators.survey_mean import SurveyMean
from geomap.indicators.survey_share import SurveyShare
from geomap.layers.layer import Layer
from geomap.statistics.design import Design
from geomap.statistics.intervals import korn_graubard_interval
from geomap.statistics.jackknife import jackknife
from geomap.statistics.replicates import Replicates
from tests.shared import shared
from tests.statistics.published import told
from tests.toy import drawn, layer, sources


def schools(name):
    """R's sample of Californian schools with the columns of a jackknife, and what the card says of them."""
    rows = pd.read_csv(shared("data", "methods", f"api_{name}.csv"))
    how = {"stratum": rows["stype"]} if name == "apistrat" else {"psu": rows["dnum"]}
    made = jackknife(Design.of(rows["pw"], **how))
    columns = pd.DataFrame(made.weights, columns=[f"rep_{number}" for number in range(made.weights.shape[1])])
    said = {"method": "JK1"} if name == "apiclus1" else {"method": "JKn", "counts": list(made.counts)}
    return pd.concat([rows, columns], axis=1), {"columns": ["rep_*"], **said}


@pytest.mark.parametrize(("name", "like"), [("apiclus1", "apiclus1_JK1_nofpc"), ("apistrat", "apistrat_JKn_nofpc")])
def test_errors_from_columns_are_those_of_r(name, like):
    """R's survey, svymean on a replicate design: the card names weights and columns, and neither strata nor clusters."""
    want, (rows, said) = told("survey_api")["values"][like], schools(name)
    survey = layer("schools", rows, kind="survey", sensitivity="survey", survey={"weight_field": "pw", "replicates": said})
    who = respondents(survey, sources(), ())
    for column in ("api00", "enroll"):
        assert_allclose(who.design.mean(rows[column]), [want["est"][column], want["se"][column]], rtol=1e-9)
    assert f"replicate weights of the survey ({said['method']})" in " ".join(who.notes)


def answers(replicates=None, seed=3):
    """Two wards of thirty answers with weights and four replicate sets."""
    generator = np.random.default_rng(seed)
    rows = pd.DataFrame({"ward": ["castle"] * 30 + ["market"] * 30, "trust": generator.integers(1, 6, 60)})
    rows["age"], rows["w"] = np.where(generator.random(60) < 0.4, "young", "old"), generator.uniform(0.5, 2, 60)
    rows = rows.assign(**{f"r{number}": rows["w"] * generator.uniform(0, 2, 60) for number in range(1, 5)})
    named = replicates or {"columns": ["r1", "r2", "r3", "r4"], "method": "bootstrap"}
    said = layer("survey", rows, kind="survey", sensitivity="survey", survey={"weight_field": "w", "replicates": named})
    return rows, Layer(
        said.card, said.table, None, None, {"margins": drawn("variable | category | people\n age | young | 500\n age | old | 500")}
    )


def observed(said, kind=SurveyShare, **options):
    """What the measure *kind* sees in the wards."""
    asked = {"layer": "survey", "question": "trust", **({"agree": [4, 5]} if kind is SurveyShare else {}), **options}
    return kind.read(asked, where="survey").observe(sources(said), "wards").frame


def test_a_wards_interval_is_that_of_its_four_estimates():
    """By hand: the share by each set, their variance, Korn and Graubard's limits on three degrees of freedom."""
    rows, said = answers()
    here = rows[rows["ward"] == "castle"]
    yes = here["trust"] >= 4
    share = (here["w"] * yes).sum() / here["w"].sum()
    sets = [(here[f"r{number}"] * yes).sum() / here[f"r{number}"].sum() for number in range(1, 5)]
    low, high = korn_graubard_interval(pd.Series([share]), pd.Series([np.std(sets)]), pd.Series([30.0]), pd.Series([3.0]))
    found = observed(said).loc["castle"]
    assert found[["value", "low", "high"]].tolist() == pytest.approx([100 * share, 100 * low[0], 100 * high[0]], rel=1e-9)


def test_each_set_is_weighted_to_the_margins_too():
    """After raking every replicate has as many young as old, as the weights have."""
    rows, said = answers()
    who = respondents(said, sources(), ("age",))
    young = (rows["age"] == "young").to_numpy()
    sets = np.column_stack([who.design.weights, who.design.replicates.weights])
    assert sets[young].sum(axis=0) == pytest.approx(np.full(5, 500.0), rel=1e-8)
    assert sets[~young].sum(axis=0) == pytest.approx(np.full(5, 500.0), rel=1e-8)


def test_means_use_them_too():
    """The t interval of a ward's mean comes from the sets, so that other sets give another one and the same mean."""
    frames = [observed(answers(named)[1], SurveyMean) for named in (None, {"columns": ["r1", "r2"], "method": "JK1"})]
    assert frames[0].loc["castle", "value"] == frames[1].loc["castle", "value"]
    assert frames[0].loc["castle", "high"] != pytest.approx(frames[1].loc["castle", "high"])


@pytest.mark.parametrize(
    ("how", "options", "count"), [("BRR", {}, 1 / 4), ("bootstrap", {}, 1 / 4), ("Fay", {"rho": 0.5}, 1.0), ("JK1", {}, 3 / 4)]
)
def test_a_deviation_counts_as_the_method_says(how, options, count):
    """Of four sets: a quarter, four times as much in Fay's method with half of the perturbation, and three quarters."""
    assert Replicates.supplied(np.ones((5, 4)), how, **options).counts.tolist() == [count] * 4


def test_difference_of_groups_is_made_again_with_each_set():
    """Not from two errors as if the groups had been asked apart."""
    rows, said = answers()
    design, young = respondents(said, sources(), ()).design, (rows["age"] == "young").to_numpy()
    sets = [
        np.average(rows["trust"][young], weights=rows[name][young]) - np.average(rows["trust"][~young], weights=rows[name][~young])
        for name in ("r1", "r2", "r3", "r4")
    ]
    assert design.difference(rows["trust"], young, ~young)[1] == pytest.approx(np.std(sets), rel=1e-9)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": ["r1", "gone"]}, "no column 'gone'"),
        ({"columns": ["rep_*"]}, r"no column 'rep_\*'"),
        ({"columns": ["r1"]}, "single set of weights"),
        ({"columns": ["r*"], "method": "JKn", "counts": [0.5]}, "1 numbers for 4 columns"),
    ],
)
def test_columns_that_are_not_there_are_named(change, words):
    """With what to do about it."""
    _, said = answers({"method": "bootstrap", **change})
    with pytest.raises(LayerError, match=words):
        respondents(said, sources(), ())


@pytest.mark.parametrize(("cell", "words"), [(-1.0, "holds -1 in row 3; a weight is never negative"), (np.nan, "blank in 1 row")])
def test_negative_and_blank_weights_are_refused(cell, words):
    """Column and row."""
    _, said = answers()
    said.table.loc[2, "r2"] = cell
    with pytest.raises(LayerError, match=f"column 'r2' (is )?{words}"):
        respondents(said, sources(), ())


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ({"weight_field": None}, "need weight_field"),
        ({"replicates": {"columns": ["r*"], "method": "JKn"}}, r"JKn\) needs one number a column"),
        ({"replicates": {"columns": ["r*"], "method": "Fay"}}, "rho: belongs to the method Fay"),
        ({"replicates": {"columns": ["r*"], "method": "BRR", "counts": [-1]}}, "a number below 0"),
    ],
)
def test_a_card_that_says_too_little_is_refused(survey, words):
    """Before any number is made."""
    usual = {"weight_field": "w", "replicates": {"columns": ["r*"], "method": "BRR"}}
    with pytest.raises((GeomapError, ValueError), match=words):
        layer("survey", answers()[0], kind="survey", sensitivity="survey", survey={**usual, **survey})
