"""What an edition asks to be named by: itself, its sources, and what its maps show for orientation."""

import shutil

import geopandas as gpd
import shapely

from geomap.editions.edition import BACKDROP, Edition
from geomap.editions.files import write_places
from geomap.views.citation import attribution, citation
from tests.editions.pairs import edition


def test_a_published_edition_is_cited_by_its_number_and_day(tmp_path):
    """A draft says that it is one."""
    found = edition(tmp_path)
    assert citation(found) == f"Toy city, 2024. Draft, not published. Edition {found.path.name}, method 1 ({found.fingerprint[:12]})."
    entry = f'{{"number": 3, "edition": "{found.path.name}", "manifest": "x", "period": "2024", "version": "1", "method": "x", "tier": "public", "date": "2026-01-02"}}'
    (found.path.parent / "published.json").write_text(f'{{"published": [{entry}]}}', encoding="utf-8")
    assert "Published 2026-01-02 as number 3." in citation(found)


def test_what_a_map_shows_for_orientation_is_named_too(tmp_path):
    """Its file is given away with the river on it."""
    found = edition(tmp_path / "dry")
    shutil.copyfile(found.path / "methodology.toml", tmp_path / "methodology.toml")
    river = {"title": ["Rivers"], "source": ["Water board, ODbL"], "drawn_as": ["water"]}
    line = gpd.GeoDataFrame(river, geometry=[shapely.LineString([(0, 0), (1, 1)])], crs="EPSG:4326", index=["river"])
    write_places(tmp_path / BACKDROP, line)
    assert attribution(Edition(tmp_path, found.manifest), "wards").splitlines() == [
        *attribution(found, "wards").splitlines(),
        "Rivers, Water board, ODbL",
    ]
