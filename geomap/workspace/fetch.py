"""A table of a database, taken into the workspace as a file: editions stay hashable and need no network."""

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geomap.editions.files import write_json, write_whole
from geomap.errors import WorkspaceError
from geomap.workspace.add import Added, add_file
from geomap.workspace.answers import Answers
from geomap.workspace.postgis import fetch
from geomap.workspace.settings import FILE, DatabaseTable, PostGis, read_settings


def fetch_into(to: Path, name: str, today: date, *, environment: Mapping[str, str] | None = None, answers: Answers | None = None) -> Added:
    """The table that settings.toml lists under *name*, read once and added by the same door as any file; its card says whence and when.

    WorkspaceError where the settings name no such table.
    """
    database = read_settings(to).postgis
    listed = {one.name: one for one in database.tables} if database else {}
    if database is None or name not in listed:
        raise WorkspaceError(f"{to / FILE} lists no table '{name}'. It lists {sorted(listed)}.")
    found = fetch(database, listed[name], environment=environment)
    with tempfile.TemporaryDirectory(prefix="geomap-fetch-") as private:
        added = add_file(_written(found, Path(private) / name), to, name=name, answers=answers)
    _say_whence(added.card, database, listed[name], today)
    return added


def _written(found: pd.DataFrame | gpd.GeoDataFrame, path: Path) -> Path:
    if isinstance(found, gpd.GeoDataFrame):
        file = path.with_name(path.name + ".gpkg")
        found.to_file(file, driver="GPKG")
    else:
        file = path.with_name(path.name + ".csv")
        found.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")
    return file


def _say_whence(card: Path, database: PostGis, wanted: DatabaseTable, today: date) -> None:
    """Writes into the card which table of which database the file was, and on which day; never who read it."""
    said = json.loads(card.read_text(encoding="utf-8"))
    whence = f"{wanted.database_schema}.{wanted.table} of the database {database.database} on {database.host}, read on {today.isoformat()}"
    said["sources"] = [{"title": whence}]
    write_whole(card, lambda work: write_json(work, said))
