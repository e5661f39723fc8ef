"""Empirical Bayes held to R's spdep."""

import numpy as np
import pytest

from geomap.statistics.shrinkage import marshall, marshall_local
from tests.statistics.published import adjacency, told


@pytest.fixture
def sids() -> dict:
    """Sudden infant deaths in the counties of North Carolina, 1974 to 1978."""
    return told("spatial_columbus_ncsids_scotland")["values"]["nc_sids"]


def test_all_counties(sids):
    """Spdep's EBest."""
    found, own = marshall(sids["sid74"], sids["bir74"])
    assert found == pytest.approx(sids["EBest_poisson"]["est"], rel=1e-9)
    assert ((own >= 0) & (own < 1)).all()


def test_each_with_its_neighbours(sids):
    """The EBlocal of spdep in the form of Marshall's paper; where no county around has a death spdep says nothing, and ours 0."""
    found, _ = marshall_local(sids["sid74"], sids["bir74"], adjacency(sids["neighbours"]))
    said = np.array(sids["EBlocal_geoda"], dtype=float)
    assert found == pytest.approx(np.nan_to_num(said), rel=1e-9)


def test_rates_that_vary_by_chance_alone_are_all_the_mean():
    """Ten places of one rate."""
    events = np.full(10, 12.0)
    assert marshall(events, np.full(10, 1_000.0))[0].tolist() == pytest.approx([0.012] * 10)


def test_where_nobody_lives_the_mean_stands():
    """With a weight of nothing."""
    found, own = marshall([5, 30, 0], [1_000, 1_500, 0])
    assert (found[2], own[2]) == (pytest.approx(35 / 2_500), 0)
