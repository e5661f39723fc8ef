"""Where there is little or nothing to show, every screen draws a sentence, and never a trace."""

import json

import numpy as np
import pytest

from geomap.datapackage.package import sha256
from tests.dashboard.test_screens import NAMES, run, words
from tests.editions.pairs import NUMBERS, edition
from tests.toy import square

CITIES = {
    "one place": {"places": {"w00": square(0, 0)}},
    "two places": {"places": {"w00": square(0, 0), "w01": square(1, 0)}},
    "all equal": {"values": np.full_like(NUMBERS, 50.0)},
    "all missing": {"values": np.full_like(NUMBERS, np.nan)},
    "all withheld": {"values": np.full_like(NUMBERS, np.nan), "period": "2025"},
}
SAID = {
    "one place": "There is one ward only", "all equal": "All 30 wards that have a number have the same", "all missing": "(no number: 30)",
    "all withheld": "(withheld to protect people: 30)", "two places": "2 wards",
}  # fmt: skip


@pytest.fixture(scope="module", params=CITIES)
def workspace(request, tmp_path_factory):
    """A folder with one edition of such a city, and its methodology."""
    folder = tmp_path_factory.mktemp("little")
    made = edition(folder, **CITIES[request.param])
    if request.param == "all withheld":
        withhold(made.path)
    (folder / "methodology.toml").write_text((made.path / "methodology.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return request.param, folder


def withhold(folder):
    """Writes into an edition that what is missing is withheld, with the hashes that go with it."""
    manifest = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for item in manifest["resources"]:
        path = folder / item["path"]
        if path.name in ("scores.csv", "estimates.csv"):
            path.write_text(path.read_text(encoding="utf-8").replace("missing", "suppressed"), encoding="utf-8")
            item["hash"] = f"sha256:{sha256(path)}"
    (folder / "datapackage.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize("screen", NAMES)
def test_a_screen_says_something(workspace, monkeypatch, screen):
    """A title, a sentence, no exception."""
    test = run(workspace[1], monkeypatch, screen)
    assert [one.value for one in test.exception] == []
    assert test.title[0].value
    assert any(len(text) > 30 for text in words(test).splitlines())


def test_the_map_says_what_it_cannot_show(workspace, monkeypatch):
    """Why there is one colour, or none; and the profile of a place opens all the same."""
    test = run(workspace[1], monkeypatch, "map", place="w00", layer="risk")
    assert [one.value for one in test.exception] == []
    assert SAID[workspace[0]] in words(test).replace("\\", "")
    assert any("w00" in str(block.value) for block in test.get("html"))
