"""A file that does not fit its places is held to the boundary files beside them, and the one that fits is named."""

import geopandas as gpd
import pytest
import shapely

from geomap.workspace.beside import read_areas
from geomap.workspace.inspect import inspect
from tests.shared import shared


def wards(path, codes):
    """A row of square wards."""
    squares = [shapely.box(at, 51, at + 1, 52) for at in range(len(codes))]
    path.parent.mkdir(parents=True, exist_ok=True)
    gpd.GeoDataFrame({"code": codes, "name": [f"Ward {code}" for code in codes]}, geometry=squares, crs=4326).to_file(
        path, driver="GeoJSON"
    )
    return path


OLD, NEW = [f"E0500010{at}" for at in range(8)], [f"E0501320{at}" for at in range(8)]


@pytest.fixture
def table(tmp_path):
    """Numbers by the newer wards."""
    path = tmp_path / "counts.csv"
    path.write_text("ward_code,people\n" + "".join(f"{code},{1000 + at}\n" for at, code in enumerate(NEW)))
    return path


@pytest.mark.parametrize("room", ["{}.geojson", "boundaries/{}/wards.geojson"])
def test_the_files_beside_the_boundaries_are_looked_at(tmp_path, table, room):
    """In one folder, or in the folders of a workspace."""
    old = wards(tmp_path / room.format("wards-2018"), OLD)
    new = wards(tmp_path / room.format("wards-2022"), NEW)
    told = inspect(table, "table", boundaries=old)
    assert told.outcome == "refused"
    assert any(f"'{new.stem}' fits better: 8 of 8" in message for message in told.messages)
    assert inspect(table, "table", boundaries=new).outcome == "loaded"


def test_boundary_files_that_are_named_are_looked_at_instead(tmp_path, table):
    """As many as are given."""
    old, new = wards(tmp_path / "a" / "old.geojson", OLD), wards(tmp_path / "b" / "new.geojson", NEW)
    told = inspect(table, "table", boundaries=old, others=[new])
    assert any("'new' fits better: 8 of 8" in message for message in told.messages)


def test_boundaries_of_another_vintage_are_told_so_too(tmp_path):
    """Boundaries held to boundaries."""
    old, new = wards(tmp_path / "a" / "old.geojson", OLD), wards(tmp_path / "b" / "new.geojson", NEW)
    told = inspect(wards(tmp_path / "mine.geojson", NEW), "boundary", boundaries=old, others=[new])
    assert "'new' fits better: 8 of 8" in told.messages[0]


def test_a_column_that_counts_rows_is_no_code(tmp_path):
    """Small codes would match it by chance: such a table has no codes, and is refused rather than joined to the wrong places."""
    path = tmp_path / "homes.csv"
    path.write_text("ID,beds\n" + "".join(f"{at},{10 + at * 3}\n" for at in range(1, 9)))
    told = inspect(path, "table", boundaries=wards(tmp_path / "b.geojson", [str(at) for at in range(1, 9)]))
    assert told.outcome == "refused"
    assert "no column of codes" in " ".join(told.messages)


def test_homes_are_placed_by_their_points_and_not_by_their_row_numbers():
    """Toronto's list of homes for older people has an ID from 1 to 157, where neighbourhoods have codes from 1 to 174."""
    told = inspect(
        shared("data", "toronto", "assets", "senior_facilities.csv"),
        "table",
        boundaries=shared("data", "toronto", "boundaries", "neighbourhoods_158.gpkg"),
    )
    assert (told.outcome, told.rows, told.matched) == ("loaded", 157, 157)


def test_mps_wards_name_their_vintage():
    """The commonest silent error, said with the numbers of both."""
    folder = shared("data", "london", "boundaries")
    told = inspect(shared("data", "london", "incident", "mps_crime_last12m_ward22.csv"), "table", boundaries=folder / "ward_2018.gpkg")
    assert any("Only 149 of 679" in message and "'ward_2022' fits better: 679 of 679" in message for message in told.messages)


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        ("toronto/boundaries/neighbourhoods_140.gpkg", {"1", "140"}),
        ("toronto/raw/boundaries/neighbourhoods_158.geojson", {"174", "1"}),
        ("edmonton/raw/City_of_Edmonton_-_Neighbourhoods_20260117.geojson", {"2010", "3460"}),
    ],
)
def test_the_column_of_codes_is_found(file, codes):
    """Neither the row numbers nor the record ids of a portal."""
    assert codes <= {code.lstrip("0") for code in read_areas(shared("data", *file.split("/"))).codes}
