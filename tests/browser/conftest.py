"""Debian's Chromium, driven headless, one for all tests; they are skipped, saying so, where there is none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from geomap.workspace.build import build
from geomap.workspace.workspace import open_workspace
from tests.browser.hostile import lay_hostile
from tests.server import serving

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--proxy-server=127.0.0.1:9",  # the network is cut: nothing listens there, and only this machine's own addresses go around it
)  # fmt: skip


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium.")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration city with hostile words, and an edition of it; read it, never change it."""
    folder = lay_hostile(tmp_path_factory.mktemp("hostile") / "city")
    build(open_workspace(folder), draws=20)
    return folder


@pytest.fixture(scope="package")
def hostile_dashboard(hostile: Path) -> Iterator[str]:
    """The address of its dashboard."""
    with serving(hostile) as address:
        yield address
