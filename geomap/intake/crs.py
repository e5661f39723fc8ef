"""Which coordinates a file uses: by its own word, never by a link, never by a guess."""

import re
from pathlib import Path
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

from geomap.errors import IntakeError
from geomap.intake.recognise import name_of
from geomap.intake.words import shown
from geomap.worded import worded

WGS84 = "EPSG:4326"
NAMED = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|ESRI|OGC)(?::[0-9.]*)?:([A-Za-z0-9]+)", re.IGNORECASE)
LONGEST_WKT = 20_000
REMEDY = worded("Set the coordinate reference system in a GIS, such as EPSG:4326 or EPSG:27700, and export it again.")


def crs_of_geojson(path: Path, document: dict[str, Any]) -> CRS:
    """WGS84, as the standard says, or the CRS that an older file names by its code."""
    if "crs" not in document:
        return CRS.from_user_input(WGS84)
    given = document["crs"]
    if given is None:
        raise IntakeError(
            worded("{file} says 'crs': null, so its coordinate reference system is not known.", file=name_of(path)) + f" {REMEDY}"
        )
    properties = given.get("properties") if isinstance(given, dict) else None
    name = properties.get("name") if isinstance(properties, dict) and given.get("type") == "name" else None
    if not isinstance(name, str):
        what = shown(given.get("type")) if isinstance(given, dict) else shown(given)
        raise IntakeError(
            worded(
                "{file} does not name its coordinate reference system: its 'crs' is {what}; links are never followed.",
                file=name_of(path),
                what=what,
            )
            + f" {REMEDY}"
        )
    return named(path, name)


def named(path: Path, name: str) -> CRS:
    """The CRS with an authority's code, such as EPSG:27700 or urn:ogc:def:crs:OGC:1.3:CRS84."""
    found = NAMED.fullmatch(name.strip())
    if found and found[2].upper() == "CRS84":
        return CRS.from_user_input(WGS84)
    try:
        return CRS.from_authority(found[1].upper(), found[2]) if found else _unknown(path, name)
    except CRSError:
        return _unknown(path, name)


def described(path: Path, text: str) -> CRS:
    """The CRS that a file describes in words (WKT, PROJJSON or a code); IntakeError when it describes none."""
    if not text or len(text) > LONGEST_WKT:
        raise IntakeError(worded("{file} does not say which coordinate reference system (CRS) it uses.", file=name_of(path)) + f" {REMEDY}")
    if NAMED.fullmatch(text.strip()):
        return named(path, text)
    if not re.match(r"\s*(\{|[A-Z]+\w*\s*\[)", text):
        _unknown(path, text)
    try:
        return CRS.from_user_input(text)
    except (CRSError, ValueError, RecursionError):
        return _unknown(path, text)


def _unknown(path: Path, name: str) -> CRS:
    raise IntakeError(
        worded("{file} names a coordinate reference system that does not exist: {name}.", file=name_of(path), name=shown(name))
        + f" {REMEDY}"
    )
