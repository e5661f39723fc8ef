"""A table reads the same however few rows are held as text at a time."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.datapackage.package import Resource
from geomap.datapackage.tables import Table, numbers_in, read_csv
from geomap.errors import LayerError

FIELDS = [
    {"name": "day", "type": "date"},
    {"name": "kind", "type": "string"},
    {"name": "east", "type": "number"},
    {"name": "open", "type": "boolean"},
    {"name": "seats", "type": "integer"},
]
CARD = Resource.read(
    {
        "name": "data", "path": "data.csv", "format": "csv", "geomap:suppressed": ["<5"],
        "schema": {"fields": FIELDS, "fieldsMatch": "subset", "missingValues": ["", "-"]},
    },
    where="the card",
)  # fmt: skip
CELLS = st.tuples(
    st.sampled_from(["2025-01-02", "1999-12-31", "", "-"]),
    st.sampled_from(["theft", "Löwe", " arson ", "", "-"]),
    st.sampled_from(["0.1", "-7", "1e3", "", "<5"]),
    st.sampled_from(["yes", "0", ""]),
    st.sampled_from(["3", "<5", "-"]),
)


def written(folder: Path, rows: list[tuple[str, ...]]) -> Path:
    """A file with *rows* and a column that no card names."""
    path = folder / "data.csv"
    path.write_text("\n".join(["day,kind,east,open,seats,more", *(",".join((*row, "x")) for row in rows)]) + "\n", encoding="utf-8")
    return path


def same(one: Table, other: Table) -> None:
    """Both hold the same, to the bit and the type."""
    pd.testing.assert_frame_equal(one.frame, other.frame, check_exact=True, check_index_type="exact")
    for said, again in ((one.suppressed, other.suppressed), (one.bounds, other.bounds)):
        assert said.keys() == again.keys()
        for name in said:
            np.testing.assert_array_equal(said[name], again[name])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(rows=st.lists(CELLS, max_size=9), at_once=st.integers(1, 10))
def test_any_number_of_rows_at_once_reads_the_same(tmp_path, rows, at_once):
    """Batches of one row, of blanks only, and a file without rows included."""
    path = written(tmp_path, rows)
    whole = read_csv(path, CARD)
    assert len(whole.frame) == len(rows)
    same(read_csv(path, CARD, at_once=at_once), whole)


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_faults_are_named_by_column_and_row_of_the_whole_file(tmp_path, at_once):
    """Also when they lie in different batches."""
    good = ("2025-01-02", "theft", "1", "yes", "3")
    path = written(tmp_path, [good, ("2025-01-02", "theft", "far", "yes", "3"), good, ("soon", "theft", "near", "yes", "3.5")])
    with pytest.raises(LayerError) as told:
        read_csv(path, CARD, at_once=at_once)
    rows = [line.strip(" -") for line in str(told.value).splitlines()[1:]]
    assert [row.split(":")[0] for row in rows] == [
        "row 5, column 'day'", "row 3, column 'east'", "row 5, column 'east'", "row 5, column 'seats'",
    ]  # fmt: skip


@pytest.mark.parametrize("at_once", [1, 100])
def test_cells_too_many_are_refused_wherever_they_stand(tmp_path, at_once):
    """A row of the last batch has one more than the first line."""
    path = written(tmp_path, [("2025-01-02", "theft", "1", "yes", "3")] * 3)
    path.write_text(path.read_text(encoding="utf-8") + "2025-01-02,theft,1,yes,3,x,more\n", encoding="utf-8")
    with pytest.raises(LayerError, match="cannot be read as a CSV file"):
        read_csv(path, CARD, at_once=at_once)


@pytest.mark.parametrize("at_once", [1, 100])
def test_a_needless_separator_at_the_end_of_each_row_is_passed_over(tmp_path, at_once):
    """As some offices write their tables."""
    path = written(tmp_path, [("2025-01-02", "theft", "1", "yes", "3")] * 3)
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *(f"{row}," for row in rows)]) + "\n", encoding="utf-8")
    assert read_csv(path, CARD, at_once=at_once).frame["seats"].tolist() == [3.0, 3.0, 3.0]


ODD = [
    "7",
    "-0.25",
    "1e3",
    ".5",
    "5.",
    "+5",
    "1_000",
    "1,000",
    "12abc",
    "0x10",
    "inf",
    "nan",
    "true",
    " 5",
    "5 ",
    "9007199254740993",
    "1e-400",
    "\u0663",
    "\u22125",
    None,
]


@given(st.lists(st.sampled_from(ODD) | st.floats(allow_nan=False, allow_infinity=False).map(repr), max_size=4))
@settings(max_examples=200)
def test_numbers_are_those_that_pandas_reads(cells):
    """However a number is written, and whatever stands beside it, to the last bit."""
    text = pd.Series(cells, index=range(3, 3 + len(cells)), dtype="str")
    pd.testing.assert_series_equal(numbers_in(text), pd.to_numeric(text, errors="coerce").astype(float), check_exact=True)
