"""Importing geomap and asking for help cost next to nothing: heavy libraries are imported where they are used."""

import json
import resource
import subprocess
import sys

import pytest

HEAVY = (
    "numpy",
    "pandas",
    "geopandas",
    "shapely",
    "scipy",
    "scipy.stats",
    "streamlit",
    "folium",
    "rasterio",
    "exactextract",
    "mapclassify",
    "pyogrio",
    "pydantic",
    "tqdm",
)
LOADED = "import sys, json; print(json.dumps([name for name in sys.modules if name in set(%r)]), file=sys.stderr)"


def after(statement: str) -> list[str]:
    """Which heavy libraries are loaded after *statement* in a fresh interpreter."""
    script = f"import contextlib\nwith contextlib.suppress(SystemExit):\n    {statement}\n" + LOADED % (HEAVY,)
    return json.loads(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.splitlines()[-1])


def cpu(*command: str) -> float:
    """CPU seconds of *command*, the best of three."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        return now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(3))


def test_importing_geomap_loads_nothing_heavy():
    """Import geomap brings in the standard library only, in less than 0.6 CPU seconds."""
    assert after("import geomap") == []
    assert cpu(sys.executable, "-c", "import geomap") < 0.6


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(words):
    """Geomap --help answers before any heavy library is loaded, in less than 0.3 CPU seconds."""
    assert after(f"from geomap.cli import main; main({words!r})") == []
    assert cpu(sys.executable, "-m", "geomap", *words) < 0.3


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("geomap.workspace.build", {"streamlit", "folium", "mapclassify", "tqdm", "scipy.stats"}),
        ("geomap.editions.edition", {"streamlit", "folium", "mapclassify", "scipy", "rasterio", "exactextract"}),
        ("geomap.views.choropleth", {"streamlit", "folium", "rasterio", "exactextract"}),
        ("geomap.views.geopackage", {"streamlit", "folium"}),
    ],
)
def test_a_room_loads_only_what_it_uses(module, absent):
    """Building needs no dashboard; reading an edition needs no statistics; only the dashboard brings Streamlit."""
    assert absent & set(after(f"import {module}")) == set()
