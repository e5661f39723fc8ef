"""What a data file would be in a workspace: its room, and its first card, in which only what a person knows is left blank."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.boundaries.atlas import Atlas
from geomap.datapackage.package import SHAPES
from geomap.errors import GeomapError, LayerError, UsageError
from geomap.intake.areas import check_areas
from geomap.intake.findings import Findings
from geomap.intake.personal import refuse_personal
from geomap.intake.rasters import take_raster
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes, take_shapes
from geomap.workspace import guess
from geomap.workspace.add_table import Prepared, prepare
from geomap.workspace.workspace import BOUNDARIES, LAYERS, Workspace

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "csv",
    ".xlsm": "csv",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".zip": "zip",
    ".fgb": "fgb",
    ".parquet": "parquet",
    ".tif": "tif",
    ".tiff": "tif",
}
LONGEST = 60
NAME = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{LONGEST - 1}}}")
SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
ASKED = {
    "contributors": "who provides the data (an organisation)",
    "licenses": "under which licence, such as CC-BY-4.0 or OGL-UK-3.0",
    "geomap:kind": "table, incidents, survey, assets, observations, register, raster or streets",
    "geomap:places": "which column holds the place codes of which boundary set (boundaries, field), or the coordinates (x, y, crs)",
    "geomap:places → crs": "which coordinates x and y are, such as EPSG:27700 (British National Grid)",
    "geomap:period": "which years the data speak of",
    "geomap:evidence": "where the knowledge comes from: census, administrative, police, survey, community, online, professional or model",
    "geomap:sensitivity": "open, counts (records about people) or survey (answers of people)",
    "geomap:tier": "who may see what comes of it: public, partners or restricted",
    "geomap:skewed": "one sentence: who or what is missing or too much in these data",
    "geomap:misreading": "one sentence: which wrong decision could follow from reading them carelessly",
    "geomap:level": "which kind of place this is, such as ward",
    "geomap:date": "on which date these boundaries were in force",
    "geomap:code": "which column holds the codes",
    "geomap:name": "which column holds the names",
}


@dataclass(frozen=True)
class Proposal:
    """path: the file; room: boundaries or layers; card: guesses and blanks; told: what was mended or is in doubt.

    table: what was taken in of a table; shapes: the features of a file of shapes.
    """

    path: Path
    room: str
    card: dict[str, Any]
    told: tuple[Repair, ...] = ()
    table: Prepared | None = None
    shapes: TakenShapes | None = None
    hint: str = ""
    unread: str = ""

    @property
    def name(self) -> str:
        """The name of the layer or boundary set."""
        return self.card["name"]

    @property
    def content(self) -> bytes | None:
        """The bytes to keep, nothing where the file's own will do."""
        return self.table.content if self.table else None

    @property
    def repaired(self) -> bool:
        """Whether anything had to be mended."""
        return bool(self.table.table.repairs if self.table else self.told)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was mended or is in doubt, and what a person may confirm."""
        return (*map(str, self.told), *([self.hint] if self.hint else []))

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of the card that are blank."""
        return tuple(key for key in ASKED if _is_asked(self.card, key))

    @property
    def blanks(self) -> tuple[str, ...]:
        """What a person is asked for, a sentence each."""
        return tuple(f"{key}: {ASKED[key]}{self.unread if key == 'geomap:places' else ''}" for key in self.asked)

    @property
    def guesses(self) -> tuple[str, ...]:
        """What was told from the file itself, for a person to confirm."""
        return tuple(_guesses(self.card))


def propose(path: Path, workspace: Workspace, *, name: str = "", by_name: bool = False) -> Proposal:
    """What the file at *path* would be in *workspace*; nothing is written. *by_name* says that its names of places are meant."""
    kind = FORMATS.get(path.suffix.lower())
    if not path.is_file():
        raise UsageError(f"There is no file {path}. Check the name.")
    if kind is None:
        raise UsageError(f"{path} ends in '{path.suffix}'; geomap takes {', '.join(FORMATS)}. Export it as one of these and try again.")
    short = name or _slug(path.stem)
    if not NAME.fullmatch(short):
        raise UsageError(
            f"'{short}' cannot be the name: use at most {LONGEST} small letters, digits, dots and dashes, such as --name my-layer."
        )
    data = {"name": "data", "path": _slug(path.stem) + f".{kind}", "format": kind}
    common = {
        "$schema": SCHEMA, "name": short, "title": path.stem.replace("_", " ").replace("-", " ").strip().capitalize(),
        "contributors": [{"title": "", "roles": ["provider"]}], "licenses": [{"name": ""}],
    }  # fmt: skip
    if kind in SHAPES:
        return _of_shapes(path, common, data, workspace)
    if kind == "tif":
        raster = take_raster(path)
        return Proposal(path, LAYERS, common | _layer("raster", None, "") | {"resources": [data]}, tuple(raster.repairs))
    prepared = prepare(path, known_places(workspace), names_of_places(workspace), by_name=by_name)
    told = (*prepared.table.repairs, *prepared.table.notes)
    return Proposal(path, LAYERS, common | _from_table(prepared, data), told, prepared, hint=prepared.hint, unread=_unread(workspace))


def _of_shapes(path: Path, common: dict[str, Any], data: dict[str, Any], workspace: Workspace) -> Proposal:
    """A boundary set where all shapes are polygons, else a layer of assets; LayerError where a layer tells of persons."""
    taken = take_shapes(path)
    table, drawn = properties(taken), taken.frame.geometry.dropna()
    if drawn.empty:
        raise LayerError(f"{path} draws nothing: none of its {len(taken.frame)} features has a shape. Export it again with its shapes.")
    if drawn.geom_type.isin(["Polygon", "MultiPolygon"]).all():
        found = _boundary(table, workspace)
        told = check_areas(path, taken, found["geomap:code"]).repairs if found["geomap:code"] else taken.repairs
        return Proposal(path, BOUNDARIES, common | found | {"resources": [data]}, tuple(told), shapes=taken)
    persons = Findings()
    refuse_personal(table.assign(geometry=""), persons)
    persons.refuse_if_faulty(path)
    schema = {"fields": [{"name": column, "type": "string"} for column in table.columns], "fieldsMatch": "subset"}
    card = common | _layer("assets", {"geometry": True}, "") | {"resources": [{**data, "schema": schema}]}
    return Proposal(path, LAYERS, card, tuple(taken.repairs), shapes=taken)


def properties(taken: TakenShapes) -> pd.DataFrame:
    """The properties of shapes as text, blank where there is none."""
    plain = pd.DataFrame(taken.frame.drop(columns=taken.frame.geometry.name))
    return plain.astype(object).where(lambda cells: cells.notna(), "").astype(str)


def _boundary(table: pd.DataFrame, workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = {
        "geomap:level": "", "geomap:date": "", "geomap:one": "place", "geomap:many": "places",
        "geomap:code": guess.named(table, guess.CODE_WORDS, unique=True), "geomap:name": guess.named(table, guess.NAME_WORDS, unique=False),
    }  # fmt: skip
    parent, column, _ = guess.place_column(table.drop(columns=found["geomap:code"] or []), known_places(workspace))
    return found | ({"geomap:parent": {"boundaries": parent, "field": column}} if parent else {})


def _from_table(prepared: Prepared, data: dict[str, Any]) -> dict[str, Any]:
    table, types = prepared.table.cells, prepared.table.types
    dates = next((name for name, kind in types.items() if kind == "date"), "")
    xy = guess.coordinates(table)
    places = {"boundaries": prepared.boundaries, "field": prepared.table.key} if prepared.boundaries else xy or None
    if prepared.boundaries:
        kind = "table" if table[prepared.table.key].is_unique else ""
    else:
        kind = "" if not xy else "incidents" if dates else "assets"
    found = _layer(kind, places or "", guess.years(table, dates) if dates else "")
    return found | ({"geomap:date_field": dates} if dates else {}) | prepared.record() | {"resources": [prepared.resource(data)]}


def _layer(kind: str, places: object, period: str) -> dict[str, Any]:
    given = {} if places is None else {"geomap:places": places}
    return {
        "geomap:kind": kind, **given, "geomap:period": period, "geomap:evidence": "", "geomap:sensitivity": "", "geomap:tier": "",
        "geomap:skewed": "", "geomap:misreading": "",
    }  # fmt: skip


def known_places(workspace: Workspace) -> dict[str, pd.Index]:
    """The codes of each boundary set and of each vintage that its lookups know; none where the sets cannot be read."""
    try:
        atlas: Atlas = workspace.atlas
    except GeomapError:
        return {}
    names = dict.fromkeys([*atlas.sets, *(walk.origin_set for walk in atlas.crosswalks)])
    return {name: atlas.origins(name) for name in names}


def names_of_places(workspace: Workspace) -> dict[str, pd.Series]:
    """The names of places by code, of each boundary set."""
    try:
        return {name: boundaries.frame["name"] for name, boundaries in workspace.atlas.sets.items() if "name" in boundaries.frame}
    except GeomapError:
        return {}


def _unread(workspace: Workspace) -> str:
    waiting = workspace.folders(BOUNDARIES) and not known_places(workspace)
    return "; it could not be guessed because the boundaries' own cards have blanks" if waiting else ""


def _guesses(card: dict[str, Any]) -> list[str]:
    told = [f"{key.removeprefix('geomap:')} {card[key]}" for key in card if key.startswith("geomap:") and not _blank(card[key])]
    columns = card["resources"][0].get("schema", {}).get("fields", [])
    return [f"title '{card['title']}'", *told, *([f"{len(columns)} columns"] if columns else [])]


def _is_asked(card: dict[str, Any], key: str) -> bool:
    """Whether the blank under *key* is there; an arrow leads to a part of an entry."""
    head, _, part = key.partition(" → ")
    if part:
        return isinstance(card.get(head), dict) and card[head].get(part) == ""
    return head in card and _blank(card[head])


def _blank(value: object) -> bool:
    if isinstance(value, list):
        return any(_blank(one) for one in value)
    if isinstance(value, dict):
        return not any(value.get(key) for key in ("title", "name", "boundaries", "x", "geometry"))
    return value == ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:LONGEST].strip("-") or "data"
