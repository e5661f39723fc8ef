"""What becomes of every record: points given as numbers and points given as shapes find the same places, and who finds none is counted by reason."""

import geopandas as gpd
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.layers.join import NO_POINT, OUTSIDE, join
from geomap.layers.layer import Layer
from tests.toy import CRS, EAST, KM, NORTH, atlas, card

HERE = card("incidents", kind="incidents", places={"x": "x", "y": "y", "crs": CRS})
SIDES = st.one_of(st.none(), st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0, 1.5, 9.0, 9.1]))


def records(at: list[tuple[float | None, float | None]]) -> Layer:
    """A layer whose rows lie so many kilometres from the corner of the city."""
    frame = pd.DataFrame(at, columns=["east", "north"], dtype=float)
    return Layer(HERE, pd.DataFrame({"x": EAST + frame["east"] * KM, "y": NORTH + frame["north"] * KM}))


def test_records_in_no_place_are_counted_by_reason_and_named():
    """Inside mill; on the border of castle and market; outside twice in the same spot, then elsewhere; half a coordinate."""
    done = join(records([(1.5, -0.5), (1.0, 0.5), (9.0, 9.0), (9.0, 9.0), (9.5, 9.0), (1.0, None)]), atlas(), "wards")
    assert done.codes.dropna().to_dict() == {0: "mill", 1: "castle"}
    wards = list(atlas()["wards"].codes)
    assert done.place_of(pd.Index([5, 1, 0, 7])).tolist() == [-1, wards.index("castle"), wards.index("mill"), -1]
    assert done.unmatched == {NO_POINT: 1, OUTSIDE: 3}
    assert done.examples == {NO_POINT: (), OUTSIDE: ("(509000.0, 5709000.0)", "(509500.0, 5709000.0)")}
    assert done.notes == ("1 point(s) on a shared border went to the place whose code comes first.",)


@given(at=st.lists(st.tuples(SIDES, SIDES), max_size=9))
@settings(max_examples=30, deadline=None)
def test_points_as_shapes_find_the_same_places(at):
    """The ledgers of both agree in every word."""
    numbers = records(at)
    shapes = Layer(HERE, numbers.table, gpd.GeoSeries(numbers.points, crs=CRS))
    one, other = (join(layer, atlas(), "wards") for layer in (numbers, shapes))
    assert one.as_record() == other.as_record()
    pd.testing.assert_series_equal(one.codes, other.codes)


def test_rows_taken_keep_their_points():
    """The second of three rows is where it was."""
    layer = records([(0.5, 0.5), (1.5, 0.5), (2.5, 0.5)])
    taken = layer.take(layer.table["x"].to_numpy() == EAST + 1.5 * KM)
    assert [(point.x, point.y) for point in taken.points] == [(EAST + 1.5 * KM, NORTH + 0.5 * KM)]
    assert taken.points.crs == CRS
