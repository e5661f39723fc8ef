"""Access to London's libraries and community centres, beside an index that others made of civic assets."""

import geopandas as gpd
import pandas as pd
import pytest

from geomap.boundaries.atlas import Atlas
from geomap.boundaries.boundaries import Boundaries
from geomap.indicators.gravity import Gravity
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from tests.shared import shared
from tests.toy import card

BRITISH = 27700


@pytest.fixture(scope="module")
def london() -> Sources:
    """The 4,994 small areas, and 1,251 libraries and community centres as one layer."""
    shapes = gpd.read_file(shared("data", "london", "boundaries", "lsoa_2021.gpkg")).to_crs(BRITISH).set_index("LSOA21CD").sort_index()
    frame = gpd.GeoDataFrame({"name": shapes["LSOA21NM"], "parent": ""}, geometry=shapes.geometry)
    files = ("libraries_2023", "community_centres_2019")
    places = pd.concat([gpd.read_file(shared("data", "london", "assets", f"{name}.geojson")).to_crs(BRITISH).geometry for name in files])
    points = gpd.GeoSeries(places.centroid.to_numpy(), crs=BRITISH)
    said = card("assets", kind="assets", places={"geometry": True})
    assets = Layer(said, pd.DataFrame({"kind": "asset"}, index=points.index), points)
    areas = Boundaries("lsoa", "Small areas", "lsoa", "2021-12-31", frame)
    return Sources(Atlas({"lsoa": areas}, ()), {"assets": assets}, "2023", ("lsoa",))


def test_access_agrees_with_the_community_needs_index(london):
    """Where more is in reach (half as much with every 800 metres), the index of 2023 sees less need of civic assets: Spearman -0.69."""
    gravity = Gravity.read({"layer": "assets", "half": 800.0}, where="gravity")
    access = gravity.finish(gravity.observe(london, "lsoa"))["value"]
    table = pd.read_csv(shared("data", "london", "assets", "community_needs_index_2023_lsoa21.csv"))
    need = table.set_index("lsoa21_code")["Civic Assets Domain Score"].reindex(access.index)
    assert need.notna().all()
    assert access.corr(need, method="spearman") == pytest.approx(-0.694, abs=0.005)
