"""How numbers are written: each column a row, with what is read or what is said when nobody could tell."""

import numpy as np
import pytest

from geomap.errors import IntakeError
from geomap.intake.tables import take_table
from tests.intake.tables import WARDS, column, write


@pytest.mark.parametrize(
    ("cells", "read", "about"),
    [
        (["12", "30", "7"], [12, 30, 7], ""),
        (["1.5", "2", "-3.25"], [1.5, 2, -3.25], ""),
        (["1e3", "2", "5"], [1000, 2, 5], ""),
        (["+3", "-2", "0"], [3, -2, 0], ""),
        (["1,5", "2,25", "3"], [1.5, 2.25, 3], "decimal comma"),
        (["0,123", "0,456", "0,789"], [0.123, 0.456, 0.789], "decimal comma"),
        (["1.234,5", "2.000,0", "3"], [1234.5, 2000, 3], "decimal comma"),
        (["1.234.567", "2.000.000", "3"], [1234567, 2000000, 3], "thousands"),
        (["1,234", "942", "12"], [1234, 942, 12], "thousands"),
        (["1,234.5", "2,000", "3"], [1234.5, 2000, 3], "thousands"),
        (["1,234,567", "2,000", "3"], [1234567, 2000, 3], "thousands"),
        (["12,34,567", "1,00,000", "3"], [1234567, 100000, 3], "thousands"),
        (["12 000", "1 234 567", "3"], [12000, 1234567, 3], "thousands"),
        (["12\u2009000", "12\u202f000", "12\u00a0000"], [12000, 12000, 12000], "thousands"),
        (["12'000", "1’234’567", "3"], [12000, 1234567, 3], "thousands"),
        (["£12", "£30", "£7.50"], [12, 30, 7.5], "currency"),
        (["12 €", "30 €", "7 €"], [12, 30, 7], "currency"),
        (["12%", "30 %", "7.5%"], [12, 30, 7.5], "percent"),
        (["(5)", "30", "7"], [-5, 30, 7], "parentheses"),
        (["5-", "30", "7"], [-5, 30, 7], "minus"),
        (["–5", "30", "7"], [-5, 30, 7], "minus"),
        (["१२", "30", "7"], [12, 30, 7], "digit"),
        (["-9999", "30", "7"], [np.nan, 30, 7], "missing"),
        (["-3.4e38", "30", "7"], [np.nan, 30, 7], "missing"),
        (["n/a", "30", "7"], [np.nan, 30, 7], "missing"),
        ([".", "30", "not avail"], [np.nan, 30, np.nan], "missing"),
    ],
)
def test_numbers_are_read_as_they_are_meant(tmp_path, cells, read, about):
    """What was changed is on record under its name."""
    table = column(tmp_path, cells)
    assert table.frame["value"].tolist() == pytest.approx(read, nan_ok=True)
    told = {repair.about for repair in table.repairs} - {"constant", "outlier"}
    assert not told if not about else any(about in one for one in told)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["1,5", "2.5", "3"], "mixes decimal commas and decimal points"),
        (["1.234,5", "1,234.5", "3"], "mixes decimal commas and decimal points"),
        (["1,234", "2,345", "3,456"], "ambiguous"),
        (["1e400", "2", "3"], "infinite (inf)"),
        (["∞", "2", "3"], "infinite (inf)"),
        (["£5", "€5", "3"], "more than one unit"),
        (["12%", "0.3", "7%"], "two scales"),
        (["12", "~", "7"], "'~' is no number and no known mark"),
        (["12", "7 or so", "7"], "'7 or so' is no number"),
        (["12", "1O", "7"], "'1O' is no number"),
        (["12", "#NAME?", "7"], "#NAME?"),
        (["12", "12;5", "7"], "12;5"),
        (["12", "1..5", "7"], "1..5"),
    ],
)
def test_what_nobody_could_tell_is_refused(tmp_path, cells, said):
    """By column, and by row where one cell is to blame."""
    with pytest.raises(IntakeError) as wrong:
        column(tmp_path, cells)
    assert said in str(wrong.value)
    assert "'value'" in str(wrong.value)


@pytest.mark.parametrize(
    ("mark", "low", "high"),
    [("<5", 1, 4), ("< 5", 1, 4), ("<=4", 1, 4), ("fewer than 3", 1, 2), ("less than 10", 1, 9), ("5 or fewer", 1, 5), (">95", 96, np.nan), ("100+", 100, np.nan), ("*", np.nan, np.nan), ("c", np.nan, np.nan), ("x", np.nan, np.nan), ("..", np.nan, np.nan)],
)  # fmt: skip
def test_withheld_is_neither_missing_nor_zero(tmp_path, mark, low, high):
    """Three cells, three meanings: the mark is suppressed and keeps its limits, the blank is missing, the zero is zero."""
    table = column(tmp_path, [mark, "", "0", "8", "9", "20"])
    assert table.suppressed["value"].tolist() == [True, False, False, False, False, False]
    assert table.frame["value"].tolist() == pytest.approx([np.nan, np.nan, 0, 8, 9, 20], nan_ok=True)
    assert table.intervals["value"].iloc[0].tolist() == pytest.approx([low, high], nan_ok=True)
    assert table.cells["value"].iloc[0] == mark


def test_another_column_tells_what_a_comma_means(tmp_path):
    """1,234 is read once 1,5 stands in the same file; day and month likewise."""
    rows = ["a;1,234;1,5;03/04/2025;25/12/2024", "b;2,345;2,5;04/05/2025;01/02/2024"]
    table = take_table(write(tmp_path, "code;value;other;date;second_date\n" + "\n".join(rows)))
    assert table.frame["value"].tolist() == [1.234, 2.345]
    assert table.cells["date"].tolist() == ["2025-04-03", "2025-05-04"]


def test_a_word_that_is_a_mark_elsewhere_stays_in_a_column_of_words(tmp_path):
    """A ward called C, an answer None: text is left as it is written."""
    table = take_table(write(tmp_path, "code,grade\nE05000001,C\nE05000002,None\nE05000003,x\n"), codes=WARDS.index[:3], names=WARDS)
    assert table.frame["grade"].tolist() == ["C", "None", "x"]
    assert not table.suppressed


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["31/02/2025", "13/02/2025"], "no day of the calendar"),
        (["2025-02-30", "2025-02-01"], "no day of the calendar"),
        (["3-Apr", "5-Jun"], "bands"),
    ],
)
def test_dates_that_are_none_are_refused(tmp_path, cells, said):
    """A day that no calendar has, a band that became a date."""
    with pytest.raises(IntakeError, match=said):
        column(tmp_path, cells, "size" if said == "bands" else "date")
