"""What boundaries must be: drawn by hand, one fault or one repair at a time."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.errors import IntakeError
from geomap.intake.areas import TakenAreas, check_areas
from geomap.intake.land import near_land
from geomap.intake.shapes import TakenShapes
from tests.intake.make import SIDE, SOUTH, WEST, wards

FILE = Path("wards.gpkg")
NARROW = 1 / (SIDE * 69_000)  # a metre, in ward widths, at the latitude of London


def changed(**columns: dict[int, object]) -> gpd.GeoDataFrame:
    """The wards with some cells changed: by column, then by row."""
    frame = wards()
    for name, cells in columns.items():
        values = list(frame[name])
        for row, value in cells.items():
            values[row] = value
        frame[name] = gpd.GeoSeries(values, crs=frame.crs) if name == "geometry" else pd.Series(values, dtype=object)
    return frame


def checked(frame: gpd.GeoDataFrame) -> TakenAreas:
    """The frame as places."""
    return check_areas(FILE, TakenShapes(frame), "code")


def box(x: float, y: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """A rectangle in ward widths from the south-western corner."""
    return shapely.box(WEST + SIDE * x, SOUTH + SIDE * y, WEST + SIDE * (x + width), SOUTH + SIDE * (y + height))


def test_sound_wards_pass_without_a_word():
    """In degrees and in metres."""
    assert checked(wards()).repairs == ()
    assert checked(wards().to_crs(27700)).repairs == ()


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (lambda: changed(geometry={1: None}), r"no geometry: 'E05000002 \(#2\)'"),
        (lambda: changed(geometry={1: shapely.Polygon()}), r"no geometry: 'E05000002 \(#2\)'"),
        (lambda: changed(geometry={1: shapely.Point(WEST, SOUTH)}), "no polygon.*point"),
        (lambda: changed(geometry={1: box(0.5, 0)}), "'E05000001' and 'E05000002' overlap by"),
        (lambda: changed(geometry={1: box(0, 0)}), "overlap wholly"),
        (lambda: changed(geometry={1: box(0.4, 0.4, 0.2, 0.2)}), "'E05000001' and 'E05000002' overlap"),
        (lambda: changed(geometry={1: shapely.box(WEST, SOUTH - 1e-9, WEST + 1e-9, SOUTH)}), "next to no area"),
        (lambda: changed(code={1: "E05000001"}), "duplicate codes: 'E05000001'"),
        (lambda: changed(code={1: None}), "no code: feature 2"),
        (lambda: changed(code={1: " "}), "no code: feature 2"),
        (lambda: changed(code={1: "E05\u200b000002"}), "control character"),
        (lambda: changed(code={1: "\u041505000002"}), r"look like Latin ones: '\[cyrillic capital letter ie\]05000002'"),
        (lambda: wards().rename(columns={"code": "x"}), "no column with an area code"),
        (lambda: wards().set_crs(27700, allow_override=True), "look like degrees"),
        (lambda: wards().to_crs(27700).set_crs(4326, allow_override=True), "metres"),
        (
            lambda: (
                wards().set_geometry(shapely.transform(wards().geometry.array, lambda xy: xy[:, ::-1])).set_crs(4326, allow_override=True)
            ),
            "swapped",
        ),
        (lambda: wards().to_crs(32760), "open sea"),
        (lambda: changed(geometry={1: shapely.box(-179, -17, 179, -16)}), "antimeridian"),
    ],
)
def test_what_stops_a_boundary_set(frame, words):
    """The place and the reason are named."""
    frame = frame()
    if "open sea" in words:
        frame = wards().to_crs(27700).set_crs(32760, allow_override=True)
    with pytest.raises(IntakeError, match=words):
        checked(frame)


def test_all_faults_are_told_at_once():
    """Two wrong codes and a wrong shape make three sentences."""
    with pytest.raises(IntakeError) as wrong:
        checked(changed(code={0: None, 1: "E05000003"}, geometry={5: None}))
    assert len(wrong.value.faults) == 3


@pytest.mark.parametrize(
    ("frame", "about", "count"),
    [
        (
            lambda: changed(
                geometry={0: shapely.Polygon([(WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (WEST + SIDE, SOUTH), (WEST, SOUTH + SIDE)])}
            ),
            "invalid",
            1,
        ),
        (
            lambda: changed(
                geometry={0: shapely.GeometryCollection([box(0, 0), shapely.LineString([(WEST, SOUTH), (WEST + SIDE, SOUTH)])])}
            ),
            "GeometryCollection",
            1,
        ),
        (lambda: changed(geometry={1: box(0.995, 0, 1.005)}), "small overlap", 1),
        (lambda: wards().drop(index=1).reset_index(drop=True), "gap", 1),
        (lambda: changed(geometry={0: box(0, 0).difference(box(0.25, 0.25, 0.5, 0.5))}), "gap", 1),
        (lambda: changed(geometry={0: shapely.box(39, 51.5, 39.01, 51.51)}), "far from", 1),
        (lambda: wards().assign(code=range(1, 7)), "text", 6),
        (lambda: changed(name={0: "Abbey\u202egnp"}), "control character", 1),
    ],
)
def test_what_is_mended_or_doubtful_is_told(frame, about, count):
    """One repair, with how often."""
    found = {repair.about: repair.count for repair in checked(frame()).repairs}
    assert found.get(about) == count


@pytest.mark.parametrize(
    "frame",
    [
        lambda: changed(geometry={1: box(0.99999, 0)}),
        lambda: changed(geometry={5: box(3, 3)}),
        lambda: changed(name={0: "<script>", 1: "=1+1", 2: "WÎHKWÊNTÔWIN", 3: "O'day'min", 4: "نیاوران"}),
    ],
)
def test_what_is_usual_passes_without_a_word(frame):
    """Slivers of digitising, islands, any name."""
    assert checked(frame()).repairs == ()


def test_slivers_are_counted_apart_and_change_nothing():
    """Two people drew one border a metre apart: once places overlap, once ground is left between them."""
    found = checked(changed(geometry={1: box(1 - NARROW, 0)}))
    assert {note.about: note.count for note in found.notes} == {"sliver": 1}
    slit = checked(changed(geometry={0: box(0, 0).difference(box(0.2, 0.3, NARROW, 0.6))}))
    assert ([note.about for note in slit.notes], found.repairs, slit.repairs) == (["sliver"], (), ())
    assert "under 2 m wide" in slit.notes[0].sentence


def test_a_tangle_is_given_up_and_not_waited_for():
    """A polygon whose edges all cross each other would take hours to mend."""
    turns = [(WEST + SIDE * (number % 2), SOUTH + SIDE * (number * 7919 % 30_011) / 30_011) for number in range(30_000)]
    with pytest.raises(IntakeError, match=r"wards\.gpkg was given up"):
        checked(changed(geometry={0: shapely.Polygon(turns)}))


@pytest.mark.parametrize(
    ("place", "land"), [((-0.12, 51.5), True), ((51.5, -0.12), False), ((55.45, -4.62), True), ((-43.7, -79.4), False), ((500, 0), False)]
)
def test_land_and_sea(place, land):
    """London and the Seychelles lie on land; London turned round, and Toronto turned round, where nobody lives."""
    assert near_land(*place) is land
