"""The house keeps its floors, its names and its lock."""

import re
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import geomap
from tests.conftest import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted(path for path in (ROOT / "geomap").rglob("*.py"))


def test_the_floors_are_kept(monkeypatch):
    """Data goes one way: no room imports from a floor above it, and every room has a floor."""
    monkeypatch.chdir(ROOT)
    assert lint_imports(cache_dir=None) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "pages"])
def test_no_room_is_called_after_nothing(name):
    """A newcomer guesses the file from its name; a folder called pages would bring back Streamlit's own page list."""
    assert not [path for path in MODULES if name in path.parts or path.stem == name]


def test_files_stay_small_enough_to_read():
    """None is over 400 lines."""
    assert {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
        if len(path.read_text(encoding="utf-8").splitlines()) > 400
    } == {}


def test_every_dependency_is_locked_with_its_hash():
    """What pyproject.toml asks for is in requirements.lock, each with at least one sha256."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"(?m)^([A-Za-z0-9_.-]+)==\S+.*\\\n\s+--hash=(sha256):", lock))
    wanted = SETTINGS["project"]["dependencies"] + SETTINGS["project"]["optional-dependencies"]["dev"]
    names = {re.split(r"[>=<\[ ;]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names <= {name.lower().replace("_", "-") for name in locked}


def test_the_lock_names_no_place_but_the_package_index():
    """No file, no other host: the lock works on any machine."""
    assert not re.search(r"(?m)file:|https?://|^-|^/", (ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_every_dependency_beyond_the_core_has_its_reason():
    """The eight packages of the core need none; every other line in pyproject.toml says why."""
    core = {"geopandas", "shapely", "pyproj", "rasterio", "pandas", "folium", "streamlit", "pytest"}
    lines = re.findall(r'(?m)^    "([a-z-]+)>=[^"]*",(.*)$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    unexplained = [name for name, rest in lines if name not in core and "#" not in rest]
    assert unexplained in ([], ["ruff"])


def test_public_names_are_few_and_there():
    """About fifteen, each importable, each with a docstring."""
    assert 10 <= len(geomap.__all__) <= 20
    assert [name for name in geomap.__all__ if not getattr(geomap, name).__doc__] == []
    with pytest.raises(AttributeError, match="no public name 'nothing'"):
        _ = geomap.nothing


def test_every_module_and_public_function_says_what_it_is():
    """No module without a first line."""
    assert [path for path in MODULES if not path.read_text(encoding="utf-8").lstrip().startswith('"""')] == []


def test_the_project_is_where_its_files_say():
    """No path of a machine stands in what is shipped."""
    shipped = [
        path for path in ROOT.rglob("*") if path.suffix in {".py", ".md", ".toml", ".json", ".js", ".css", ".html"} and not _aside(path)
    ]
    assert len(shipped) > 150
    assert [
        path for path in shipped if re.search(r"/(home|root|Users|work)/", path.read_text(encoding="utf-8")) and path != Path(__file__)
    ] == []


def _aside(path: Path) -> bool:
    return bool({".venv", "build", "editions", ".git", "vendor"} & set(path.relative_to(ROOT).parts)) or ".egg-info" in str(path)
