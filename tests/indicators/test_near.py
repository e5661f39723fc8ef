"""Distance to the nearest asset, and assets within reach."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import GeomapError, LayerError
from geomap.indicators.catchment import Catchment
from geomap.indicators.gravity import Gravity
from geomap.indicators.nearest import Nearest
from geomap.indicators.reach import Reach
from geomap.layers.layer import Layer
from tests.indicators.test_zonal import raster
from tests.toy import CRS, EAST, KM, NORTH, card, layer, residents, sources

PEOPLE = {"layer": "residents", "field": "people"}
LIBRARIES = layer("libraries", "east | north | kind\n 0.5 | 0.5 | library\n 2.5 | -0.5 | hall", points=True, kind="assets")


def finished(measure, *layers, level="wards"):
    """The estimates of *measure*."""
    return measure.finish(measure.observe(sources(*layers, residents()), level))


def test_nearest_is_the_straight_line_from_the_middle():
    """A library in the middle of the castle: 0 m there, 1,000 m from the market, √2 km from the mill (the hall is 1,000 m away)."""
    found = finished(Nearest.read({"layer": "libraries"}, where="nearest"), LIBRARIES)["value"]
    assert found.to_dict() == pytest.approx({"castle": 0, "market": 1000, "park": 1000, "harbour": 1000, "mill": 1000, "station": 0})


def test_only_the_assets_that_are_meant():
    """Halls are not libraries."""
    found = finished(Nearest.read({"layer": "libraries", "where": {"kind": ["library"]}}, where="nearest"), LIBRARIES)["value"]
    assert found["mill"] == pytest.approx(1000 * np.sqrt(2))


def test_a_larger_place_shows_what_its_people_walk():
    """The upper district: 1,000 people at 0 m and 2,000 at 1,000 m walk 667 m on average; the empty park does not count."""
    found = finished(Nearest.read({"layer": "libraries", "mean_by": PEOPLE}, where="nearest"), LIBRARIES, level="districts")
    assert found.loc["up", "value"] == pytest.approx(2000 / 3)


def test_a_distance_says_that_it_is_as_the_crow_flies():
    """No planner should take it for a walk."""
    observed = Nearest.read({"layer": "libraries"}, where="nearest").observe(sources(LIBRARIES, residents()), "wards")
    assert "Straight-line distance" in observed.notes[-1]


def test_reach_counts_what_lies_within():
    """Within 1,100 m of the market's middle there is the library alone; within 1,500 m both."""
    near = finished(Reach.read({"layer": "libraries", "within": 1100.0}, where="reach"), LIBRARIES)["value"]
    far = finished(Reach.read({"layer": "libraries", "within": 1500.0}, where="reach"), LIBRARIES)["value"]
    assert (near["market"], far["market"]) == (1, 2)


def test_reach_per_head_counts_the_people_within_reach():
    """Within 1,100 m of the castle live the castle, the market and the harbour: 1 library for 7,000 people."""
    measure = Reach.read({"layer": "libraries", "within": 1100.0, "per": PEOPLE}, where="reach")
    assert finished(measure, LIBRARIES).loc["castle", "value"] == pytest.approx(10_000 / 7_000)


def test_assets_without_points_cannot_be_measured():
    """A list by ward has no distance, and the error says what to use instead."""
    listed = layer("libraries", "ward | kind\n castle | library", kind="assets")
    with pytest.raises(LayerError, match="Count it with a rate instead"):
        finished(Nearest.read({"layer": "libraries"}, where="nearest"), listed)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 3), st.floats(-1, 1)), min_size=1, max_size=8), st.tuples(st.floats(0, 3), st.floats(-1, 1)))
def test_one_asset_more_brings_nobody_further(places, another):
    """A new asset shortens the way or leaves it, everywhere."""

    def distances(points):
        table = "east | north\n" + "\n".join(f"{east} | {north}" for east, north in points)
        return finished(Nearest.read({"layer": "assets"}, where="nearest"), layer("assets", table, points=True, kind="assets"))["value"]

    assert (distances([*places, another]) <= distances(places) + 1e-6).all()


def test_people_set_out_from_the_cells_of_a_raster(tmp_path):
    """All of the castle's people live in its south-west quarter, 250 m from each side: 354 m to the library in its middle."""
    values = np.zeros((4, 6), dtype="float32")
    values[1, 0], values[:, 2:] = 700, 1
    people = Layer(card("cells", kind="raster", places=None), pd.DataFrame(), raster=raster(tmp_path / "p.tif", values, 500))
    measure = Nearest.read({"layer": "libraries", "people": {"layer": "cells", "field": "cells"}}, where="nearest")
    found = finished(measure, LIBRARIES, people)
    assert found.loc["castle", "value"] == pytest.approx(250 * np.sqrt(2))
    assert found.loc["harbour", "status"] == "missing"


def test_larger_places_are_means_over_the_people_of_smaller_ones():
    """People by ward, asked for by district: the same as the mean over the wards by people."""
    one = finished(Nearest.read({"layer": "libraries", "mean_by": PEOPLE}, where="nearest"), LIBRARIES, level="districts")["value"]
    other = finished(Nearest.read({"layer": "libraries", "people": PEOPLE}, where="nearest"), LIBRARIES, level="districts")["value"]
    assert other.to_dict() == pytest.approx(one.to_dict())


def test_a_detour_makes_every_way_longer():
    """1.3 times the straight line: a catchment of 1,100 m reaches 846 m."""
    found = finished(Nearest.read({"layer": "libraries", "detour": 1.3}, where="nearest"), LIBRARIES)["value"]
    assert found["market"] == pytest.approx(1300)
    assert finished(Reach.read({"layer": "libraries", "within": 1100.0, "detour": 1.3}, where="reach"), LIBRARIES)["value"].sum() == 2


HALLS = layer("halls", "east | north | seats | hours\n 0.5 | 0.5 | 100 | 10\n 2.5 | -0.5 |  | 40", points=True, kind="assets")


def test_capacity_and_hours_count():
    """100 seats for 10 hours in the castle; where seats are unknown one is counted, and the note says so."""
    measure = Reach.read({"layer": "halls", "within": 100.0, "capacity": "seats", "hours": "hours"}, where="reach")
    observed = measure.observe(sources(HALLS, residents()), "wards")
    assert measure.finish(observed)["value"][["castle", "station"]].tolist() == [1000, 40]
    assert "1 of 2 assets of 'Halls' without seats count as 1." in observed.notes


def test_a_catchment_shares_out_what_there_is():
    """Whoever lives within 1,100 m of the castle's hall shares its 100 seats: castle 1,000, market 2,000, harbour 4,000 people."""
    asked = {"layer": "halls", "people": PEOPLE, "within": 1100.0, "capacity": "seats", "method": "two_step", "where": {"hours": [10]}}
    found = finished(Catchment.read(asked, where="catchment"), HALLS)["value"]
    assert found[["castle", "market", "harbour"]].tolist() == pytest.approx([100 / 7000 * 10_000] * 3)
    assert found["mill"] == 0


@pytest.mark.parametrize("method", ["two_step", "enhanced", "three_step"])
@pytest.mark.parametrize("decay", ["steps", "gaussian"])
def test_what_all_people_have_is_what_there_is(method, decay):
    """Law: per head times people is the number of assets, whatever the method."""
    measure = Catchment.read(
        {"layer": "libraries", "people": PEOPLE, "within": 1500.0, "method": method, "decay": decay, "scale": 1}, where="catchment"
    )
    found = finished(measure, LIBRARIES)["value"]
    people = residents().numbers("people").groupby(residents().column("ward")).sum().reindex(found.index)
    assert (found.fillna(0) * people.fillna(0)).sum() == pytest.approx(2)


def test_gravity_halves_with_distance():
    """Half for each 500 m: the castle's own library 1, the hall 2,236 m away 0.045."""
    found = finished(Gravity.read({"layer": "libraries", "half": 500.0}, where="gravity"), LIBRARIES)["value"]
    assert found["castle"] == pytest.approx(1 + 0.5 ** (np.sqrt(5) * 1000 / 500))


def streets(*lines, **more):
    """A layer of lines, in km from the corner of the city."""
    shapes = gpd.GeoSeries([shapely.LineString([(EAST + x * KM, NORTH + y * KM) for x, y in line]) for line in lines], crs=CRS)
    return Layer(card("streets", kind="streets", places=None), pd.DataFrame(more, index=shapes.index), shapes)


def test_ways_along_streets():
    """One street from the market's middle round by the mill and the harbour to the library: 3 km, and nobody else has one."""
    way = streets([(1.5, 0.5), (1.5, -0.5), (0.5, -0.5), (0.5, 0.5)], minutes=[45.0])
    asked = {"layer": "libraries", "where": {"kind": ["library"]}, "along": {"layer": "streets"}}
    assert finished(Nearest.read(asked, where="nearest"), LIBRARIES, way).loc["market", "value"] == pytest.approx(3000)
    asked["along"] = {"layer": "streets", "cost": "minutes", "off_street": 80.0}
    assert finished(Nearest.read(asked, where="nearest"), LIBRARIES, way).loc["mill", "value"] == pytest.approx(30)


def test_streets_are_lines():
    """Points are no streets."""
    with pytest.raises(LayerError, match="holds no streets"):
        finished(Nearest.read({"layer": "libraries", "along": {"layer": "libraries"}}, where="nearest"), LIBRARIES)


@pytest.mark.parametrize("more", [{"method": "two_step", "bands": [[10, 1]]}, {"bands": [[9999, 1]]}, {"mean_by": PEOPLE}])
def test_catchments_that_contradict_themselves_are_refused(more):
    """Zones where all counts alike, beyond what is reached, or a mean over means."""
    with pytest.raises(GeomapError):
        Catchment.read({"layer": "halls", "people": PEOPLE, "within": 1100.0} | more, where="catchment")


WAYS = [
    Nearest.read({"layer": "refuges"}, where="nearest"),
    Nearest.read({"layer": "refuges", "mean_by": PEOPLE, "detour": 1.3}, where="nearest"),
    Reach.read({"layer": "refuges", "within": 700.0, "capacity": "beds"}, where="reach"),
    Gravity.read({"layer": "refuges", "half": 500.0}, where="gravity"),
    Catchment.read({"layer": "refuges", "people": PEOPLE, "within": 1100.0}, where="catchment"),
]


def refuges(east, north, formality="shielded", **column):
    """A hall in the castle, and a refuge so many km from the corner of the city."""
    table = {"east": [0.2, east], "north": [0.9, north], "beds": [4, 9]} | (column or {"formality": ["formal", formality]})
    return layer("refuges", pd.DataFrame(table), points=True, kind="assets")


@pytest.mark.parametrize("level", ["wards", "districts"])
@pytest.mark.parametrize("measure", WAYS, ids=lambda one: one.measure)
@settings(deadline=None, max_examples=10)
@given(east=st.floats(1.01, 1.99), north=st.floats(0.01, 0.99))
def test_nobody_can_tell_where_in_its_place_a_shielded_asset_lies(measure, level, east, north):
    """Law: wherever in the market the refuge is, every number and note is the same; three distances would find it otherwise."""
    here, there = (measure.observe(sources(refuges(*spot), residents()), level) for spot in ((1.234, 0.345), (east, north)))
    pd.testing.assert_frame_equal(here.frame, there.frame, check_exact=True)
    assert here.notes == there.notes


@pytest.mark.parametrize("measure", WAYS, ids=lambda one: one.measure)
def test_a_shielded_asset_counts_in_the_middle_of_its_place_and_the_note_says_so(measure):
    """The refuge in the market is as far as the market's middle, for each way to ask."""
    shielded = measure.observe(sources(refuges(1.234, 0.345), residents()), "wards")
    formal = measure.observe(sources(refuges(1.5, 0.5, "formal"), residents()), "wards")
    pd.testing.assert_frame_equal(shielded.frame, formal.frame)
    said = "What is informal or shielded in 'Refuges' counts as if it lay in the middle of the smallest place it is in, and is left out where it is in none."
    assert said in shielded.notes
    assert said not in formal.notes


@pytest.mark.parametrize(
    "column",
    [{"formality": ["formal", "informal"]}, {"formality": ["formal", None]}, {"shielded": ["no", "yes"]}],
    ids=["informal", "not plainly formal", "marked shielded"],
)
def test_whatever_is_no_point_on_maps_is_none_for_distances(column):
    """The market's middle is at 0 m."""
    found = finished(WAYS[0], refuges(1.234, 0.345, **column))["value"]
    assert found["market"] == pytest.approx(0)


def test_a_shielded_asset_in_no_place_is_left_out():
    """A refuge 300 m beyond the station counts for nobody; a formal one there would."""
    shielded, formal = (finished(WAYS[0], refuges(3.3, -0.5, kind))["value"]["station"] for kind in ("shielded", "formal"))
    assert formal == pytest.approx(800)
    assert shielded > 2000


def test_shielded_assets_that_all_lie_in_no_place_cannot_be_measured():
    """Nothing is left to go to, and the error says why."""
    alone = layer("refuges", "east | north | formality\n 9 | 9 | shielded", points=True, kind="assets")
    with pytest.raises(LayerError, match="none lies in a place of 'wards'"):
        finished(WAYS[0], alone)
