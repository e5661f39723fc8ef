"""Records over time: a planted trend is found, small counts are not told, and what is not whole is left out."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from geomap.cli.main import main
from geomap.errors import UsageError
from geomap.workspace.series import _added_up, _counts, _limits, series
from geomap.workspace.workspace import open_workspace
from tests.toy import layer, residents, sources


def test_the_series_of_the_demonstration_city(demo):
    """Whole months only, at least two years, counts that add up to the records but the last month's."""
    found = series(open_workspace(demo), "incidents")
    records = open_workspace(demo).sources.layer("incidents")
    dates = records.dates(records.card.date_field)
    assert found.counts.sum() == (dates < found.counts.index[-1] + pd.DateOffset(months=1)).sum()
    low, high = found.yearly[1:]
    assert low < found.yearly[0] < high
    assert found.title.startswith("Recorded: ")


def test_weeks_begin_on_monday(demo):
    """And the first and the last, which are not whole, are left out."""
    found = series(open_workspace(demo), "incidents", every="week")
    assert set(found.counts.index.day_of_week) == {0}


def test_counts_under_the_threshold_are_not_told(demo):
    """An unusual week of fewer than five is no finding that may be published."""
    found = series(open_workspace(demo), "incidents", every="week", where={"kind": ("hate incident",)}, method="C3")
    assert found.threshold == 5
    assert (found.unusual >= 5).all()


def test_farrington_judges_what_has_years_before_it():
    """Five years of months, four of them to compare with: only the last months have a limit, and it is above the usual."""
    counts = pd.Series(20.0, index=pd.date_range("2015-01-01", periods=60, freq="MS"))
    limits = pd.Series(_limits(counts, "month", "farrington"), index=counts.index)
    assert limits.first_valid_index() == pd.Timestamp("2019-02-01")
    assert (limits.dropna() > 20).all()


def test_farrington_needs_earlier_years():
    """Two years of months are too few, and the error says what to take instead."""
    with pytest.raises(UsageError, match="C1, C2, C3"):
        _limits(pd.Series(20.0, index=pd.date_range("2015-01-01", periods=24, freq="MS")), "month", "farrington")


def test_a_table_of_counts_is_added_up_and_not_counted_by_rows():
    """Three rows a month hold 1, 2 and 10 in January and 1, 2 and 20 in February; the last month stays, since tables are made of whole ones."""
    months = [date for date in ("2020-01-01", "2020-02-01") for _ in range(3)]
    table = pd.DataFrame({"month": months, "count": ["1", "2", "10", "1", "2", "20"]})
    layer = SimpleNamespace(
        name="counts",
        table=table,
        card=SimpleNamespace(date_field="month"),
        dates=lambda name: pd.to_datetime(table[name]),
        numbers=lambda name: pd.to_numeric(table[name]),
    )
    assert _counts(layer, "month", "count").tolist() == [13, 23]
    with pytest.raises(UsageError, match="--count"):
        _counts(layer, "month", "")
    table.loc[0, "count"] = None
    with pytest.raises(UsageError, match="1 rows of 'counts' hold no number"):
        _counts(layer, "month", "count")


def test_rows_that_the_methodology_adds_up_are_no_records(demo):
    """A layer whose column an indicator adds up is refused until its column is named; a column that is not there is told."""
    workspace = open_workspace(demo)
    assert _added_up(workspace, "incidents") == ()
    with pytest.raises(UsageError, match="no column 'nonsense'"):
        series(workspace, "incidents", count="nonsense")


def test_a_layer_without_dates_has_no_series(demo):
    """And the error says what is missing."""
    with pytest.raises(UsageError, match="date_field"):
        series(open_workspace(demo), "residents")


def test_the_commands(demo, tmp_path, capsys):
    """Funnel, gap and trend answer in words and write what is asked."""
    assert main(["trend", str(demo), "incidents", "--where", "kind=harassment"]) == 0
    assert "beside the seasons" in capsys.readouterr().out
    assert main(["funnel", str(demo), "harassment", "--to", str(tmp_path / "f.csv")]) == 0
    assert main(["gap", str(demo), "pressure", "capacity", "--to", str(tmp_path / "g.html")]) == 0
    assert main(["gap", str(demo), "pressure", "capacity", "--to", str(tmp_path / "g.csv"), "--json"]) == 0
    assert {"code", "name", "gap"} <= set(pd.read_csv(tmp_path / "g.csv"))
    assert len(pd.read_csv(tmp_path / "f.csv")) > 40


@pytest.mark.parametrize("method", ["C1", "C2"])
def test_a_trend_and_its_limits_are_made_of_what_may_be_told(method):
    """One, two, three or four in the week before a week of nine: the same limit, trend and spread, since each is the middle of the band; a week of none is another thing."""

    def found(few: int):
        counts = [{104: few, 106: 9}.get(week, (0, 6, 7, 5, 8)[week % 5]) for week in range(111)]
        days = np.repeat(pd.date_range("2022-01-04", periods=111, freq="7D"), counts)
        records = layer(
            "crime",
            pd.DataFrame({"ward": "castle", "day": days}),
            kind="incidents",
            sensitivity="counts",
            date_field="day",
            period="2022-2024",
        )
        recipe = SimpleNamespace(methodology=SimpleNamespace(tier="partners"), disclosure=SimpleNamespace(threshold=5), indicator=())
        return series(SimpleNamespace(sources=sources(records, residents()), methodology=recipe), "crime", every="week", method=method)

    one, *others = (found(few) for few in (1, 2, 3, 4))
    for other in others:
        pd.testing.assert_series_equal(one.limits, other.limits)
        assert (one.yearly, one.dispersion, one.change) == (other.yearly, other.dispersion, other.change)
    assert found(0).yearly != one.yearly
