"""What tests share: the demonstration city as a workspace, and an edition of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from geomap.editions.edition import Edition, read_edition
from geomap.workspace.build import build
from geomap.workspace.workspace import open_workspace
from tests.server import serving

settings.register_profile(
    "repeatable", deadline=None, derandomize=True
)  # a slow machine is no fault, and the same commit gives the same outcome
settings.load_profile("repeatable")
ROOT = Path(__file__).resolve().parent.parent
PARTS = ("boundaries", "layers", "methodology.toml", "issues.toml", "truth.json")
DRAWS = 200


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration city as it is committed, in a folder of its own, with an edition of 200 draws; read it, never change it."""
    folder = copy_demo(tmp_path_factory.mktemp("demo") / "city")
    build(open_workspace(folder), draws=DRAWS)
    return folder


@pytest.fixture(scope="session")
def edition(demo: Path) -> Edition:
    """The edition of the demonstration city."""
    return read_edition(demo)


@pytest.fixture(scope="session")
def dashboard(demo: Path) -> Iterator[str]:
    """The address of the demonstration city's dashboard."""
    with serving(demo) as address:
        yield address


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the demonstration city that a test may change."""
    return copy_demo(tmp_path / "city")


def copy_demo(folder: Path) -> Path:
    """The committed demonstration city, copied to *folder*."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part)
        else:
            shutil.copyfile(ROOT / part, folder / part)
    return folder


def without_surveys(folder: Path) -> Path:
    """The demonstration city in *folder* with no survey tabled, which takes most of a build; for tests that look at nothing of them."""
    recipe = folder / "methodology.toml"
    head, *blocks = recipe.read_text(encoding="utf-8").split("\n[[")
    kept = [block for block in blocks if not block.startswith("survey]]")]
    assert len(kept) < len(blocks)
    recipe.write_text("\n[[".join([head, *kept]), encoding="utf-8")
    return folder
