"""Floating catchments held to published worked examples, to hand sums and to what must be true of any."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.statistics.catchment import Pairs, three_step, two_step
from geomap.statistics.decay import exponential, gaussian, power, stepped, thirds
from tests.shared import shared


def pairs_of(cost: np.ndarray, limit: float = np.inf) -> Pairs:
    """All pairs of a cost matrix up to *limit*."""
    origin, asset = np.nonzero(np.asarray(cost) <= limit)
    return Pairs(origin, asset, np.asarray(cost, dtype=float)[origin, asset], *np.shape(cost))


@pytest.fixture
def worked() -> dict:
    """Four places and two assets, worked by hand."""
    return json.loads(shared("data", "methods", "access_fca.json").read_text(encoding="utf-8"))


def test_the_two_step_catchment(worked):
    """30 minutes, all within counts alike."""
    case = worked["two_step"]
    pairs = pairs_of(worked["cost"], case["catchment"])
    assert two_step(pairs, worked["population"], worked["capacity"], np.ones(len(pairs.cost))) == pytest.approx(case["values"], rel=1e-9)


@pytest.mark.parametrize(("name", "steps"), [("enhanced", two_step), ("three_step", three_step)])
def test_catchments_in_zones(worked, name, steps):
    """Three zones with the weights of Luo and Qi, and of Wan."""
    case, pairs = worked[name], pairs_of(worked["cost"])
    weight = stepped(pairs.cost, [(float(end), value) for end, value in case["bands"].items()])
    assert steps(pairs, worked["population"], worked["capacity"], weight) == pytest.approx(case["values"], abs=1e-8)


@pytest.mark.parametrize("number", range(4))
def test_the_hospitals(number):
    """Two towns and a suburb with a hospital each, nobody goes further than an hour, though all are chosen among: the access package's worked example."""
    case = json.loads(shared("data", "indices", "access_2sfca", "expected.json").read_text(encoding="utf-8"))
    told = case["scenarios"][number]
    inward, outward, across, self = (told[name] for name in ("inbound", "outbound", "cross", "self"))
    cost = np.array([[self, across, inward], [across, self, inward], [outward, outward, self]], dtype=float)
    people, beds = list(case["demand"].values()), list(case["supply"].values())
    pairs = pairs_of(cost)
    choice = 1 / pairs.cost
    weight = np.where(pairs.cost < 61, choice, 0)
    assert two_step(pairs, people, beds, weight) == pytest.approx(list(told["two_sfca"].values()), rel=1e-9)
    assert three_step(pairs, people, beds, weight, choice) == pytest.approx(list(told["three_sfca"].values()), rel=1e-9)


@given(st.integers(0, 10_000))
def test_nothing_is_lost_or_made(seed):
    """Law: what all people together can use is what there is, of every asset that anybody reaches."""
    rng = np.random.default_rng(seed)
    cost, people, capacity = rng.uniform(0, 60, (9, 4)), rng.integers(1, 500, 9), rng.uniform(1, 50, 4)
    pairs = pairs_of(cost, 30)
    reached = np.isin(np.arange(4), pairs.asset)
    for steps in (two_step, three_step):
        used = steps(pairs, people, capacity, gaussian(pairs.cost, 31)) @ people
        assert used == pytest.approx(capacity[reached].sum())


def test_who_reaches_nothing_has_nothing():
    """An origin without any pair has 0; an asset nobody reaches serves nobody."""
    assert two_step(pairs_of(np.array([[5.0, 99.0], [99.0, 99.0]]), 30), [10, 10], [1, 1], np.ones(1)).tolist() == [0.1, 0.0]


def test_decays():
    """By hand: half after one half, a bell from 1 to 0, an inverse square that never is infinite, thirds of a limit."""
    assert exponential([0, 400, 800], 400).tolist() == [1, 0.5, 0.25]
    assert gaussian([0, 1000, 1001], 1000).tolist() == [1, 0, 0]
    assert power([0, 10, 20], 2, least=5).tolist() == [0.04, 0.01, 0.0025]
    assert thirds(30, (1, 0.5, 0.2)) == [(10, 1), (20, 0.5), (30, 0.2)]
