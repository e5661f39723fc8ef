"""The difference of two groups in many domains is R's in one, and the library's own in each."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, integers
from numpy.testing import assert_allclose

from geomap.statistics.domain_differences import domain_differences
from geomap.statistics.domains import Domains
from geomap.statistics.rao_scott import rao_scott
from tests.statistics.published import told
from tests.statistics.test_calibration_against_r import design_of, schools
from tests.statistics.test_domains import sample


def test_in_one_domain_it_is_rs_svyttest():
    """Estimate, t and degrees of freedom of api00 by sch.wide."""
    rows, want = schools("apistrat"), told("survey_api")["values"]["ttest"]
    found = domain_differences(
        design_of("apistrat_fpc", rows), rows["api00"], Domains.of(["all"] * len(rows)), rows["sch.wide"] == "Yes", rows["sch.wide"] == "No"
    ).iloc[0]
    assert_allclose([found["difference"], found["difference"] / found["se"], found["df"]], [want["est"], want["t"], want["df"]], rtol=1e-9)


@settings(deadline=None, max_examples=40)
@given(integers(0, 10_000), booleans(), booleans())
def test_many_at_once_are_each_by_itself(seed, clusters, calibrated):
    """Whatever the design and the calibration."""
    design, y, groups = sample(seed, clusters=clusters, calibrated=calibrated)
    one = np.random.default_rng(seed).random(len(y)) < 0.5
    found = domain_differences(design, y, Domains.of(groups), one, ~one)
    for code, row in found[(found["n"] > 0) & (found["n_other"] > 0)].iterrows():
        gap, se = design.difference(y, one & (groups == code), ~one & (groups == code))
        assert (row["difference"], row["se"]) == (pytest.approx(gap, rel=1e-9, abs=1e-12), pytest.approx(se, rel=1e-6, abs=1e-9))


def test_independence_within_a_part_keeps_the_rest_of_the_design():
    """A part that is everything is the whole test; rows outside the part, whatever they say, change nothing."""
    rows = schools("apistrat")
    design, part = design_of("apistrat_fpc", rows), (rows["enroll"] > 300).to_numpy()
    whole = rao_scott(design, rows["sch.wide"], rows["stype"])
    assert rao_scott(design, rows["sch.wide"], rows["stype"], within=np.ones(len(rows))) == whole
    turned = rows["sch.wide"].where(part, "Never")
    assert rao_scott(design, turned, rows["stype"], within=part) == rao_scott(design, rows["sch.wide"], rows["stype"], within=part) != whole
