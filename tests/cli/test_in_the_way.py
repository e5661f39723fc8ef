"""Where something is in the way, a command says so in words and destroys nothing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from geomap.cli import main


@pytest.fixture
def here(demo, tmp_path, monkeypatch) -> Path:
    """A copy of the city with its edition, a file and two folders with the endings of files; commands are given in it."""
    folder = shutil.copytree(demo, tmp_path / "city")
    (folder / "file").write_text("a file", encoding="utf-8")
    for name in ("folder.csv", "folder.html", "other"):
        (folder / name).mkdir()
    (folder / "other" / "datapackage.json").write_text("{", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        "init file",
        "demo file",
        "demo new --seed -1",
        "build . --draws 50 --out file",
        "export . --to folder.csv",
        "export . --to file/x.csv",
        "export . --to other/x.csv",
        "show . --to folder.html",
        "show . --to file/x.html",
    ],
)
def test_what_is_in_the_way_is_told_in_words(here, capsys, words):
    """A file where a folder should be, a folder where a file should be, a number that cannot be: a sentence, no trace."""
    before = sorted(here.rglob("*"))
    assert main(words.split()) != 0
    assert capsys.readouterr().err.strip()
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize(
    ("room", "name"), [("layers/residents", "data.csv"), ("layers/residents", "new.gpkg"), ("boundaries/districts", "new.geojson")]
)
def test_an_export_into_other_data_changes_nothing(here, capsys, room, name):
    """It is refused before a byte is written: data of the same name stay whole, and no new file is left behind."""
    before = {path: path.read_bytes() for path in (here / room).iterdir()}
    assert main(["export", ".", "--to", f"{room}/{name}"]) == 2
    assert "Export into another folder" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (here / room).iterdir()} == before


def test_the_dashboard_is_not_started_on_a_port_that_cannot_be(here, capsys, monkeypatch):
    """Ports run from 1 to 65535; the error says so before anything is started."""
    monkeypatch.setattr("geomap.cli.serve.subprocess.run", lambda command, **_: subprocess.CompletedProcess(command, 0))
    assert main(["app", str(here), "--port", "99999999"]) != 0
    assert "port" in capsys.readouterr().err
