"""The screen of editions: what there is, the change where it can be said, two maps where it cannot."""

from geomap.editions.shelf import shelf
from tests.dashboard.test_screens import run, words
from tests.editions.pairs import NUMBERS, edition, indicator


def workspace(tmp_path, **changed):
    """A folder with a methodology and two editions, the newer one current."""
    edition(tmp_path)
    newer = edition(tmp_path, period="2025", **changed)
    (tmp_path / "methodology.toml").write_text((newer.path / "methodology.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_two_editions_that_are_alike_show_their_change(tmp_path, monkeypatch):
    """Grade A, a table of thirty wards with their labels, the newer one to begin with."""
    test = run(workspace(tmp_path, values=NUMBERS + 9), monkeypatch, "editions")
    assert not test.exception
    assert "grade A" in words(test)
    assert list(test.dataframe[0].value["period"]) == ["2024", "2025"]
    assert len(test.dataframe[1].value) == 30
    assert "got worse" in words(test)


def test_two_that_cannot_be_compared_show_no_difference(tmp_path, monkeypatch):
    """Grade C, the reason, no table of changes and none of the words."""
    changed = {"indicators": [indicator("trust", up="better"), indicator("strain") | {"unit": "per mille"}]}
    test = run(workspace(tmp_path, **changed), monkeypatch, "editions")
    assert not test.exception
    told = words(test)
    assert "grade C" in told
    assert "no difference is shown" in told
    assert len(test.dataframe) == 1
    assert not any(word in told for word in ("got worse", "got better"))


def test_the_shelf_knows_drafts_and_the_current_one(tmp_path):
    """Neither was published."""
    found = shelf(workspace(tmp_path) / "editions")
    assert list(found["number"]) == [0, 0]
    assert list(found["current"]) == [False, True]
