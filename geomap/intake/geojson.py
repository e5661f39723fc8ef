"""GeoJSON by Python's own JSON reader and shapely; GDAL never sees it, no link in it is followed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geomap.errors import IntakeError
from geomap.intake.crs import crs_of_geojson
from geomap.intake.json_text import read_json
from geomap.intake.limits import FEATURES
from geomap.intake.positions import DEPTH, NoShapeError, shapes_of
from geomap.intake.properties import table_of
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.words import listed, shown
from geomap.worded import worded

FAULTS_SHOWN = 10
NOTES = {
    "closed": worded("{n} feature(s) have a ring that is not closed; it was closed."),
    "dimension": worded(
        "{n} feature(s) have coordinates of more than three numbers, a dimension nobody declared; only the first two were read."
    ),
    "GeometryCollection": worded("{n} feature(s) are a GeometryCollection; what is no area in them was left out."),
}


@dataclass
class _Drawn:
    """Shapes by the number of their feature, what could not be drawn, and what was done to draw the rest."""

    shapes: np.ndarray
    faults: dict[int, str] = field(default_factory=dict)
    noted: dict[str, set[int]] = field(default_factory=dict)


def read_geojson(path: Path) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """The features of a GeoJSON FeatureCollection, and what was repaired."""
    text = read_json(path)
    features = _features(path, text.document)
    crs = crs_of_geojson(path, text.document)
    drawn = _draw([feature.get("geometry") for feature in features])
    if drawn.faults:
        raise IntakeError(
            worded("{file} holds {count} feature(s) that cannot be drawn:", file=name_of(path), count=len(drawn.faults)),
            _told(drawn.faults),
        )
    table, repairs = table_of([feature.get("properties") or {} for feature in features], text.constants, name_of(path))
    repairs = [*text.repairs, *repairs, *_notes(drawn), *_same_ids(features)]
    return gpd.GeoDataFrame(table, geometry=drawn.shapes, crs=crs), repairs


def _features(path: Path, document: Any) -> list[dict[str, Any]]:  # noqa: ANN401  anything JSON can say
    kind = str(document.get("type")) if isinstance(document, dict) else ""
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list) or not features:
            raise IntakeError(worded("{file} is a FeatureCollection with no features. Export it again with its areas.", file=name_of(path)))
        if len(features) > FEATURES:
            raise IntakeError(
                worded(
                    "{file} is too large: {count} features, at most {most} are read.",
                    file=name_of(path),
                    count=len(features),
                    most=FEATURES,
                )
            )
        _refuse_others(path, features)
        return features
    if kind == "Feature" or kind in DEPTH or kind == "GeometryCollection":
        raise IntakeError(
            worded(
                "{file} holds one area or shape only ({kind}); there is nothing to compare. Export a FeatureCollection with all areas.",
                file=name_of(path),
                kind=kind,
            )
        )
    said = {"Topology": worded("it is TopoJSON"), "gdal_streamed_alg": worded("it is a GDAL pipeline, which would run commands")}.get(
        kind, worded("it is Esri JSON") if isinstance(document, dict) and "geometryType" in document else worded("it is other JSON")
    )
    raise IntakeError(
        worded("{file} is not GeoJSON: {said}. Export it as a GeoJSON FeatureCollection or as a GeoPackage.", file=name_of(path), said=said)
    )


def _refuse_others(path: Path, features: list[Any]) -> None:
    wrong = [number for number, feature in enumerate(features, 1) if not _is_feature(feature)]
    if wrong:
        raise IntakeError(
            worded(
                "{file}: {count} entries of 'features' are no GeoJSON features, the first is number {number}. Export it again.",
                file=name_of(path),
                count=len(wrong),
                number=str(wrong[0]),
            )
        )


def _is_feature(found: Any) -> bool:  # noqa: ANN401  anything JSON can say
    parts = ("geometry", "properties")
    return isinstance(found, dict) and found.get("type") == "Feature" and all(isinstance(found.get(part), dict | None) for part in parts)


def _draw(geometries: Sequence[dict[str, Any] | None]) -> _Drawn:
    drawn = _Drawn(np.full(len(geometries), None, dtype=object))
    kinds: dict[str, list[int]] = {}
    for number, geometry in enumerate(geometries):
        if geometry:
            kinds.setdefault(str(geometry.get("type")), []).append(number)
    for kind, numbers in kinds.items():
        if kind in DEPTH:
            _draw_kind(drawn, kind, numbers, [geometries[number].get("coordinates") for number in numbers])
        else:
            _one_by_one(drawn, numbers, [geometries[number] for number in numbers])
    return drawn


def _draw_kind(drawn: _Drawn, kind: str, numbers: list[int], coordinates: list[Any]) -> None:
    """All shapes of a kind at once; where one cannot be drawn, one at a time, so that each fault has its feature."""
    notes: set[str] = set()
    try:
        drawn.shapes[numbers] = shapes_of(kind, coordinates, notes)
    except NoShapeError:
        notes.add("again")
    if notes:
        _one_by_one(drawn, numbers, [{"type": kind, "coordinates": one} for one in coordinates])


def _one_by_one(drawn: _Drawn, numbers: list[int], geometries: list[dict[str, Any]]) -> None:
    for number, geometry in zip(numbers, geometries, strict=True):
        notes: set[str] = set()
        try:
            drawn.shapes[number] = _shape(geometry, notes)
        except NoShapeError as wrong:
            drawn.faults[number] = str(wrong)
        for note in notes:
            drawn.noted.setdefault(note, set()).add(number)


def _shape(geometry: dict[str, Any], notes: set[str]) -> shapely.Geometry:
    kind, parts = str(geometry.get("type")), geometry.get("geometries")
    if kind in DEPTH:
        return shapes_of(kind, [geometry.get("coordinates")], notes)[0]
    if kind != "GeometryCollection" or not isinstance(parts, list):
        raise NoShapeError(worded("{kind} is no kind of geometry", kind=shown(kind)))
    if not all(isinstance(part, dict) and str(part.get("type")) in DEPTH for part in parts):
        raise NoShapeError(worded("a GeometryCollection may hold only plain shapes, no other collection"))
    notes.add("GeometryCollection")
    return shapely.GeometryCollection([_shape(part, notes) for part in parts])


def _told(faults: dict[int, str]) -> tuple[str, ...]:
    more = len(faults) - FAULTS_SHOWN
    first = [worded("feature {number}: {why}.", number=str(number + 1), why=why) for number, why in sorted(faults.items())[:FAULTS_SHOWN]]
    return (*first, *([worded("and {more} more faults.", more=more)] if more > 0 else []))


def _notes(drawn: _Drawn) -> list[Repair]:
    return [
        Repair(note, NOTES[note].format(n=len(numbers)), len(numbers), tuple(f"feature {number + 1}" for number in sorted(numbers)[:3]))
        for note, numbers in drawn.noted.items()
        if note != "GeometryCollection"
    ]


def _same_ids(features: list[dict[str, Any]]) -> list[Repair]:
    ids = [repr(feature["id"]) for feature in features if "id" in feature]
    twice = len(ids) - len(set(ids))
    said = worded(
        "{twice} feature(s) have an id that another has too ({examples}); the ids are not used.",
        twice=str(twice),
        examples=listed(sorted(set(ids))[:3]),
    )
    return [Repair("id", said, twice)] if twice else []
