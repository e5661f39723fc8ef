"""A file that somebody sent: put where only this process reads, judged by its bytes at the same door as geomap add, and shown before it is kept."""

import re
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geomap.boundaries.locate import locate, spots_of
from geomap.errors import GeomapError, UsageError
from geomap.intake.recognise import Kind, recognise
from geomap.symbology.sketch import sketch
from geomap.worded import worded
from geomap.workspace.proposal import FORMATS, Proposal, properties, propose
from geomap.workspace.workspace import Workspace

LARGEST_MB = 64
PREFIX, OLD_SECONDS = "geomap-upload-", 24 * 3600
HEAD_ROWS, CELL = 8, 80
BY_BYTES = {
    Kind.JSON: ".geojson", Kind.ZIP: ".zip", Kind.GEOPACKAGE: ".gpkg", Kind.FLATGEOBUF: ".fgb", Kind.PARQUET: ".parquet", Kind.GEOTIFF: ".tif",
    Kind.TEXT: ".csv", Kind.XLSX: ".xlsx",
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """sent_as: the name it came with; outcome: loaded, repaired or refused; messages: sentences for a person.

    proposal: what it would be, where it can be taken in. rows: how many it holds; matched: how many found their place, where that can be told.
    head: its first rows as text. picture: a drawing (SVG) of its places or points; nothing where it draws none.
    """

    sent_as: str
    outcome: str
    messages: tuple[str, ...]
    proposal: Proposal | None = None
    rows: int = 0
    matched: int | None = None
    head: pd.DataFrame = field(default_factory=pd.DataFrame)
    picture: str = ""


def private_folder() -> tempfile.TemporaryDirectory:
    """A folder of this user alone, outside every path that is served, gone with the object; what a stopped process left a day ago is swept first."""
    sweep()
    return tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)


def sweep(*, older_than: float = OLD_SECONDS) -> int:
    """How many folders of uploads, last touched so many seconds ago, were taken away."""
    swept = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if folder.is_dir() and not folder.is_symlink() and time.time() - folder.stat().st_mtime > older_than:
                shutil.rmtree(folder, ignore_errors=True)
                swept += not folder.exists()
        except OSError:
            continue
    return swept


def receive(sent_as: str, content: bytes, folder: Path) -> Path:
    """The file in a room of its own inside *folder*, readable by its owner alone; its ending follows its bytes. UsageError when it is too large."""
    if len(content) > LARGEST_MB << 20:
        raise UsageError(
            worded(
                "{file} is too large: {size} MB, and at most {most} MB are taken here. Use geomap add.",
                file=str(plain(sent_as)),
                size=f"{len(content) / 2**20:,.0f}",
                most=LARGEST_MB,
            )
        )
    room = Path(tempfile.mkdtemp(dir=folder))
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(plain(sent_as)).stem)[:60].strip("-") or "data"
    path = room / stem
    path.write_bytes(content)
    path.chmod(0o600)
    return path.rename(path.with_name(stem + _ending(path, sent_as)))


def judge(path: Path, workspace: Workspace, *, sent_as: str, by_name: bool = False) -> Judged:
    """What would become of the received file in *workspace*; nothing is written, and a refusal says why in words."""
    try:
        proposal = propose(path, workspace, by_name=by_name)
        rows, matched, picture = _placed(proposal, workspace)
    except GeomapError as wrong:
        return Judged(plain(sent_as), "refused", tuple(_without(path, said, sent_as) for said in (wrong.message, *wrong.faults)))
    messages = tuple(_without(path, said, sent_as) for said in proposal.sentences)
    return Judged(
        plain(sent_as), "repaired" if proposal.repaired else "loaded", messages, proposal, rows, matched, _head(proposal), picture
    )


def plain(sent_as: str) -> str:
    """A file's name with nothing in it that would not show, and no folder."""
    return "".join(sign if sign.isprintable() else "?" for sign in sent_as.replace("\\", "/").rsplit("/", 1)[-1])[:120] or worded(
        "a file without a name"
    )


def _ending(path: Path, sent_as: str) -> str:
    """The ending that belongs to the bytes; the given one where they are of no kind that is read, so that the refusal names it."""
    given = Path(plain(sent_as)).suffix.lower()
    meant = BY_BYTES.get(recognise(path), given)
    return given if FORMATS.get(given) == FORMATS.get(meant) and given in FORMATS else meant


def _without(path: Path, said: str, sent_as: str) -> str:
    """A message that names the file as its sender does."""
    return said.replace(str(path), plain(sent_as)).replace(path.name, plain(sent_as)).replace(str(path.parent), "")


def _head(proposal: Proposal) -> pd.DataFrame:
    """The first rows as text; columns about persons were refused before anything came here."""
    if proposal.table:
        cells = proposal.table.table.cells
    elif proposal.shapes:
        cells = properties(proposal.shapes)
    else:
        return pd.DataFrame()
    return cells.head(HEAD_ROWS).astype(str).apply(lambda column: column.str.slice(0, CELL))


def _placed(proposal: Proposal, workspace: Workspace) -> tuple[int, int | None, str]:
    """Rows, how many found their place, and a drawing."""
    areas = _finest(workspace)
    if proposal.shapes and proposal.room == "boundaries":
        return len(proposal.shapes.frame), None, sketch(proposal.shapes.frame.geometry)
    if proposal.table and proposal.table.boundaries:
        table, places = proposal.table.table, workspace.atlas.sets.get(proposal.table.boundaries)
        if places is None:
            return table.rows, table.matched, ""
        spoken = places.codes.isin(table.cells[table.key])
        return table.rows, table.matched, sketch(places.frame.geometry, marked=spoken)
    points = _points(proposal)
    if points is None or areas is None:
        return proposal.table.table.rows if proposal.table else 0, None, "" if points is None else sketch(None, points=points)
    inside = locate(spots_of(points), workspace.atlas[areas]).codes.notna()
    return len(points), int(inside.sum()), sketch(workspace.atlas[areas].frame.geometry, points=points)


def _finest(workspace: Workspace) -> str | None:
    """The first level of the methodology, else any set; nothing where no set can be read."""
    try:
        sets = workspace.atlas.sets
    except GeomapError:
        return None
    try:
        level = next(iter(workspace.methodology.methodology.levels), "")
    except GeomapError:
        level = ""
    return level if level in sets else next(iter(sets), None)


def _points(proposal: Proposal) -> gpd.GeoSeries | None:
    """Where the rows lie, when they are points in a known system."""
    if proposal.shapes:
        return proposal.shapes.frame.geometry.representative_point()
    places = proposal.card.get("geomap:places") or {}
    if not (proposal.table and places.get("x") and places.get("crs")):
        return None
    x, y = (pd.to_numeric(proposal.table.table.cells[places[name]], errors="coerce") for name in ("x", "y"))
    known = x.notna() & y.notna()
    return gpd.GeoSeries(gpd.points_from_xy(x[known], y[known], crs=places["crs"]))
