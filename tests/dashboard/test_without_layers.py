"""The dashboard and its server read editions only: with the raw layers gone, every screen still stands."""

import shutil

import pytest

from tests.conftest import copy_demo
from tests.dashboard.test_screens import NAMES, SCREENS, run
from tests.server import get, serving


@pytest.fixture(scope="module")
def bare(demo, tmp_path_factory):
    """The demonstration city with its edition and without its layers."""
    folder = tmp_path_factory.mktemp("bare") / "city"
    copy_demo(folder)
    shutil.copytree(demo / "editions", folder / "editions", symlinks=True)
    shutil.rmtree(folder / "layers")
    return folder


def test_every_screen_stands_without_the_layers(bare, monkeypatch):
    """One after the other: no exception, and a title."""
    test = run(bare, monkeypatch)
    for screen in NAMES:
        test.switch_page(str(SCREENS / f"{screen}.py")).run()
        assert not test.exception, screen
        assert test.title[0].value


def test_the_server_answers_without_the_layers(bare):
    """The page and its health."""
    with serving(bare) as address:
        assert get(address)[0] == 200
        assert get(f"{address}/_stcore/health")[2] == b"ok"
