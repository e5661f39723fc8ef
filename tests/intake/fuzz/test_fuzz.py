"""Law: whatever is done to a good file, of any format, it is taken in or refused in words; no trace, no wait, no byte written."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from geomap.boundaries.read import read_boundary_card
from geomap.errors import GeomapError
from geomap.intake.rasters import take_raster
from geomap.intake.tables import take_table
from geomap.layers.read import read_layer_card
from geomap.methodology.read import read_methodology
from geomap.workspace.inspect import inspect
from geomap.workspace.inspect_card import inspect_card
from tests.conftest import ROOT
from tests.intake.fuzz import others, shapes, tables, trees
from tests.intake.fuzz.attempt import attempt
from tests.intake.fuzz.raw import EDITS, damaged
from tests.intake.make import raster, wards
from tests.intake.tables import WARDS
from tests.intake.test_table_mutations import workbook

FEW, MANY = 500, 10_000

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="The limit of time is an alarm, which this system does not have.")


@dataclass(frozen=True)
class Format:
    """good: a good file; name: what it is called; take: what may only take it or refuse it; changes, change: damage beyond that of single bytes."""

    good: bytes
    name: str
    take: Callable[[Path], object]
    changes: SearchStrategy[Any]
    change: Callable[[bytes, Any], bytes]


def boundary(path: Path) -> None:
    """As geomap inspect does, but a refusal is raised."""
    found = inspect(path, "boundary")
    if found.outcome == "refused":
        raise GeomapError(found.messages[0], found.messages[1:])


def table(path: Path) -> None:
    """A table of the wards."""
    take_table(path, codes=WARDS.index, names=WARDS)


def survey(path: Path) -> None:
    """Answers of people in the wards."""
    take_table(path, codes=WARDS.index, names=WARDS, survey=True, repeats=True)


def card(path: Path) -> None:
    """Looked at, and read as the card of a layer and of boundaries."""
    _all(path, inspect_card, lambda card: read_layer_card(card.parent), lambda card: read_boundary_card(card.parent))


def methodology(path: Path) -> None:
    """Looked at, and read."""
    _all(path, inspect_card, read_methodology)


def _all(path: Path, *ways: Callable[[Path], object]) -> None:
    refusals = []
    for way in ways:
        try:
            way(path)
        except GeomapError as refused:
            refusals.append(refused)
    if refusals:
        raise refusals[0]


@pytest.fixture(scope="module")
def formats(tmp_path_factory) -> dict[str, Format]:
    """Every format that is read, by its name."""
    folder = tmp_path_factory.mktemp("good")
    good = shapes.goods(folder)
    tif = raster(folder / "cells.tif", np.arange(600, dtype="float32").reshape(20, 30), nodata=-9999).read_bytes()
    layer = json.loads((ROOT / "layers/incidents/datapackage.json").read_text(encoding="utf-8"))
    toml, book = (ROOT / "methodology.toml").read_bytes(), workbook()
    document, places = shapes.document(), wards()
    return {
        "geojson": Format(good["geojson"], "wards.geojson", boundary, trees.CHANGES, lambda _, some: trees.as_json(trees.changed(document, some))),
        "shapefile": Format(good["zip"], "wards.zip", boundary, shapes.SHAPEFILES, shapes.shapefile),
        "geopackage": Format(good["gpkg"], "wards.gpkg", boundary, shapes.GEOPACKAGES, shapes.geopackage),
        "flatgeobuf": Format(good["fgb"], "wards.fgb", boundary, EDITS, shapes.flatgeobuf),
        "geoparquet": Format(good["parquet"], "wards.parquet", boundary, shapes.GEOPARQUETS, shapes.geoparquet),
        "geotiff": Format(tif, "cells.tif", lambda path: take_raster(path, places=places), others.ENTRIES, others.geotiff),
        "csv": Format(tables.TABLE.encode(), "table.csv", table, tables.CHANGES, tables.mutated),
        "tsv": Format(tables.TABLE.replace(",", "\t").encode("cp1252"), "table.tsv", table, tables.CHANGES, tables.mutated),
        "xlsx": Format(book, "table.xlsx", table, others.WORKBOOKS, others.workbook),
        "survey": Format(tables.SURVEY.encode(), "survey.csv", survey, tables.CHANGES, tables.mutated),
        "card": Format(json.dumps(layer).encode(), "datapackage.json", card, trees.CHANGES, lambda _, some: trees.as_json(trees.changed(layer, some))),
        "methodology": Format(toml, "methodology.toml", methodology, others.TOML, others.toml),
    }  # fmt: skip


NAMES = ("geojson", "shapefile", "geopackage", "flatgeobuf", "geoparquet", "geotiff", "csv", "tsv", "xlsx", "survey", "card", "methodology")


@pytest.mark.parametrize("name", NAMES)
def test_a_good_file_is_taken(formats, tmp_path, name):
    """Else the law would say nothing."""
    one = formats[name]
    (tmp_path / "data.csv").write_text("neighbourhood\n", encoding="utf-8")  # the card names it
    assert attempt(tmp_path / one.name, one.good, inspect_card if name == "card" else one.take)


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_taken_or_refused(formats, tmp_path, name):
    """Five hundred of each format, always the same ones."""
    law(formats[name], tmp_path, settings(max_examples=FEW, derandomize=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_ten_thousand_damaged_files_are_taken_or_refused(formats, tmp_path, name):
    """Others at every run."""
    law(formats[name], tmp_path, settings(max_examples=MANY))


def law(one: Format, folder: Path, how: settings) -> None:
    """Single bytes and whole parts are damaged in turn."""

    @settings(how, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(EDITS.map(lambda edits: (damaged, edits)) | one.changes.map(lambda some: (one.change, some)))
    def _law(damage: tuple[Callable[[bytes, Any], bytes], Any]) -> None:
        way, some = damage
        attempt(folder / one.name, way(one.good, some), one.take)

    _law()
