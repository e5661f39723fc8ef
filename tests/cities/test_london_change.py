"""London 2019 against 2025: refused for the right reasons, then done through the lookup of small areas and by one yardstick."""

import shutil

import numpy as np
import pytest

from geomap.cli.main import main
from geomap.editions.change import counted
from geomap.editions.comparison import Comparison
from geomap.errors import ComparisonError
from geomap.symbology.numbers import interval, signed
from geomap.workspace.build import build
from geomap.workspace.comparing import comparison
from geomap.workspace.workspace import open_workspace
from tests.dashboard.test_screens import run, words
from tests.shared import shared
from tests.workspaces.lay import lay

NAMES = ("london-deprivation-2019", "london-deprivation-2025")


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """Both workspaces, each with its edition."""
    shared("data", "london")
    folder = tmp_path_factory.mktemp("deprivation")
    for name in NAMES:
        build(open_workspace(lay(name, folder / name)), draws=60)
    return tuple(folder / name for name in NAMES)


@pytest.fixture(scope="module")
def bridged(editions) -> Comparison:
    """Compared through the lookup from the small areas of 2011."""
    return comparison(*editions, crosswalk=editions[1] / "boundaries" / "lsoa-2021")


def test_as_they_stand_they_are_refused(editions, capsys):
    """176 areas are gone and 335 are new; two indicators were taken out, weights moved, the scale was fitted anew; each with what can be done."""
    refused = comparison(*editions)
    assert refused.grade == "C"
    kinds = {one.kind: one.effect for one in refused.reasons("deprivation") if one.effect != "none"}
    assert kinds == {"boundary": "break", "indicator": "bridge", "weight": "bridge", "scale": "bridge"}
    assert "176 of 4,835" in refused.differences[0].sentence
    assert "335 of 4,994 are new" in refused.differences[0].sentence
    with pytest.raises(ComparisonError, match="--crosswalk"):
        refused.change("deprivation")
    assert main(["compare", *map(str, editions)]) == 7
    assert "No difference is shown" in capsys.readouterr().err


def test_through_the_lookup_and_one_scale_they_are_compared(bridged):
    """4,659 areas are what they were and keep their number of 2019 exactly; every part adds up."""
    assert bridged.grade == "B"
    table, parts = bridged.change("skills"), bridged.split("deprivation")
    old = bridged.old.numbers["skills"]["value"]
    pairs = bridged.walk.frame
    alone = pairs[~pairs["place"].duplicated(keep=False) & ~pairs["origin"].duplicated(keep=False)]
    assert len(alone) == 4_659
    assert table.loc[alone["place"], "old"].to_numpy() == pytest.approx(old[alone["origin"]].to_numpy())
    summed = parts[["data", "method", "boundary", "revision"]].sum(axis=1, skipna=False)
    assert np.allclose(parts["total"], summed, atol=1e-9, equal_nan=True)
    assert parts["total"].notna().sum() > 4_900
    assert abs(parts["boundary"]).max() < 1.5
    assert (counted(table)["got better"], counted(table)["got worse"]) > (1_000, 0)
    assert sum(counted(table).values()) == 4_994


def test_fewer_adults_are_without_qualifications_than_ten_years_before(bridged):
    """As the census has it for London: the city as a whole got better, by about two points of a hundred."""
    table = bridged.change("skills")
    assert table["change"].median() < -0.01
    assert counted(table)["got better"] > counted(table)["got worse"]


def test_the_map_of_change_is_one_file(bridged, editions, tmp_path):
    """With what was bridged in its foot."""
    target = tmp_path / "change.html"
    words = ["compare", *map(str, editions), "--crosswalk", str(editions[1] / "boundaries" / "lsoa-2021"), "--to", str(target)]
    assert main(words) == 0
    text = target.read_text(encoding="utf-8")
    assert "The places of the old edition were carried over" in text
    assert bridged.grade_of("deprivation") == "B"


def together(editions, tmp_path):
    """Both editions in one workspace, the newer one current; and the folder's name of the older."""
    home = tmp_path / "city"
    shutil.copytree(editions[1], home)
    old = (editions[0] / "editions" / "current").read_text(encoding="utf-8").strip()
    shutil.copytree(editions[0] / "editions" / old, home / "editions" / old)
    return home, old


def test_the_map_draws_the_change_through_the_lookup(editions, bridged, tmp_path, monkeypatch):
    """It says so by its grade, is the change of the comparison, and a place's profile tells its own."""
    home, _ = together(editions, tmp_path)
    shown = run(home, monkeypatch, "map", since="2019", layer="deprivation")
    assert not shown.exception
    assert "Grade B" in words(shown)
    table = shown.dataframe[0].value.set_index("code")
    assert table["change"].to_dict() == bridged.change("deprivation")["change"].reindex(table.index).to_dict()
    profile = "\n".join(str(one.value) for one in run(home, monkeypatch, "map", place=table.index[0]).get("html"))
    assert f"since then {signed(table['change'].iloc[0], 1)}" in profile


def test_a_report_tells_the_change_through_the_lookup(editions, bridged, tmp_path):
    """As the profile does."""
    home, _ = together(editions, tmp_path)
    row = bridged.change("deprivation").dropna(subset=["change"]).iloc[0]
    assert main(["report", str(home), str(row.name), "--level", "lsoa-2021", "--to", str(tmp_path / "report.html")]) == 0
    told = f"{signed(row['change'], 1)} ({interval(row['low'], row['high'], 1)}): {row['label']}"
    assert told in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_planner_chooses_the_lookup_on_the_screen_of_editions(editions, tmp_path, monkeypatch):
    """Both in one workspace: refused as they stand, with the lookup offered; with it grade B, its reasons, and a table of changes."""
    home, old = together(editions, tmp_path)
    query = {"from": old, "level": "lsoa-2021", "node": "deprivation"}
    refused = run(home, monkeypatch, "editions", **query)
    choice = next(one for one in refused.selectbox if one.label == "Carry the old places over")
    assert choice.options[0] == "not at all"
    assert choice.options[1].startswith("the lookup from lsoa-2011")
    assert "grade C" in words(refused)
    bridged = choice.select("lsoa-2021").run()
    assert not bridged.exception
    assert "grade B" in words(bridged)
    assert "The places of the old edition were carried over" in words(bridged)
    assert len(bridged.dataframe[1].value) == 4_994
