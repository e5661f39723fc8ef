"""What this installation of a workspace reaches and who reaches it: tables of a PostGIS database that may be fetched, and who may open the dashboard."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap._toml import read_toml
from geomap.errors import WorkspaceError
from geomap.worded import worded
from geomap.workspace.roles import Access

FILE = "settings.toml"
TILES = r"^(https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?|http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?)/[A-Za-z0-9/._~{}=&?@-]*$"


class DatabaseTable(Recipe):
    """One table or view that may be fetched, under the name of the layer or boundary set it becomes."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$")
    table: str = Field(min_length=1, max_length=63)
    database_schema: str = Field("public", alias="schema", min_length=1, max_length=63)


class PostGis(Recipe):
    """Where the database is. Who reads it is never written here: that comes from the environment.

    ssl: as PostgreSQL means it; verify-full also checks that the server is the one named. user, password: known here only to be refused with the reason.
    """

    host: str = Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", max_length=253)
    port: int = Field(5432, ge=1, le=65535)
    database: str = Field(min_length=1, max_length=63)
    ssl: Literal["prefer", "require", "verify-full"] = "prefer"
    user: str = ""
    password: str = ""
    tables: tuple[DatabaseTable, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.user or self.password:
            raise ValueError(
                worded(
                    "user and password do not belong in a file; who reads the database is told by GEOMAP_POSTGIS_USER and GEOMAP_POSTGIS_PASSWORD"
                )
            )
        names = [one.name for one in self.tables]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(worded("tables: the names {twice} are used more than once; each table needs its own", twice=str(twice)))
        return self


class Basemap(Recipe):
    """Pictures of streets and rivers under the map, from a server that the city chose; the browser of whoever looks at the map asks it.

    tiles: the address of a tile with {z}, {x} and {y}, by https, or by http from this machine. credit: what its owner asks to be named as.
    """

    tiles: str = Field(pattern=TILES, max_length=500)
    credit: str = Field(min_length=1, max_length=200)
    largest_zoom: int = Field(19, ge=1, le=24)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if absent := [gap for gap in ("{z}", "{x}", "{y}") if gap not in self.tiles]:
            raise ValueError(f"tiles: the address lacks {absent}; write it as https://tiles.example/{{z}}/{{x}}/{{y}}.png")
        return self

    @property
    def host(self) -> str:
        """Whom the page may ask for pictures: scheme and host, with its port where one is named."""
        return "/".join(self.tiles.split("/")[:3])


class Settings(Recipe):
    """The file settings.toml."""

    language: Literal["en", "fr", "ar"] | None = None  # the dashboard's words; where none is named, the reader's browser says
    basemap: Basemap | None = None
    postgis: PostGis | None = None
    access: Access | None = None


def read_settings(folder: Path) -> Settings:
    """The settings of the workspace in *folder*; empty where it has no settings.toml. WorkspaceError names every fault with its line."""
    path = folder / FILE
    if not path.exists():
        return Settings()
    if not path.resolve().is_relative_to(folder.resolve()):
        raise WorkspaceError(
            worded(
                "{file} is a link to a file outside {folder}. Copy the file into the folder instead.", file=str(path), folder=str(folder)
            )
        )
    return read_toml(path, Settings, error=WorkspaceError, absent=worded("{file} is not a file.", file=str(path)))
