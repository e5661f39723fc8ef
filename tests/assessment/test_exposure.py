"""What counts stand against is found again from rates and limits as they are published."""

import pandas as pd
import pytest

from geomap.assessment.exposure import events_and_exposure
from geomap.statistics.intervals import poisson_interval


def test_people_are_found_again_also_where_nothing_was_events_and_exposure():
    """Rates per 1,000 of 2,000, 500 and 800 people; a zero that protects people tells no exposure, a withheld count nothing."""
    events, people = pd.Series([10, 0, 3, 0, None]), pd.Series([2.0, 0.5, 0.8, 1.0, 1.0])
    low, high = poisson_interval(events.fillna(0))
    table = pd.DataFrame(
        {"n": events, "value": events / people, "low": low / people, "high": high / people, "flags": ["", "", "", "rounded", ""]}
    )
    found = events_and_exposure(table)
    assert list(found.index) == [0, 1, 2]
    assert found["events"].tolist() == [10, 0, 3]
    assert found["exposure"].tolist() == pytest.approx([2.0, 0.5, 0.8])


def test_no_table_of_counts_no_exposure():
    """An empty table stays one."""
    assert events_and_exposure(pd.DataFrame({"n": [], "value": [], "high": [], "flags": []}, dtype=float).astype({"flags": str})).empty
