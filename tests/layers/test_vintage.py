"""The wrong vintage of boundaries is told, with the one that fits."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geomap.boundaries.atlas import Atlas
from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.crosswalk import Crosswalk
from geomap.errors import JoinError
from geomap.layers.join import demand, join
from geomap.layers.vintage import fits
from tests.shared import shared
from tests.toy import atlas, layer

OLD = Crosswalk("wards-1990", "wards", pd.DataFrame({"origin": ["keep", "mill"], "place": ["castle", "mill"], "share": 1.0}), "by lookup")


def test_every_set_and_every_vintage_of_the_lookups_is_tried():
    """Best first; blanks do not count."""
    found = fits(pd.Series(["keep", " mill", "castle", "", None]), atlas(OLD))
    assert [str(fit) for fit in found] == ["'wards' (2025-01-01): 2 of 3", "'wards-1990': 2 of 3", "'districts' (2025-01-01): 0 of 3"]
    assert found[0].share == pytest.approx(2 / 3)


def test_a_join_below_the_rate_of_the_card_names_the_lookup_that_fits():
    """The codes are those of 1990."""
    strange = layer("jobs", "ward | jobs\nkeep | 1\nmill | 2")
    with pytest.raises(JoinError, match=r"Only 1 of 2 rows.*'wards-1990' fits better: 2 of 2 rows. Name it in the card"):
        demand(join(strange, atlas(OLD), "wards"), strange, atlas(OLD))


def test_a_join_that_nothing_fits_says_so():
    """Without inventing one."""
    strange = layer("jobs", "ward | jobs\nmoon | 1")
    with pytest.raises(JoinError, match="No other boundary set here fits better"):
        demand(join(strange, atlas(OLD), "wards"), strange, atlas(OLD))


def vintage(folder: Path, year: str) -> Boundaries:
    """London's wards of a year."""
    frame = gpd.read_file(folder / f"ward_{year}.gpkg").to_crs(27700)
    code = f"WD{year[2:]}CD"
    shapes = gpd.GeoDataFrame({"name": frame[code], "parent": ""}, geometry=frame.geometry.to_numpy(), crs=frame.crs, index=frame[code].rename("code"))  # fmt: skip
    return Boundaries(
        f"ward-{year}", f"Wards of {year}", "ward", year, shapes[~shapes.index.duplicated()].sort_index(), "", "ward", "wards"
    )


def test_police_figures_of_2022_do_not_pass_for_wards_of_2018():
    """149 of 679 codes match the wards of 2018, all 679 those of 2022 (Metropolitan Police, last 12 months)."""
    folder = shared("data", "london", "boundaries")
    table = pd.read_csv(shared("data", "london", "incident", "mps_crime_last12m_ward22.csv"), dtype=str)
    wards = Atlas({name: vintage(folder, name[-4:]) for name in ("ward-2014", "ward-2018", "ward-2022")})
    crime = layer(
        "crime", table.drop_duplicates("WardCode").rename(columns={"WardCode": "ward"}), places={"boundaries": "ward-2018", "field": "ward"}
    )
    with pytest.raises(JoinError, match=r"Only 149 of 679 rows.*'ward-2022' fits better: 679 of 679 rows"):
        demand(join(crime, wards, "ward-2018"), crime, wards)


def test_the_community_needs_index_of_2017_wards_fits_no_wards_of_later_years():
    """542 of 629 on 2018, 59 on 2022."""
    folder = shared("data", "london", "boundaries")
    table = pd.read_csv(shared("data", "london", "assets", "community_needs_index_2019_ward17.csv"), dtype=str)
    found = fits(table["ward17_code"], Atlas({name: vintage(folder, name[-4:]) for name in ("ward-2018", "ward-2022")}))
    assert [(fit.boundaries, fit.matched) for fit in found] == [("ward-2018", 542), ("ward-2022", 59)]
