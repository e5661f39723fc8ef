"""A design some of whose rows bear on no other number, and one whose strata are one."""

import numpy as np
import pandas as pd
import pytest

from geomap.statistics.design import Design
from geomap.statistics.domains import Domains, domain_means
from geomap.statistics.margins import rake_to_margins
from geomap.statistics.replicates import Replicates

MARGINS = {"age": {"young": 400.0, "old": 600.0}, "sex": {"f": 520.0, "m": 480.0}}


@pytest.fixture
def sampled():
    """Sixty people in four strata, two to a household, and who are aside: one household in each stratum and all of the last stratum."""
    random = np.random.default_rng(3)
    rows = pd.DataFrame({"stratum": np.repeat(list("abcd"), [20, 18, 16, 6]), "home": np.repeat(np.arange(30), 2)})
    rows = rows.assign(
        age=random.choice(["young", "old"], 60), sex=random.choice(["f", "m"], 60), place=random.choice(["here", "there"], 60)
    )
    rows = rows.assign(y=random.integers(2, size=60).astype(float), weight=random.uniform(1, 3, 60))
    return rows, ((rows["stratum"] == "d") | rows["home"].isin([0, 12, 22])).to_numpy()


def design_of(rows, *, people=None):
    """As its columns tell."""
    return Design.of(rows["weight"], stratum=rows["stratum"], psu=rows["home"], fpc=people)


def raked(design, rows, within=None):
    """Weighted by age and sex."""
    return rake_to_margins(design, {name: rows[name].to_numpy() for name in MARGINS}, MARGINS, within=within)


@pytest.mark.parametrize("replicated", [False, True])
def test_who_is_apart_bears_on_no_other_number(sampled, replicated):
    """Means, errors and degrees of freedom are those of a sample without them, to the last digits that are arithmetic."""
    rows, aside = sampled
    both = [design_of(some) for some in (rows, rows[~aside])]
    if replicated:
        weights = rows["weight"].to_numpy()[:, None] * np.random.default_rng(1).uniform(0.5, 1.5, (60, 12))
        replicates = [Replicates.supplied(some, "bootstrap") for some in (weights, weights[~aside])]
        both = [Design(one.weights, one.stratum, one.psu, replicates=again) for one, again in zip(both, replicates, strict=True)]
    apart, without = raked(both[0].apart(aside), rows, ~aside), raked(both[1], rows[~aside])
    np.testing.assert_allclose(apart.weights[~aside], without.weights, rtol=1e-9)
    found = domain_means(apart, rows["y"], Domains.of(rows["place"].where(~aside).to_numpy()))
    pd.testing.assert_frame_equal(found, domain_means(without, rows["y"][~aside], Domains.of(rows["place"][~aside].to_numpy())), rtol=1e-9)
    assert apart.df == without.df
    assert apart.mean(rows["y"], within=~aside) == pytest.approx(without.mean(rows["y"][~aside]), rel=1e-9)


def test_nobody_apart_is_the_same_design(sampled):
    """Nothing is made anew where there is nothing to do."""
    rows, aside = sampled
    design = design_of(rows)
    assert design.apart(aside & False) is design


def test_strata_that_are_one_have_the_units_of_all(sampled):
    """The error is that of a sample from one stratum of all their units; it holds what lies between strata."""
    rows, _ = sampled
    people = rows["stratum"].map({"a": 100, "b": 200, "c": 300, "d": 400}).to_numpy(dtype=float)
    one = Design.of(rows["weight"], psu=rows["home"], fpc=np.full(60, 1_000.0))
    assert design_of(rows, people=people).collapsed().mean(rows["y"]) == pytest.approx(one.mean(rows["y"]), rel=1e-12)
    level = rows["stratum"].map({"a": 0.0, "b": 1.0, "c": 0.0, "d": 1.0})
    assert design_of(rows).mean(level)[1] < design_of(rows).collapsed().mean(level)[1]
