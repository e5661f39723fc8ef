"""Our exports, opened by the tools of GIS analysts: GDAL's ogrinfo and QGIS."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from geomap.views.geojson import write_geojson
from geomap.views.geopackage import write_geopackage

pytestmark = pytest.mark.slow

QGIS = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1], "places", "ogr")
fields = {field.name(): field.typeName() for field in layer.fields()}
valid = all(feature.geometry().isGeosValid() for feature in layer.getFeatures())
print("FOUND " + json.dumps({"valid": layer.isValid(), "count": layer.featureCount(), "crs": layer.crs().authid(), "fields": fields, "geometry": valid}))
"""


@pytest.fixture(scope="module")
def exports(edition, tmp_path_factory) -> dict[str, Path]:
    """The demonstration city's neighbourhoods as GeoJSON and GeoPackage."""
    folder, shown = tmp_path_factory.mktemp("exports"), edition.level("neighbourhoods")
    written = {"geojson": folder / "city.geojson", "gpkg": folder / "city.gpkg"}
    write_geojson(shown, written["geojson"])
    write_geopackage(shown, written["gpkg"])
    return written


def expected(path: Path) -> set[str]:
    """The columns that the data dictionary beside an export promises."""
    card = json.loads((path.parent / "datapackage.json").read_text(encoding="utf-8"))
    return {field["name"] for resource in card["resources"] if resource["path"] == path.name for field in resource["schema"]["fields"]}


@pytest.mark.parametrize("kind", ["geojson", "gpkg"])
def test_gdal_opens_what_we_export(exports, kind):
    """61 polygons in WGS84 with every promised field."""
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not installed; on Debian: apt-get install gdal-bin.")
    # A GeoPackage has two more tables: what the columns mean, and the caveats.
    where = [str(exports[kind]), *(["neighbourhoods"] if kind == "gpkg" else [])]
    command = ["ogrinfo", "-ro", "-so", *([] if kind == "gpkg" else ["-al"]), *where]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Feature Count: 61" in said
    assert "WGS 84" in said
    assert {line.split(":")[0] for line in said.splitlines()} >= expected(exports[kind])


@pytest.mark.parametrize("kind", ["geojson", "gpkg"])
def test_qgis_opens_what_we_export(exports, kind, tmp_path):
    """QGIS finds 61 valid shapes in EPSG:4326 with every promised field, numbers as numbers."""
    python = "/usr/bin/python3"
    if shutil.which("qgis") is None and shutil.which("qgis_process") is None:
        pytest.skip("QGIS is not installed; on Debian: apt-get install qgis python3-qgis.")
    script = tmp_path / "look.py"
    script.write_text(QGIS, encoding="utf-8")
    source = str(exports[kind]) + ("|layername=neighbourhoods" if kind == "gpkg" else "")
    told = subprocess.run([python, str(script), source], capture_output=True, text=True, check=False, timeout=300)
    lines = [line for line in told.stdout.splitlines() if line.startswith("FOUND ")]
    assert lines, told.stderr
    found = json.loads(lines[0].removeprefix("FOUND "))
    assert (found["valid"], found["count"], found["crs"], found["geometry"]) == (True, 61, "EPSG:4326", True)
    assert set(found["fields"]) >= expected(exports[kind])
    assert found["fields"]["risk"].startswith("Real")
    assert found["fields"]["risk_rank"].startswith("Integer")
