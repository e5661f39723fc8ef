"""A neighbourhood on two pages: what it says, what it does not, and that nothing of the data becomes markup."""

import re

import pytest

from geomap.cli.main import main
from geomap.errors import EditionError
from geomap.report.page import page, reports_of
from geomap.report.room import breadth, cut, fitting, lines, shared
from geomap.report.second_page import Block, shelved
from geomap.workspace.fair_words import labels_in
from tests.dashboard.test_fair_words import CAUSE
from tests.dashboard.test_little_data import CITIES
from tests.editions.pairs import edition as pair_edition


def test_a_report_says_what_the_screens_say(edition):
    """Standing with its interval, the sentence on persons, who to call, biases, the edition's name, the method's fingerprint."""
    shared_by_all = reports_of(edition)
    text = page(shared_by_all, "N25")
    assert '<html lang="en">' in text
    assert "between 1st and" in text
    assert "says nothing of any one person" in text
    for title in (
        "Where it stands",
        "What protects here",
        "Who to call",
        "What people said",
        "Who has not been heard",
        "Known biases",
        "Sources",
    ):
        assert title in text
    assert edition.path.name in text
    assert edition.fingerprint in text
    assert 'role="img" aria-label="Map of' in text


def test_sources_stand_where_there_is_room_for_them():
    """A licence asks to be named: in the left column where that is short, else where they are; no block is lost."""
    few, many = (Block("Who to call", ("Somebody.",) * count, "lines") for count in (2, 45))
    right = (Block("Notes", ("A note.",) * 60, "notes"), Block("Sources", ("A source.",) * 20, "sources"))
    assert shelved((few,), right, 50) == ((few, right[1]), right[:1])
    assert shelved((many,), right, 50) == ((many,), right)


def test_a_report_asks_nothing_of_anybody(edition):
    """No script, no address, no picture from elsewhere; cells have their heads."""
    text = page(reports_of(edition), "N01")
    assert re.findall(r"<script|<img|<link|<iframe|javascript:|url\(|src=|href=", text) == []
    assert "default-src 'none'" in text
    assert text.count('scope="col"') >= 5
    assert text.count('scope="row"') >= 10


@pytest.mark.parametrize("code", ["N25", *(pytest.param(code, marks=pytest.mark.slow) for code in ("N01", "N40"))])
def test_a_report_speaks_of_no_cause_and_labels_no_place(edition, code):
    """Every word of it."""
    text = re.sub(r"<style>.*?</style>", "", page(reports_of(edition), code))
    assert [found[0] for found in CAUSE.finditer(text)] == []
    assert labels_in(text) == []


@pytest.mark.parametrize("name", CITIES)
def test_a_city_of_little_data_has_reports(tmp_path, name):
    """One place, all equal, all missing, all withheld: a page, never a trace."""
    made = pair_edition(tmp_path, **CITIES[name])
    text = page(reports_of(made), "w00")
    assert "Page 2 of 2" in text
    assert re.findall(r"\bnan\b", text) == []


def test_a_place_that_is_not_there_is_told(edition):
    """By the error of the edition."""
    with pytest.raises(EditionError, match="no neighbourhood 'nowhere'"):
        page(reports_of(edition), "nowhere")


def test_the_command_writes_one_or_all(edition, tmp_path, capsys):
    """A file for a place by its name or code; a folder for all; neither or both is a mistake."""
    assert main(["report", str(edition.path), "N25", "--to", str(tmp_path / "one.html")]) == 0
    assert "Page 1 of 2" in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert main(["report", str(edition.path), "--all", "--level", "districts", "--to", str(tmp_path / "all")]) == 0
    assert len(list((tmp_path / "all").glob("*.html"))) == 8
    assert main(["report", str(edition.path), "--to", str(tmp_path / "one.html")]) == 2
    capsys.readouterr()


def test_room_is_counted_before_anything_is_printed():
    """Broad signs take more, what is left out is counted, and what one part does not need goes to the others."""
    assert breadth("WWWW") > breadth("iiii")
    assert breadth("東京") > breadth("ab")
    assert lines("a" * 120, 60) == 3
    assert cut("one two three four", 12).endswith(" …")
    assert breadth(cut("x" * 300, 40)) <= 40
    assert "\u2028" not in cut("a\u2028b", 40)
    assert fitting(["a", "b", "c"], across=10, height=2) == (("a", "b"), 1)
    assert shared([2, 20, 20], 22) == [2, 10, 10]
