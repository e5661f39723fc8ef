"""A basemap is drawn where settings.toml names one, from its host alone; without one the page asks nobody."""

import http.server
import re
import shutil
import threading

import pytest

from geomap.dashboard.policy import policy
from geomap.errors import WorkspaceError
from geomap.workspace.settings import read_settings
from tests.browser.browser import looking
from tests.server import serving

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100a0b2d6f30000000049454e44ae426082"
)
CREDIT = "© <img src=x onerror=alert(1)> City survey"


class Tiles(http.server.BaseHTTPRequestHandler):
    """A server of tiles on this machine that remembers what it was asked for."""

    asked: list[str] = []  # noqa: RUF012  one list for the test

    def do_GET(self) -> None:
        """One transparent point, whatever the tile."""
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("content-type", "image/png")
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, *_told: object) -> None:
        """Nothing."""


@pytest.fixture
def tiles():
    """The address of a tile server."""
    Tiles.asked.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_basemap_that_was_chosen_is_drawn(chromium, demo, tiles, tmp_path):
    """Its tiles are asked for under the page's policy, its credit stands as text."""
    folder = tmp_path / "city"
    shutil.copytree(demo, folder)
    (folder / "settings.toml").write_text(f'[basemap]\ntiles = "{tiles}/{{z}}/{{x}}/{{y}}.png"\ncredit = "{CREDIT}"\n', encoding="utf-8")
    with serving(folder) as address, looking(chromium, f"{address}/?layer=risk") as seen:
        seen.painted("Risk")
        seen.page.wait_for_timeout(1_000)
        assert seen.page.locator(".gm-credit").inner_text() == CREDIT
        assert seen.page.locator(".leaflet-tile-loaded").count() > 0
        assert seen.faults == []
    assert Tiles.asked
    assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", path) for path in Tiles.asked)


def test_the_policy_names_the_host_of_the_pictures_only_where_there_is_one():
    """For pictures, and for nothing else."""
    assert "tiles.example" not in policy()
    named = [rule for rule in policy("https://tiles.example").split("; ") if "tiles.example" in rule]
    assert len(named) == 1
    assert named[0].startswith("img-src ")


@pytest.mark.parametrize(
    "tiles", ["http://tiles.example/{z}/{x}/{y}.png", "https://tiles.example/{z}/{x}.png", "https://a b/{z}/{x}/{y}", "javascript:{z}{x}{y}", "https://h;script-src */{z}/{x}/{y}"]
)  # fmt: skip
def test_what_is_no_address_of_tiles_is_refused(tmp_path, tiles):
    """Plain http from another machine, a missing part, anything that would reach into the policy."""
    (tmp_path / "settings.toml").write_text(f'[basemap]\ntiles = "{tiles}"\ncredit = "x"\n', encoding="utf-8")
    with pytest.raises(WorkspaceError, match="tiles"):
        read_settings(tmp_path)
