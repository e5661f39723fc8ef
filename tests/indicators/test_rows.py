"""Which rows a measure speaks of."""

import pandas as pd
import pytest

from geomap.errors import LayerError, MethodologyError
from geomap.indicators.rate import Rate
from geomap.indicators.rows import rows_of, year_of
from tests.toy import layer

DATED = layer(
    "incidents",
    pd.DataFrame(
        {"ward": "castle", "when": pd.to_datetime(["2023-12-31", "2024-01-01", "2025-12-31", "2026-01-01"]), "kind": ["a", "b", "a", "b"]}
    ),
    kind="incidents",
    date_field="when",
)


def kept(**asked):
    """The dates of the rows that a rate with *asked* counts in 2025."""
    measure = Rate.read({"layer": "incidents", "per": {"layer": "residents", "field": "people"}, **asked}, where="rate")
    return rows_of(DATED, measure, "2025").table["when"].dt.strftime("%Y-%m-%d").tolist()


def test_a_window_of_years_ends_with_the_period():
    """Two years up to 2025: from the first of January 2024 to the last of December 2025, both counted."""
    assert kept(window_years=2) == ["2024-01-01", "2025-12-31"]


def test_since_and_until_are_both_counted():
    """The first and the last day belong to the window."""
    assert kept(since="2023-12-31", until="2024-01-01") == ["2023-12-31", "2024-01-01"]


def test_a_window_is_given_in_one_way():
    """Years and dates together would contradict each other."""
    with pytest.raises(MethodologyError, match="either window_years or since and until"):
        Rate.read(
            {"layer": "i", "per": {"layer": "r", "field": "p"}, "window_years": 1, "since": "2024-01-01"},
            where="rate",
            error=MethodologyError,
        )


def test_dates_need_a_date_column():
    """A layer whose card names no dates cannot be cut by date."""
    measure = Rate.read({"layer": "incidents", "per": {"layer": "r", "field": "p"}, "window_years": 1}, where="rate")
    with pytest.raises(MethodologyError, match="names no geomap:date_field"):
        rows_of(layer("incidents", "ward\n castle", kind="incidents"), measure, "2025")


def test_a_value_that_never_occurs_is_an_error():
    """A misspelt kind would count nothing in silence, so it is refused with the kinds there are."""
    with pytest.raises(LayerError, match=r"never holds \['threat'\]. It holds \['a', 'b'\]"):
        kept(where={"kind": ["threat"]})


def test_a_period_without_rows_is_an_error():
    """A table of 2024 says nothing of 2025."""
    old = layer("people", pd.DataFrame({"ward": ["castle"], "year": ["2024"]}), period_field="year")
    measure = Rate.read({"layer": "people", "per": {"layer": "r", "field": "p"}}, where="rate")
    with pytest.raises(LayerError, match=r"no rows of the period '2025'. It has \['2024'\]"):
        rows_of(old, measure, "2025")


@pytest.mark.parametrize(("period", "year"), [("2025", 2025), ("2019/2021", 2021), ("April 2024 to March 2025", 2025)])
def test_the_year_of_a_period_is_the_last_it_names(period, year):
    """2021 of 2019/2021."""
    assert year_of(period) == year
