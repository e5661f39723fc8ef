"""The traps of real files that are about keys, names and coordinates: the raw file through add, with the answers a person would give.

trap → test. Where no raw file is shared the test is on the curated one, which its docstring says.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.overlay import by_area
from geomap.boundaries.read import read_boundaries
from geomap.errors import IntakeError, JoinError
from geomap.layers.join import demand, join
from geomap.workspace.add import add_file
from geomap.workspace.answers import Answers
from geomap.workspace.conscience import scruples
from geomap.workspace.workspace import open_workspace
from tests.shared import shared
from tests.workspace.test_add import fill
from tests.workspace.traps import copy, curated, hand_in, settled

LONDON, TORONTO, EDMONTON = ("data", "london"), ("data", "toronto"), ("data", "edmonton")
TRAPS = {
    "ward tables on the wrong vintage": "test_ward_crime_on_the_wards_of_2018_is_no_guess_and_no_build",
    "needs of 2017, ward income": "test_a_table_that_nearly_fits_a_vintage_stops_the_build",
    "LSOA 2021 on LSOA 2011": "test_areas_of_2021_on_those_of_2011_stop_the_build",
    "lookup of MSOAs that loses splits": "test_a_lookup_that_names_one_part_of_a_divided_place_is_refused",
    "PAS: one borough two ways, Westminster, City of London": "tests/workspace/test_traps_numbers.py::test_trust_by_borough_equals_the_curated_table",
    "Aviation Security": "tests/workspace/test_traps_numbers.py::test_hate_crime_by_borough_equals_the_curated_table",
    "Toronto: padded codes, NSA, four without records": "test_hate_crimes_equal_the_curated_records_by_either_code",
    "Toronto: names that differ": "test_names_of_toronto_are_proposed_and_wait_for_a_person",
    "Toronto libraries with old codes": "test_libraries_lie_where_they_lie_whatever_their_old_code_says",
    "Edmonton: OLIVER": "test_a_renamed_neighbourhood_is_what_a_person_says_it_is",
    "Datum": "test_community_centres_are_read_on_their_own_datum",
    "a file that agrees with itself and is wrong": "test_libraries_that_agree_with_themselves_are_doubted_and_put_right_by_a_word",
    "do not judge coordinates by the ward code": "test_coordinates_are_not_judged_by_the_ward_code_beside_them",
    "Edmonton schools": "test_swapped_schools_equal_the_curated_ones",
    "turnout polls without shape": "test_polls_without_a_shape_wait_for_a_word_and_turnout_equals_the_curated_table",
    "all asset points inside": "test_libraries_that_agree_with_themselves_are_doubted_and_put_right_by_a_word",
    "GHS-POP, GPW": "tests/workspace/test_traps_numbers.py::test_rasters_keep_their_nodata_and_count_what_lies_inside",
    "ward shapefiles without an EPSG code": "test_a_shapefile_without_an_epsg_code_equals_the_curated_wards",
}


@pytest.fixture(scope="module")
def toronto(tmp_path_factory):
    """Both vintages of Toronto's neighbourhoods."""
    sets = ((*TORONTO[1:], "boundaries", f"neighbourhoods_{count}.gpkg") for count in (158, 140))
    return settled(tmp_path_factory.mktemp("toronto") / "city", *sets)


@pytest.fixture(scope="module")
def edmonton(tmp_path_factory):
    """Edmonton's neighbourhoods of 2026."""
    return settled(tmp_path_factory.mktemp("edmonton") / "city", (*EDMONTON[1:], "boundaries", "neighbourhoods_2026.gpkg"))


@pytest.fixture(scope="module")
def boroughs(tmp_path_factory):
    """London's boroughs."""
    return settled(tmp_path_factory.mktemp("boroughs") / "city", (*LONDON[1:], "boundaries", "borough_2022.gpkg"))


@pytest.fixture(scope="module")
def wards(tmp_path_factory):
    """London's wards of 2018."""
    return settled(tmp_path_factory.mktemp("wards") / "city", (*LONDON[1:], "boundaries", "ward_2018.gpkg"))


def joined(city, layer, level):
    """The join that a build would make."""
    atlas = open_workspace(city).atlas
    return demand(join(layer, atlas, level), layer, atlas)


def points(layer) -> np.ndarray:
    """Longitude and latitude of each point that has a place."""
    placed = layer.points.dropna().to_crs(4326)
    return np.column_stack([placed.x, placed.y])


def test_every_trap_has_a_test_that_exists():
    """The table above names no test in vain."""
    here = {name for name in globals() if name.startswith("test_")}
    from tests.workspace import test_traps_numbers

    there = {f"tests/workspace/test_traps_numbers.py::{name}" for name in vars(test_traps_numbers) if name.startswith("test_")}
    assert set(TRAPS.values()) <= here | there
    assert {f"tests/workspace/test_traps_numbers.py::{name}" for name in test_traps_numbers.TRAPS.values()} <= there


def test_ward_crime_on_the_wards_of_2018_is_no_guess_and_no_build(wards, tmp_path):
    """149 of 679 codes: places stay blank, which is told; named all the same, the build stops; with the wards of 2022 they are found."""
    city = copy(wards, tmp_path)
    path = shared(*LONDON, "raw", "crime", "MPS Ward Level Crime (most recent 24 months) later extract.csv")
    added = add_file(path, city, name="unsaid")
    assert any("only 149 of 679 are those of 'ward-2018'" in one for one in added.told)
    assert any(one.startswith("geomap:places") for one in added.blanks)
    added.card.unlink()
    taken = hand_in(path, city, places={"boundaries": "ward-2018", "field": "WardCode"})
    with pytest.raises(JoinError, match="No other boundary set here fits better"):
        joined(city, taken.layer, "ward-2018")
    fill(add_file(shared(*LONDON, "boundaries", "ward_2022.gpkg"), city).card)
    with pytest.raises(JoinError, match="'ward-2022' fits better: 18,695 of 18,695"):
        joined(city, taken.layer, "ward-2018")
    again = hand_in(path, city, name="again")
    assert again.card["geomap:places"] == {"boundaries": "ward-2022", "field": "WardCode"}
    assert joined(city, again.layer, "ward-2022").matched == 18695


@pytest.mark.slow
def test_a_table_that_nearly_fits_a_vintage_stops_the_build(wards, tmp_path):
    """Needs by the wards of 2017 (curated; no raw file is shared): 542 of 629. Incomes: 571 of 625 on the wards of 2014, and 483 on those of 2018."""
    city = copy(wards, tmp_path)
    needs = hand_in(shared(*LONDON, "assets", "community_needs_index_2019_ward17.csv"), city, name="needs")
    assert "87 row(s) match no place" in needs.told
    with pytest.raises(JoinError, match="Only 542 of 629 rows"):
        joined(city, needs.layer, "ward-2018")
    fill(add_file(shared(*LONDON, "boundaries", "ward_2014.gpkg"), city).card)
    path = shared(*LONDON, "raw", "socioeconomic", "modelled-household-income-estimates-wards.csv")
    income = hand_in(path, city, name="income", least_match=0.9)
    assert income.card["geomap:places"]["boundaries"] == "ward-2014"
    assert joined(city, income.layer, "ward-2014").matched == 571
    assert income.layer.numbers("Mean 2001/02").iloc[0] == 65_120
    wrong = hand_in(path, city, name="wrong", places={"boundaries": "ward-2018", "field": "Code"})
    with pytest.raises(JoinError, match=r"(?s)Only 483 of 625 rows.*'ward-2014' fits better: 571 of 625"):
        joined(city, wrong.layer, "ward-2018")


@pytest.mark.slow
def test_areas_of_2021_on_those_of_2011_stop_the_build(tmp_path):
    """4,659 of 4,994 match; the 335 others look like any code (curated table; the raw one is a workbook of all England)."""
    city = settled(tmp_path / "city", (*LONDON[1:], "boundaries", "lsoa_2011.gpkg"))
    taken = hand_in(shared(*LONDON, "socioeconomic", "imd2025_lsoa21.csv"), city)
    assert "335 row(s) match no place" in taken.told
    with pytest.raises(JoinError, match="Only 4,659 of 4,994 rows"):
        joined(city, taken.layer, "lsoa-2011")


def test_a_lookup_that_names_one_part_of_a_divided_place_is_refused(tmp_path):
    """983 rows for 1,002 areas: 20 are named in none, and all that is counted goes to their twins."""
    city = settled(tmp_path / "city", (*LONDON[1:], "boundaries", "msoa_2021.gpkg"))
    folder = city / "boundaries" / "msoa-2021"
    (folder / "lookup.csv").write_bytes(shared(*LONDON, "lookups", "msoa11_to_msoa21_to_lad22.csv").read_bytes())
    import json

    card = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    card["resources"].append({"name": "lookup", "path": "lookup.csv", "format": "csv",
                              "geomap:crosswalk": {"from": "msoa-2011", "from_field": "msoa11_code", "to_field": "msoa21_code"}})  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps(card), encoding="utf-8")
    from geomap.workspace.conscience import half_lookups

    (said,) = half_lookups(open_workspace(city).atlas)
    assert "says nothing of 20 of 1,002 places" in said


@pytest.mark.parametrize("count", [158, 140])
def test_hate_crimes_equal_the_curated_records_by_either_code(toronto, tmp_path, count):
    """Zero-padded text is put right; 31 records say NSA, which a person marks as no place; four neighbourhoods have no record, a true zero."""
    city = copy(toronto, tmp_path)
    path = shared(*TORONTO, "raw", "incident", "HateCrimesOpenData.csv")
    taken = hand_in(path, city, Answers("incidents", boundaries=f"neighbourhoods-{count}"), sensitivity="counts", unplaceable=["NSA"])
    assert taken.card["geomap:places"] == {"boundaries": f"neighbourhoods-{count}", "field": f"HOOD_{count}"}
    assert "had lost or won a leading zero" in taken.told
    found = joined(city, taken.layer, f"neighbourhoods-{count}")
    assert (found.rows, found.matched, found.unmatched, found.unused) == (1805, 1774, {"marked as not placeable": 31}, 4)
    theirs = curated("toronto", "incident", "hate_crimes_records.csv")[f"hood_{count}"].str.replace(r"\.0$", "", regex=True)
    assert found.codes.fillna("").tolist() == theirs.tolist()
    years = found.codes.groupby([found.codes, taken.layer.table["OCCURRENCE_YEAR"].astype(int)]).size()
    if count == 158:
        counts = curated("toronto", "incident", "hate_crimes_by_158.csv").set_index("hood_158")
        mine = years[years.index.get_level_values(1) >= 2018].groupby(level=0).sum().reindex(counts.index, fill_value=0)
        assert mine.astype(str).tolist() == counts["hate_2018_2024"].tolist()


def test_names_of_toronto_are_proposed_and_wait_for_a_person(toronto, tmp_path):
    """Seven names of the profile are written otherwise: by dress they are alike; "Weston-Pellam Park" is only nearly so, and waits in the card."""
    names = gpd.read_file(shared(*TORONTO, "boundaries", "neighbourhoods_140.gpkg"), ignore_geometry=True)["name"]
    path = tmp_path / "by-name.csv"
    written = names.str.replace("Weston-Pellam", "Weston-Pelham").str.replace("St.James", "St. James").str.replace("'", "`")
    pd.DataFrame({"place": written, "people": range(100, 240)}).to_csv(path, index=False)
    city = copy(toronto, tmp_path)
    said = " ".join(add_file(path, city, name="unsaid").told)
    assert "If that is right, add the file with --by-name." in said
    added = add_file(path, city, name="said", answers=Answers(by_name=True))
    import json

    near = json.loads(added.card.read_text(encoding="utf-8"))["geomap:names"]
    assert not near["confirmed"]
    assert any("Weston-Pelham" in name for name in near["pairs"])
    assert any(blank.startswith("geomap:names") for blank in added.blanks)


def test_libraries_lie_where_they_lie_whatever_their_old_code_says(toronto, tmp_path):
    """100 branches by location; for some the number in NBHDNo is of the 140 neighbourhoods that are no more."""
    city = copy(toronto, tmp_path)
    taken = hand_in(shared(*TORONTO, "raw", "assets", "libraries.geojson"), city, sensitivity="open")
    found = join(taken.layer, open_workspace(city).atlas, "neighbourhoods-158")
    theirs = gpd.read_file(shared(*TORONTO, "assets", "libraries.geojson"))
    mine = points(taken.layer)
    assert len(theirs) == 100
    assert shapely.STRtree(shapely.points(mine)).query(shapely.buffer(theirs.geometry.to_numpy(), 1e-6)).shape[1] == 100
    assert found.matched >= 100


def test_a_renamed_neighbourhood_is_what_a_person_says_it_is(edmonton, tmp_path):
    """OLIVER is WÎHKWÊNTÔWIN, same ground; with that word its households are found (curated table; its raw file is of another kind)."""
    path, city = shared(*EDMONTON, "socioeconomic", "census2016_income.csv"), copy(edmonton, tmp_path)
    frame = gpd.read_file(shared(*EDMONTON, "boundaries", "neighbourhoods_2026.gpkg"), ignore_geometry=True)
    code = str(frame.loc[frame["name"].str.upper().str.startswith("WÎHKW"), "neighbourhood_number"].item())
    taken = hand_in(path, city, Answers(by_name=True))
    assert taken.card["geomap:names"]["pairs"]["OLIVER"] == ""
    pairs = taken.card["geomap:names"]["pairs"] | {"OLIVER": code}
    renamed = hand_in(path, city, Answers(by_name=True), name="renamed", names={"pairs": pairs, "confirmed": True})
    done, before = (join(one.layer, open_workspace(city).atlas, "neighbourhoods-2026") for one in (renamed, taken))
    assert done.matched == before.matched + 1
    households = curated("edmonton", "socioeconomic", "census2016_income.csv").set_index("neighbourhood_name").loc["OLIVER", "total"]
    assert renamed.layer.table.set_index(renamed.card["geomap:places"]["field"]).loc[code, "total"] == float(households)


def test_names_must_be_confirmed_before_a_layer_is_read(edmonton, tmp_path):
    """Nearly alike is no match until a person says so."""
    from geomap.errors import CardError
    from geomap.layers.read import read_layer

    added = add_file(shared(*EDMONTON, "socioeconomic", "census2016_income.csv"), copy(edmonton, tmp_path), answers=Answers(by_name=True))
    fill(added.card)
    with pytest.raises(CardError, match=r"not quite those of the boundaries, such as 'CHAPPELLE AREA'"):
        read_layer(added.card.parent)


def test_community_centres_are_read_on_their_own_datum(boroughs, tmp_path):
    """Degrees and grid agree only as OSGB36: the card says so by itself, and the points are the curated ones, 125 m from where WGS84 puts them."""
    taken = hand_in(shared(*LONDON, "raw", "assets", "Community_Centres_2019.csv"), copy(boroughs, tmp_path), Answers(kind="assets"))
    assert taken.card["geomap:places"]["crs"] == "EPSG:4277"
    assert "degrees of OSGB36 (EPSG:4277), not WGS84" in taken.told
    theirs = gpd.read_file(shared(*LONDON, "assets", "community_centres_2019.geojson")).geometry
    assert np.abs(points(taken.layer) - np.column_stack([theirs.x, theirs.y])).max() < 1e-6


def test_libraries_that_agree_with_themselves_are_doubted_and_put_right_by_a_word(boroughs, tmp_path):
    """Degrees and grid agree to 2 m and both are off: told; with --crs EPSG:4277 the points are the curated ones, and all lie in a borough."""
    path, city = shared(*LONDON, "raw", "assets", "Libraries 2023.csv"), copy(boroughs, tmp_path)
    unsaid = hand_in(path, city, Answers(kind="assets"), name="unsaid")
    assert "agree to 2 m, which does not show that they are right" in unsaid.told
    assert "every point lies 125 m off" in unsaid.told
    taken = hand_in(path, city, Answers(kind="assets", crs="EPSG:4277"))
    theirs = gpd.read_file(shared(*LONDON, "assets", "libraries_2023.geojson")).geometry
    assert np.abs(points(taken.layer) - np.column_stack([theirs.x, theirs.y])).max() < 1e-6
    found = join(taken.layer, open_workspace(city).atlas, "borough-2022")
    assert found.matched == found.rows == 347
    assert (found.codes == taken.layer.table["borough_code"]).mean() == pytest.approx(0.986, abs=0.0005)


def test_coordinates_are_not_judged_by_the_ward_code_beside_them(boroughs, tmp_path):
    """The code column was computed from one of the two pairs, so agreement with it shows nothing: points stay where their coordinates are."""
    taken = hand_in(shared(*LONDON, "raw", "assets", "Theatres_2019.csv"), copy(boroughs, tmp_path), Answers(kind="assets"))
    assert "x" in taken.card["geomap:places"]
    assert "field" not in taken.card["geomap:places"]


def test_swapped_schools_equal_the_curated_ones(edmonton, tmp_path):
    """244 of 252 are turned, 2 at (0, 0) have no place, 6 were right; without the word nothing is written."""
    path, city = shared(*EDMONTON, "raw", "schools.geojson"), copy(edmonton, tmp_path)
    with pytest.raises(IntakeError, match="latitude before longitude in 244 of 252 features"):
        add_file(path, city, name="unsaid")
    assert not (city / "layers" / "unsaid").exists()
    taken = hand_in(path, city, Answers(swapped=True))
    theirs = gpd.read_file(shared(*EDMONTON, "assets", "schools.geojson")).geometry
    assert np.abs(points(taken.layer) - np.column_stack([theirs.x, theirs.y])).max() < 1e-9
    assert taken.layer.points.isna().sum() == 2
    assert any("244 of 252 features gave latitude before longitude" in one for one in taken.layer.repairs)


def test_polls_without_a_shape_wait_for_a_word_and_turnout_equals_the_curated_table(toronto, tmp_path):
    """144 of 1,532 polls have no shape and 10 are invalid; the drawn ones overlap in 44 pairs, so they are no boundaries, but their votes are a table.

    Carried over by area all the same, as the curated table was, the drawn polls give its turnout; at the city's edge a poll is counted whole here.
    """
    path, city = shared(*TORONTO, "raw", "trust", "toronto_provincial_2025_turnout_poll_divisions.geojson"), copy(toronto, tmp_path)
    with pytest.raises(IntakeError, match=r"144 place\(s\) have no geometry"):
        add_file(path, city, name="polls")
    with pytest.raises(IntakeError, match=r"(?s)39 more pairs overlap.*144 of 1,532 features.*10 polygon\(s\) were invalid"):
        add_file(path, city, name="polls", answers=Answers(undrawn=True))
    votes = hand_in(
        path, city, Answers(kind="table", undrawn=True), name="votes", places={"boundaries": "polls", "field": "poll_id"}
    ).layer.table
    assert len(votes) == 1388
    drawn = gpd.read_file(path).dropna(subset="geometry").set_index("poll_id").to_crs(32617)
    polls = Boundaries(
        "polls",
        "Polls",
        "poll",
        "2025",
        drawn.set_geometry(shapely.make_valid(drawn.geometry.array, method="structure", keep_collapsed=False)),
    )
    hoods = open_workspace(city).atlas["neighbourhoods-158"]
    counts = votes.set_index("poll_id")[["number_of_votes", "number_of_electors"]].reindex(polls.codes)
    carried = by_area(polls, hoods).carry_table(counts, hoods.codes)
    theirs = curated("toronto", "trust", "turnout_2025_areal_158.csv").set_index("hood_158")
    mine = (carried["number_of_votes"] / carried["number_of_electors"]).reindex(theirs.index)
    apart = np.abs(mine - pd.to_numeric(theirs["turnout_est_2025"]))
    assert (apart < 1e-4).mean() > 0.85
    assert apart.max() < 0.02


def test_a_shapefile_without_an_epsg_code_equals_the_curated_wards(tmp_path):
    """The wards of 2014 as they were published: the same 630 places, to a square metre in a million."""
    import zipfile

    path = tmp_path / "wards-2014.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for end in ("shp", "shx", "dbf", "prj"):
            packed.write(shared(*LONDON, "raw", "boundaries", f"London_Ward_CityMerged_2014.{end}"), f"wards.{end}")
    city = settled(tmp_path / "city", (*LONDON[1:], "boundaries", "ward_2014.gpkg"))
    added = add_file(path, city)
    fill(added.card)
    mine, theirs = read_boundaries(added.card.parent), open_workspace(city).atlas["ward-2014"]
    assert len(mine.codes) == len(theirs.codes) == 630
    assert mine.square_kilometres.sum() == pytest.approx(theirs.square_kilometres.sum(), rel=1e-4)


def test_scruples_speak_of_half_lookups(city):
    """The demonstration city has none."""
    from datetime import date

    assert not [one for one in scruples(open_workspace(city), date(2026, 1, 1)) if "says nothing of" in one.sentence]
