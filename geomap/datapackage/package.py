"""What every card has in common: the fields of the Data Package standard, version 2."""

import codecs
import hashlib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, field_validator, model_validator

from geomap._recipe import Recipe
from geomap._text import text_in
from geomap.datapackage.card_text import parsed
from geomap.errors import CardError
from geomap.worded import worded

CARD = "datapackage.json"
LONGEST_PATH = 200
SEPARATORS = ",;\t|:^~ "
NO_TEXT = {
    "unicode-escape",
    "raw-unicode-escape",
    "idna",
    "punycode",
    "undefined",
    "utf-7",
}  # Python's own, which no program writes tables in
SHAPES = ("geojson", "gpkg", "zip", "fgb", "parquet")


def _known_crs(code: str) -> str:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        CRS.from_user_input(code)
    except CRSError:
        raise ValueError(worded("is no coordinate reference system; write a code such as EPSG:4326 or EPSG:27700")) from None
    return code


Crs = Annotated[str, Field(min_length=1), AfterValidator(_known_crs)]


def _known_encoding(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        found = None
    if found is None or found.name in NO_TEXT or not found._is_text_encoding:  # noqa: SLF001  as bytes.decode asks
        raise ValueError(worded("is no encoding of text; write utf-8, cp1252 or another that text is saved in"))
    return name


def _one_sign(separator: str) -> str:
    if len(separator) != 1 or separator not in SEPARATORS:
        raise ValueError(worded("must be one sign that stands between cells, one of {separators}", separators=str(list(SEPARATORS))))
    return separator


class Standard(Recipe):
    """A part of the standard: its keys may be written in full, and keys of other tools are left alone."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Source(Standard):
    """Where data come from."""

    title: str = ""
    path: str = ""


class Licence(Standard):
    """Under which terms data may be used."""

    name: str = ""
    title: str = ""
    path: str = ""

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if not (self.name or self.title):
            raise ValueError(worded("is blank; name the licence, such as CC-BY-4.0, or take the entry out"))
        return self


class Contributor(Standard):
    """Who made, provided or published data; an organisation, never a person."""

    title: str = Field(min_length=1)
    roles: tuple[str, ...] = ()


class Column(Standard):
    """One column: its name in the file, the type of its values, and for dates how they are written."""

    name: str
    type: Literal["string", "integer", "number", "date", "boolean"] = "string"
    format: str = ""
    title: str = ""
    unit: str = ""
    description: str = ""


class Schema(Standard):
    """The columns that are read, and the marks that stand for a missing value."""

    fields: tuple[Column, ...] = ()
    missing_values: tuple[str, ...] = Field(("",), alias="missingValues")

    @field_validator("fields")
    @classmethod
    def _each_once(cls, fields: tuple[Column, ...]) -> tuple[Column, ...]:
        names = [column.name for column in fields]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(worded("names {examples} more than once; leave one of them", examples=", ".join(map(repr, twice[:5]))))
        return fields


class Dialect(Standard):
    """How a CSV file is written."""

    delimiter: Annotated[str, AfterValidator(_one_sign)] = ","


class Resource(Standard):
    """One data file of a package."""

    name: str
    path: str
    format: Literal["csv", "geojson", "gpkg", "zip", "fgb", "parquet", "tif"]
    encoding: Annotated[str, AfterValidator(_known_encoding)] = "utf-8"
    dialect: Dialect = Dialect()
    columns: Schema = Field(Schema(), alias="schema")
    suppressed: tuple[str, ...] = Field((), alias="geomap:suppressed")

    @field_validator("path")
    @classmethod
    def _stay_inside(cls, path: str) -> str:
        parts = Path(path).parts
        if not path.isprintable() or len(path) > LONGEST_PATH:
            raise ValueError(worded("must be a name of at most {most} letters that can be seen", most=LONGEST_PATH))
        if not parts or Path(path).is_absolute() or ".." in parts or ":" in path or "\\" in path or path.startswith("/vsi"):
            raise ValueError(worded("must be a file beside its card, such as data.csv; no other folder, address or drive"))
        return path

    def called(self, column: str) -> str:
        """What people call a column: its title, or its name with blanks for underscores."""
        titles = {one.name: one.title for one in self.columns.fields}
        return titles.get(column) or column.replace("_", " ")


class Package(Standard):
    """The card of a folder: what it holds, from whom, under which licence."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str = Field(min_length=1)
    description: str = ""
    sources: tuple[Source, ...] = ()
    licenses: tuple[Licence, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    resources: tuple[Resource, ...] = Field(min_length=1)

    def resource(self, name: str) -> Resource:
        """The resource called *name*."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise CardError(
            worded(
                "The card of '{card}' has no resource '{name}'. It has {known}.",
                card=self.name,
                name=name,
                known=str([r.name for r in self.resources]),
            )
        )

    @property
    def provider(self) -> str:
        """Who provides the data: contributors with the role provider, else all, else the sources."""
        names = [c.title for c in self.contributors if "provider" in c.roles] or [c.title for c in self.contributors]
        return ", ".join(names or [s.title for s in self.sources if s.title])


def card_in(folder: Path) -> dict[str, Any]:
    """The parsed datapackage.json of *folder*; CardError when there is none or it is not JSON."""
    path = folder / CARD
    if not path.is_file():
        raise CardError(
            worded("{folder} has no {card}. Run 'geomap add FILE' to write one from a data file.", folder=str(folder), card=CARD)
        )
    _stay_in(folder, path)
    card = parsed(text_in(path, CardError), where=str(path), error=CardError)
    if not isinstance(card, dict):
        raise CardError(worded("{file} must hold one JSON object in braces.", file=str(path)))
    return card


def file_of(folder: Path, resource: Resource) -> Path:
    """The file of *resource*; CardError when it is absent or a link leads out of *folder*."""
    path = folder / resource.path
    if not path.is_file():
        raise CardError(
            worded(
                "{folder} names the file '{path}', which is not there. Put it in {place}, or correct the path.",
                folder=str(folder / CARD),
                path=str(resource.path),
                place=str(folder),
            )
        )
    _stay_in(folder, path)
    return path


def _stay_in(folder: Path, path: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CardError(
            worded(
                "{file} is a link to a file outside {folder}. Copy the file into the folder instead.", file=str(path), folder=str(folder)
            )
        )


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
