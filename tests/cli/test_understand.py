"""geomap hotspots and geomap context, on the demonstration city."""

import json

import pandas as pd

from geomap.views.context import ASSOCIATION
from tests.cli.test_commands import tell
from tests.views.test_explanation import FORBIDDEN


def test_hot_spots_in_words_and_as_data(demo, capsys):
    """The global test stands before the clusters; the machine's answer holds every place."""
    code, out, _ = tell(capsys, "hotspots", demo, "pressure")
    assert code == 0
    assert "All together: Moran's I" in out
    assert not FORBIDDEN.search(out)
    data = json.loads(tell(capsys, "hotspots", demo, "pressure", "--json")[1])
    assert len(data["places"]) == 61
    assert data["before"] >= data["after"]


def test_hot_spots_go_into_files(demo, tmp_path, capsys):
    """A map that stands alone, and a table."""
    assert tell(capsys, "hotspots", demo, "pressure", "--to", tmp_path / "map.html")[0] == 0
    assert "Hot spots: Pressure" in (tmp_path / "map.html").read_text(encoding="utf-8")
    assert tell(capsys, "hotspots", demo, "pressure", "--to", tmp_path / "spots.csv")[0] == 0
    assert len(pd.read_csv(tmp_path / "spots.csv")) == 61


def test_hot_spots_of_two_numbers_of_a_yes_and_of_a_smoothed_rate(demo, tmp_path, capsys):
    """Each way has words, data, a map and a table; the sentence on association goes with two numbers always."""
    for way in (("--beside", "low_income"), ("--over", "5"), ("--smoothed",)):
        node = "hate_incidents" if way[0] == "--smoothed" else "pressure"
        code, out, err = tell(capsys, "hotspots", demo, node, *way, "--to", tmp_path / "map.html")
        assert (code, err) == (0, "")
        assert ("Association, not cause" in out) == (way[0] == "--beside")
        assert not FORBIDDEN.search(out.replace("Association, not cause", ""))
        page = (tmp_path / "map.html").read_text(encoding="utf-8")
        assert ("Association, not cause" in page) == (way[0] == "--beside")
        assert len(json.loads(tell(capsys, "hotspots", demo, node, *way, "--json")[1])["places"]) == 61
        assert tell(capsys, "hotspots", demo, node, *way, "--to", tmp_path / "spots.csv")[0] == 0
        assert len(pd.read_csv(tmp_path / "spots.csv")) == 61
    assert tell(capsys, "hotspots", demo, "pressure", "--smoothed")[0] == 2


def test_context_says_what_it_is_not(demo, tmp_path, capsys):
    """Association, not cause; the other level is told; the map carries the sentence as well."""
    code, out, _ = tell(capsys, "context", demo, "incidents", "socioeconomic", "--to", tmp_path / "map.html")
    assert code == 0
    assert "Association, not cause" in out
    assert "Association, not cause" in (tmp_path / "map.html").read_text(encoding="utf-8")
    assert not FORBIDDEN.search(out.replace(ASSOCIATION, ""))


def test_what_is_not_there_is_named(demo, capsys):
    """An unknown number, and a number beside itself: exit code and words."""
    code, _, err = tell(capsys, "hotspots", demo, "nonsense")
    assert code == 4
    assert "nonsense" in err
    assert tell(capsys, "context", demo, "risk", "risk")[0] == 4
