"""Design-based estimates and calibration on the California schools of R's survey package, against the numbers R gives."""

import json

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from geomap.statistics.calibration import calibrate
from geomap.statistics.design import Design, design_effect, kish_effective_size
from geomap.statistics.domains import Domains, domain_means
from geomap.statistics.jackknife import jackknife
from geomap.statistics.margins import rake_to_margins
from geomap.statistics.rao_scott import rao_scott
from tests.shared import shared

SCHOOLS = {"E": 4421, "H": 755, "M": 1018}
TARGET = {"No": 1072, "Yes": 5122}
BY_TYPE, AND_BY_RESULT = [6194, 755, 1018], [6194, 755, 1018, 3914069]
DESIGNS = pytest.mark.parametrize("name", ["apistrat_fpc", "apistrat_nofpc", "apiclus1_fpc", "apiclus1_nofpc"])


@pytest.fixture(scope="module")
def r():
    """What R 4.2.2 with survey 4.1-1 (Lumley) computes on data(api)."""
    return json.loads(shared("data", "methods", "survey_api.json").read_text())["values"]


def schools(name):
    """The sample of schools that *name* starts with."""
    return pd.read_csv(shared("data", "methods", f"api_{name.split('_')[0]}.csv"))


def design_of(name, rows):
    """R's design: apistrat is stratified by type of school, apiclus1 draws whole districts; fpc or not, as the name says."""
    how = {"stratum": rows["stype"]} if name.startswith("apistrat") else {"psu": rows["dnum"]}
    return Design.of(rows["pw"], **how, fpc=None if name.endswith("nofpc") else rows["fpc"])


def covariates(rows, *more):
    """A column of ones, one for high schools, one for middle schools, and *more*."""
    return np.column_stack([np.ones(len(rows)), rows["stype"] == "H", rows["stype"] == "M", *(rows[column] for column in more)])


def agrees(design, rows, r):
    """Means, total and their errors on calibrated weights are R's."""
    for name, mean in r["mean"]["est"].items():
        assert_allclose(design.mean(rows[name]), [mean, r["mean"]["se"][name]], rtol=1e-9)
    assert_allclose(design.total(rows["enroll"]), [r["total"]["est"]["enroll"], r["total"]["se"]["enroll"]], rtol=1e-9)


@DESIGNS
def test_means_totals_and_ratios_are_those_of_r(r, name):
    """Estimates, errors and degrees of freedom, stratified or clustered, with or without finite population correction."""
    rows, want = schools(name), r[name]
    design = design_of(name, rows)
    agrees(design, rows, want)
    assert_allclose(design.ratio(rows["api.stu"], rows["enroll"]), [want["ratio"]["est"], want["ratio"]["se"]], rtol=1e-9)
    assert design.df == want["df"]
    assert design.lonely == ()


@DESIGNS
@pytest.mark.parametrize("column", ["api00", "schwide"])
def test_means_within_a_type_of_school_are_those_of_r(r, name, column):
    """Domains keep the whole design's strata and clusters; all at once or one by one, a score or a share."""
    rows = schools(name)
    y = rows["api00"] if column == "api00" else rows["sch.wide"] == "Yes"
    want = [(found["est"], found["se"]) for found in r[name][f"domain_{column}"].values()]
    found = domain_means(design_of(name, rows), y, Domains.of(rows["stype"]))
    assert found.index.tolist() == list(r[name][f"domain_{column}"])
    assert_allclose(found[["mean", "se"]], want, rtol=1e-9)
    assert_allclose([design_of(name, rows).mean(y, within=rows["stype"] == code) for code in found.index], want, rtol=1e-9)
    assert found["n"].tolist() == rows.groupby("stype").size().tolist()


@DESIGNS
def test_the_share_of_each_type_of_school_is_that_of_r(r, name):
    """In the stratified sample the shares are known by design, so their error is 0; in the clustered one it is R's."""
    rows, want = schools(name), r[name]["stype_prop"]
    found = [design_of(name, rows).mean(rows["stype"] == kind) for kind in SCHOOLS]
    assert_allclose(found, [(want["est"][f"stype{kind}"], want["se"][f"stype{kind}"]) for kind in SCHOOLS], rtol=1e-8, atol=1e-14)


@pytest.mark.parametrize(
    ("name", "more", "totals", "how"),
    [
        ("apiclus1_cal_greg_stype", (), BY_TYPE, "linear"),
        ("apiclus1_cal_greg_stype_api99", ("api99",), AND_BY_RESULT, "linear"),
        ("apiclus1_cal_raking_stype_api99", ("api99",), AND_BY_RESULT, "raking"),
        ("apiclus1_cal_logit_stype_api99_b0.5_1.8", ("api99",), AND_BY_RESULT, "logit"),
    ],
)
def test_calibrated_estimates_and_weights_are_those_of_r(r, name, more, totals, how):
    """Linear and raking calibration on type of school and last year's result: estimates, errors and how far weights move."""
    rows = schools(name)
    design = calibrate(design_of(name, rows), covariates(rows, *more), totals, how=how, bounds=(0.5, 1.8))
    agrees(design, rows, r[name])
    moved = design.weights / rows["pw"].to_numpy()
    assert_allclose(moved[:5], r[name]["g_first5"], rtol=1e-9)
    assert_allclose([moved.min(), moved.max()], r[name]["g_range"], rtol=1e-9)
    assert_allclose(design.weights @ covariates(rows, *more), totals, rtol=1e-9)


@pytest.mark.parametrize(
    ("name", "margins", "cells"),
    [
        ("apiclus1_poststrat", {"stype": SCHOOLS}, "weights_by_stype"),
        ("apiclus1_rake", {"stype": SCHOOLS, "sch.wide": TARGET}, "cell_weights"),
    ],
)
def test_raked_estimates_and_weights_are_those_of_r(r, name, margins, cells):
    """One margin is post-stratification, two are raking: estimates, errors and the weight of each cell."""
    rows = schools(name)
    design = rake_to_margins(design_of(name, rows), {column: rows[column] for column in margins}, margins)
    agrees(design, rows, r[name])
    weights = pd.Series(design.weights).groupby(rows[list(margins)].agg("|".join, axis=1))
    assert weights.first().to_dict() == pytest.approx(r[name][cells], rel=1e-9)
    assert weights.agg(np.ptp).max() < 1e-9
    for column, people in margins.items():
        assert pd.Series(design.weights).groupby(rows[column]).sum().to_dict() == pytest.approx(people, rel=1e-9)


def test_the_effective_number_of_schools_is_that_of_r(r):
    """Kish's n and design effect, for the weights as drawn and as raked."""
    rows = schools("apistrat")
    assert_allclose(
        [kish_effective_size(rows["pw"]), design_effect(rows["pw"])], [r["kish_apistrat"]["neff"], r["kish_apistrat"]["deff"]], rtol=1e-12
    )
    rows = schools("apiclus1")
    raked = rake_to_margins(
        Design.of(rows["pw"], psu=rows["dnum"]),
        {"stype": rows["stype"], "sch.wide": rows["sch.wide"]},
        {"stype": SCHOOLS, "sch.wide": TARGET},
    ).weights
    assert_allclose([kish_effective_size(raked), design_effect(raked)], [r["kish_rake"]["neff"], r["kish_rake"]["deff"]], rtol=1e-9)


def test_the_difference_of_two_groups_is_that_of_r(r):
    """R's svyttest of api00 by sch.wide; R's p has a degree of freedom less than the design."""
    rows = schools("apistrat")
    gap, se = design_of("apistrat_fpc", rows).difference(rows["api00"], rows["sch.wide"] == "Yes", rows["sch.wide"] == "No")
    assert_allclose([gap, gap / se], [r["ttest"]["est"], r["ttest"]["t"]], rtol=1e-9)


def test_the_test_of_independence_is_that_of_r(r):
    """R's svychisq of sch.wide and stype, second-order corrected."""
    rows = schools("apistrat")
    found = rao_scott(design_of("apistrat_fpc", rows), rows["sch.wide"], rows["stype"])
    want = r["chisq"]
    assert_allclose(
        [found.statistic, found.numerator, found.denominator, found.p], [want[key] for key in ("F", "ndf", "ddf", "p")], rtol=1e-7
    )


@pytest.mark.parametrize(
    ("name", "like"),
    [("apiclus1_JK1_nofpc", "apiclus1_nofpc"), ("apistrat_JKn_nofpc", "apistrat_nofpc"), ("apiclus1_JK1_fpc", "apiclus1_fpc")],
)
def test_jackknife_errors_are_those_of_r(r, name, like):
    """A unit left out in turn, in one stratum or in several, with the finite population or without."""
    rows = schools(name)
    replicates = jackknife(design_of(like, rows))
    assert_allclose([replicates.mean(rows[column]) for column in ("api00", "enroll")], list(r[name]["se"].values()), rtol=1e-9)


@DESIGNS
def test_design_effects_are_those_of_r(r, name):
    """The variance over that of as many answers drawn at random from the same population."""
    rows = schools(name)
    for column, want in r[name]["deff"].items():
        assert design_of(name, rows).design_effect(rows[column]) == pytest.approx(want, rel=1e-7)
