"""A place is opened by its postcode, where the edition lists them."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from geomap.cli.main import main
from geomap.dashboard.finder import MATCHES
from geomap.workspace.build import build
from geomap.workspace.workspace import open_workspace
from tests.conftest import copy_demo
from tests.dashboard.test_screens import MAIN, TIME

SAID = {
    "contributors": [{"title": "Marrowmere post", "roles": ["provider"]}], "licenses": [{"name": "OGL-UK-3.0"}], "geomap:period": "2025",
    "geomap:evidence": "administrative", "geomap:sensitivity": "open", "geomap:tier": "public",
    "geomap:skewed": "Postcodes of new streets come late.", "geomap:misreading": "A postcode is no place of its own.",
}  # fmt: skip


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """The demonstration city with a list of postcodes, added as a planner would, and an edition of few draws."""
    home = tmp_path_factory.mktemp("postcodes")
    folder = copy_demo(home / "city")
    rows = [f"MM{place // 10} {place % 10}{letter}A,N{place:02d}" for place in range(1, 62) for letter in "ABD"]
    (home / "postcodes.csv").write_text("\n".join(["postcode,neighbourhood", *rows, ""]), encoding="utf-8")
    assert main(["add", "--to", str(folder), "--kind", "register", str(home / "postcodes.csv")]) == 0
    card = folder / "layers/postcodes/datapackage.json"
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | SAID), encoding="utf-8")
    build(open_workspace(folder), draws=20)
    return folder


def opened(folder, monkeypatch) -> AppTest:
    """The map screen of *folder*."""
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(folder))
    return AppTest.from_file(MAIN, default_timeout=TIME).run()


def test_a_postcode_opens_its_place(listed, monkeypatch):
    """At any level; a beginning asks which; what nobody lists is said; what is typed is not in the address."""
    page = opened(listed, monkeypatch)
    page.text_input(key="postcode").input("mm24ba").run()
    assert page.session_state["place"] == "N24"
    page.text_input(key="postcode").input("MM2").run()
    assert page.session_state["place"] == "N24"
    assert len(page.selectbox(key="lying").options) == 30 < MATCHES
    page.selectbox(key="lying").select_index(3).run()
    assert page.session_state["place"] == "N21"
    page.text_input(key="postcode").input("*ZZ*").run()
    assert any("No list of postcodes here has" in one.value for one in page.caption)
    assert page.session_state["place"] == "N21"
    assert not page.exception


def test_without_a_list_there_is_no_box(demo, monkeypatch):
    """The demonstration city has none."""
    page = opened(demo, monkeypatch)
    assert page.selectbox(key="layer").options
    assert "postcode" not in {one.key for one in page.text_input}
