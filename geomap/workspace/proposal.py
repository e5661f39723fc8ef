"""What a data file would be in a workspace: its room, and its first card, in which only what a person knows is left blank."""

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from geomap.boundaries.atlas import Atlas
from geomap.datapackage.package import SHAPES
from geomap.errors import GeomapError, LayerError, UsageError
from geomap.intake.areas import check_areas
from geomap.intake.datum import datum_of
from geomap.intake.findings import Findings
from geomap.intake.personal import refuse_personal
from geomap.intake.placing import turned_round, without_undrawn
from geomap.intake.rasters import take_raster
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes, take_shapes
from geomap.worded import worded
from geomap.workspace import guess
from geomap.workspace.add_table import Prepared, prepare
from geomap.workspace.answers import Answers
from geomap.workspace.blanks import ASKED, guesses_in, is_asked
from geomap.workspace.codebook import skeleton
from geomap.workspace.mended_shapes import outline, properties, written_anew
from geomap.workspace.over_years import asked_of_years, over_years
from geomap.workspace.renamed import renamed_since
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
TABLES, POINTS = ("table", "survey", "register", "observations"), ("assets", "incidents")
Found = TypeVar("Found")
Begun = tuple[dict[str, Any], dict[str, Any]]  # what all cards have in common, and the entry for the file
SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True)
class Proposal:
    """path: the file; room: boundaries or layers; card: guesses and blanks; told: what was mended or is in doubt.

    table: what was taken in of a table; shapes: the features of a file of shapes; mended: their file, where it was written anew.
    """

    path: Path
    room: str
    card: dict[str, Any]
    told: tuple[Repair, ...] = ()
    table: Prepared | None = None
    shapes: TakenShapes | None = None
    hint: str = ""
    unread: str = ""
    mended: bytes | None = None

    @property
    def name(self) -> str:
        """The name of the layer or boundary set."""
        return self.card["name"]

    @property
    def content(self) -> bytes | None:
        """The bytes to keep, nothing where the file's own will do."""
        return self.table.content if self.table else self.mended

    @property
    def repaired(self) -> bool:
        """Whether anything had to be mended."""
        return bool(self.table.table.repairs if self.table else self.told)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was mended or is in doubt, and what a person may confirm."""
        return (*map(str, self.told), *([self.hint] if self.hint else []), *asked_of_years(self.card))

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of the card that are blank."""
        return tuple(key for key in ASKED if is_asked(self.card, key))

    @property
    def blanks(self) -> tuple[str, ...]:
        """What a person is asked for, a sentence each."""
        return tuple(f"{key}: {ASKED[key]}{self.unread if key == 'geomap:places' else ''}" for key in self.asked)

    @property
    def guesses(self) -> tuple[str, ...]:
        """What was told from the file itself, for a person to confirm."""
        return tuple(guesses_in(self.card))


def propose(path: Path, workspace: Workspace, *, name: str = "", by_name: bool = False, answers: Answers | None = None) -> Proposal:
    """What the file at *path* would be in *workspace*; nothing is written. *answers*: what a person says of it (*by_name* is one of them)."""
    answers = replace(answers or Answers(), by_name=by_name or bool(answers and answers.by_name))
    kind = FORMATS.get(path.suffix.lower())
    if not path.is_file():
        raise UsageError(worded("There is no file {file}. Check the name.", file=str(path)))
    if kind is None:
        raise UsageError(
            worded(
                "{file} ends in '{suffix}'; geomap takes {formats}. Export it as one of these and try again.",
                file=str(path),
                suffix=str(path.suffix),
                formats=", ".join(FORMATS),
            )
        )
    short = name or _slug(path.stem)
    if not NAME.fullmatch(short):
        raise UsageError(
            worded(
                "'{name}' cannot be the name: use at most {most} small letters, digits, dots and dashes, such as --name my-layer.",
                name=str(short),
                most=LONGEST,
            )
        )
    data = {"name": "data", "path": _slug(path.stem) + f".{kind}", "format": kind}
    common = {
        "$schema": SCHEMA, "name": short, "title": path.stem.replace("_", " ").replace("-", " ").strip().capitalize(),
        "contributors": [{"title": "", "roles": ["provider"]}], "licenses": [{"name": ""}],
    }  # fmt: skip
    if kind in SHAPES and answers.kind not in TABLES:
        return _of_shapes(path, (common, data), workspace, answers)
    if kind == "tif":
        raster = take_raster(path)
        return Proposal(path, LAYERS, common | _layer("raster", None, "") | {"resources": [data]}, tuple(raster.repairs))
    if kind in SHAPES:
        return _of_properties(path, (common, data), workspace, answers)
    return _of_table(path, (common, data), workspace, answers)


def _of_table(path: Path, begun: Begun, workspace: Workspace, answers: Answers) -> Proposal:
    """A layer, its rows placed by code, by name or by coordinates."""
    common, data = begun
    prepared = prepare(path, _meant(known_places(workspace), answers), _meant(names_of_places(workspace), answers), answers)
    card, doubts = _from_table(prepared, data, answers)
    told = (*prepared.table.repairs, *prepared.table.notes, *doubts, *renamed_since(prepared.table, workspace))
    return Proposal(path, LAYERS, common | card, told, prepared, hint=prepared.hint, unread=_unread(workspace))


def _meant(sets: dict[str, Found], answers: Answers) -> dict[str, Found]:
    """The set that a person names, or all."""
    if not answers.boundaries:
        return sets
    if answers.boundaries not in sets:
        raise UsageError(
            worded(
                "There is no boundary set '{boundaries}' here that can be read; there are {sets}.",
                boundaries=answers.boundaries,
                sets=str(sorted(sets)),
            )
        )
    return {answers.boundaries: sets[answers.boundaries]}


def _of_properties(path: Path, begun: Begun, workspace: Workspace, answers: Answers) -> Proposal:
    """The properties of shapes as a table, where a person says that the file is one."""
    common, data = begun
    with tempfile.TemporaryDirectory(prefix="geomap-") as folder:
        table = Path(folder, path.stem + ".csv")
        shapes = take_shapes(path)
        properties(without_undrawn(shapes, path.name) if answers.undrawn else shapes).to_csv(table, index=False)
        found = _of_table(table, (common, data | {"path": _slug(path.stem) + ".csv", "format": "csv"}), workspace, answers)
        content = found.content if found.content is not None else table.read_bytes()
    return replace(found, path=path, table=replace(found.table, content=content))


def _of_shapes(path: Path, begun: Begun, workspace: Workspace, answers: Answers) -> Proposal:
    """A boundary set where all shapes are polygons, a layer of assets where all are points, else what a person says; LayerError where a layer tells of persons."""
    common, data = begun
    read = take_shapes(path)
    drawn = read.frame.geometry.dropna()
    if drawn.empty:
        raise LayerError(
            worded(
                "{file} draws nothing: none of its {count} features has a shape. Export it again with its shapes.",
                file=str(path),
                count=len(read.frame),
            )
        )
    areas = drawn.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    taken = turned_round(read, outline(workspace), swapped=answers.swapped, name=path.name)
    taken = without_undrawn(taken, path.name) if answers.undrawn and areas else taken
    anew = {} if taken is read else written_anew(path, data, read, taken)
    resource, record = (anew["resource"], anew["record"]) if anew else (data, {})
    table = properties(taken)
    if areas and answers.kind != "backdrop":
        found = _boundary(table, workspace)
        told = check_areas(path, taken, found["geomap:code"]).repairs if found["geomap:code"] else taken.repairs
        card = common | found | record | {"resources": [resource]}
        return Proposal(path, BOUNDARIES, card, tuple(told), shapes=taken, mended=anew.get("content"))
    persons = Findings()
    refuse_personal(table.assign(geometry=""), persons)
    persons.refuse_if_faulty(path)
    schema = {"fields": [{"name": column, "type": "string"} for column in table.columns], "fieldsMatch": "subset"}
    points = drawn.geom_type.eq("Point").all()
    layer = _layer(answers.kind or ("assets" if points else ""), {"geometry": True} if points else None, "")
    if answers.kind == "backdrop":
        layer |= {"geomap:drawn_as": "", "geomap:sensitivity": "open"}
    card = common | layer | record | {"resources": [{**resource, "schema": schema}]}
    return Proposal(path, LAYERS, card, tuple(taken.repairs), shapes=taken, mended=anew.get("content"))


def _boundary(table: pd.DataFrame, workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = {
        "geomap:level": "", "geomap:date": "", "geomap:one": "place", "geomap:many": "places",
        "geomap:code": guess.code_column(table), "geomap:name": guess.named(table, guess.NAME_WORDS, unique=False),
    }  # fmt: skip
    parent, column, _ = guess.place_column(table.drop(columns=found["geomap:code"] or []), known_places(workspace))
    return found | ({"geomap:parent": {"boundaries": parent, "field": column}} if parent else {})


def _from_table(prepared: Prepared, data: dict[str, Any], answers: Answers) -> tuple[dict[str, Any], tuple[Repair, ...]]:
    """The card but for what all have in common, and what is in doubt of its coordinates."""
    table, types = prepared.table.cells, prepared.table.types
    dates = next((name for name, kind in types.items() if kind == "date"), "")
    xy, doubts = _points(table, answers)
    coded = bool(prepared.boundaries) and not (xy and (answers.crs or answers.kind in POINTS))
    places = {"boundaries": prepared.boundaries, "field": prepared.table.key} if coded else xy or None
    found = _layer(
        answers.kind or _kind(table[prepared.table.key] if coded else None, bool(xy), bool(dates)),
        places or "",
        guess.years(table, dates) if dates else "",
    )
    more = {"geomap:date_field": dates} if dates else over_years(types) if coded and answers.kind != "survey" else {}
    if prepared.names:
        more["geomap:names"] = {"pairs": dict(prepared.names), "confirmed": False}
    if answers.kind == "survey":
        more["geomap:survey"] = skeleton(prepared.table.frame, prepared.table.key, answers.codes)
    return found | more | prepared.record() | {"resources": [prepared.resource(data)]}, () if coded else doubts


def _kind(codes: pd.Series | None, points: bool, dates: bool) -> str:
    """What a table is: values where each place has one row, points with or without dates; blank where only a person knows."""
    if codes is not None:
        return "table" if codes.is_unique else ""
    return ("incidents" if dates else "assets") if points else ""


def _points(table: pd.DataFrame, answers: Answers) -> tuple[dict[str, str], tuple[Repair, ...]]:
    """The columns of coordinates with their system: as a person says, else as the file tells, with what is in doubt."""
    xy = guess.coordinates(table)
    if not xy or answers.crs:
        return xy | ({"crs": answers.crs} if xy else {}), ()
    if xy["crs"] != "EPSG:4326":
        return xy, ()
    found = datum_of(table, xy["x"], xy["y"])
    return xy | {"crs": found.crs}, found.told


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


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:LONGEST].strip("-") or "data"
