"""A data file taken into a workspace with its first card: what the file tells is guessed, what only a person knows is left blank."""

import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.boundaries.atlas import Atlas
from geomap.datapackage.package import CARD, SHAPES
from geomap.errors import GeomapError, LayerError, UsageError, WorkspaceError
from geomap.intake.areas import check_areas
from geomap.intake.rasters import take_raster
from geomap.intake.shapes import take_shapes
from geomap.workspace import guess
from geomap.workspace.add_table import Prepared, all_told, prepare
from geomap.workspace.workspace import BOUNDARIES, LAYERS, Workspace, open_workspace

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
SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
ASKED = {
    "contributors": "who provides the data (an organisation)",
    "licenses": "under which licence, such as CC-BY-4.0 or OGL-UK-3.0",
    "geomap:kind": "table, incidents, survey, assets, observations, register or raster",
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
class Added:
    """card: the file to fill in; guesses and blanks: sentences for the person who does; told: what was mended, or is in doubt."""

    card: Path
    guesses: tuple[str, ...]
    blanks: tuple[str, ...]
    told: tuple[str, ...] = ()


def add_file(path: Path, to: Path, *, name: str = "", by_name: bool = False) -> Added:
    """Takes a copy of *path* into the workspace *to* and writes its first card; polygons become a boundary set, all else a layer.

    A table that cannot be read as it is written is kept as it was mended, with a record in its card; *by_name* says that its names of places are meant.
    """
    workspace = open_workspace(to)
    kind = FORMATS.get(path.suffix.lower())
    if not path.is_file():
        raise UsageError(f"There is no file {path}. Check the name.")
    if kind is None:
        raise UsageError(f"{path} ends in '{path.suffix}'; geomap takes {', '.join(FORMATS)}. Export it as one of these and try again.")
    short = name or _slug(path.stem)
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", short) or len(short) > LONGEST:
        raise UsageError(
            f"'{short}' cannot be the name: use at most {LONGEST} small letters, digits, dots and dashes, such as --name my-layer."
        )
    prepared = prepare(path, _known(workspace), _names(workspace), by_name=by_name) if kind == "csv" else None
    room, card = _card(path, kind, short, workspace, prepared)
    folder = workspace.path / room / short
    if folder.exists():
        raise WorkspaceError(f"{folder} is there already. Name another with --name, or move it away first.")
    _write(path, folder, card, prepared.content if prepared else None)
    unread = _unread(workspace)
    blanks = tuple(f"{key}: {ASKED[key]}{unread if key == 'geomap:places' else ''}" for key in ASKED if _is_asked(card, key))
    return Added(folder / CARD, tuple(_guesses(card)), blanks, all_told(prepared) if prepared else ())


def _card(path: Path, kind: str, name: str, workspace: Workspace, prepared: Prepared | None) -> tuple[str, dict[str, Any]]:
    file = _slug(path.stem) + f".{kind}"
    data = {"name": "data", "path": file, "format": kind}
    common = {
        "$schema": SCHEMA, "name": name, "title": path.stem.replace("_", " ").replace("-", " ").strip().capitalize(),
        "contributors": [{"title": "", "roles": ["provider"]}], "licenses": [{"name": ""}],
    }  # fmt: skip
    if kind in SHAPES:
        taken = take_shapes(path)
        features = taken.frame
        table = (
            pd.DataFrame(features.drop(columns=features.geometry.name)).astype(object).where(lambda cells: cells.notna(), "").astype(str)
        )
        drawn = features.geometry.dropna()
        if drawn.empty:
            raise LayerError(f"{path} draws nothing: none of its {len(features)} features has a shape. Export it again with its shapes.")
        if drawn.geom_type.isin(["Polygon", "MultiPolygon"]).all():
            found = _boundary(table, workspace)
            if found["geomap:code"]:
                check_areas(path, taken, found["geomap:code"])
            return BOUNDARIES, common | found | {"resources": [data]}
        schema = {"fields": [{"name": column, "type": "string"} for column in table.columns], "fieldsMatch": "subset"}
        return LAYERS, common | _layer("assets", {"geometry": True}, "") | {"resources": [{**data, "schema": schema}]}
    if kind == "tif":
        take_raster(path)
        return LAYERS, common | _layer("raster", None, "") | {"resources": [data]}
    return LAYERS, common | _from_table(prepared, data)


def _boundary(table: pd.DataFrame, workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = {
        "geomap:level": "", "geomap:date": "", "geomap:one": "place", "geomap:many": "places",
        "geomap:code": guess.named(table, guess.CODE_WORDS, unique=True), "geomap:name": guess.named(table, guess.NAME_WORDS, unique=False),
    }  # fmt: skip
    parent, column, _ = guess.place_column(table.drop(columns=found["geomap:code"] or []), _known(workspace))
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


def _known(workspace: Workspace) -> dict[str, pd.Index]:
    try:
        atlas: Atlas = workspace.atlas
    except GeomapError:
        return {}
    names = dict.fromkeys([*atlas.sets, *(walk.origin_set for walk in atlas.crosswalks)])
    return {name: atlas.origins(name) for name in names}


def _names(workspace: Workspace) -> dict[str, pd.Series]:
    """The names of places by code, of each boundary set."""
    try:
        return {name: boundaries.frame["name"] for name, boundaries in workspace.atlas.sets.items() if "name" in boundaries.frame}
    except GeomapError:
        return {}


def _unread(workspace: Workspace) -> str:
    waiting = workspace.folders(BOUNDARIES) and not _known(workspace)
    return "; it could not be guessed because the boundaries' own cards have blanks" if waiting else ""


def _write(path: Path, folder: Path, card: dict[str, Any], content: bytes | None) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".being-written-", dir=folder.parent))
    try:
        if content is None:
            shutil.copyfile(path, work / card["resources"][0]["path"])
        else:
            (work / card["resources"][0]["path"]).write_bytes(content)
        (work / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        work.chmod(0o755)
        work.rename(folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


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
