"""Funnels held to OHID's three hundred labels and its table of limits."""

import numpy as np
import pytest

from geomap.statistics.funnel import LABELS, OUTER, labelled, ratio_limits, share_limits
from geomap.statistics.intervals import wilson_interval
from tests.statistics.published import told


def test_three_hundred_labels():
    """Every one."""
    rows = told("funnel_phe")["ratio_inputs"]
    found = labelled([row["obs"] for row in rows], [row["expected"] for row in rows])
    said = [row["significance"].lower() for row in rows]
    assert set(said) <= set(LABELS)
    assert found.tolist() == said


@pytest.mark.parametrize(("level", "name"), [(0.95, "2s"), (OUTER, "3s")])
def test_a_hundred_limits(level, name):
    """At the count whose own limit is the expected one the funnel passes: exactly below 10 events, and as near as Byar's limits are above."""
    rows = told("funnel_phe")["ratio_limits"]
    for side, end in ((0, "lower"), (1, "upper")):
        expected = np.array([row[f"{end}_{name}_exp_events"] for row in rows])
        ratio = np.array([row[f"{end}_{name}_isr"] for row in rows]) / 100
        found = ratio_limits(expected, level)[side]
        assert found[:9] == pytest.approx(ratio[:9], rel=1e-5)
        assert found == pytest.approx(ratio, rel=0.003)


def test_limits_of_shares_are_wilsons_turned_round():
    """A share on the limit has an interval that just touches the mean."""
    low, high = share_limits(0.3, [50, 500])
    assert wilson_interval(low * [50, 500], [50, 500])[1] == pytest.approx([0.3, 0.3])
    assert wilson_interval(high * [50, 500], [50, 500])[0] == pytest.approx([0.3, 0.3])
