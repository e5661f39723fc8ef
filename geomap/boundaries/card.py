"""What a boundary set says of itself: level, date, codes, parents, and how other vintages are carried over."""

from typing import Literal, Self

from pydantic import Field, model_validator

from geomap.datapackage.package import SHAPES, Crs, Package, Resource, Standard
from geomap.worded import worded


class Parent(Standard):
    """The coarser set each place lies in, and the column that says in which."""

    boundaries: str
    field: str


class Weights(Standard):
    """By which numbers a split place is divided: a column of another file of the set, keyed by the new codes."""

    resource: str
    field: str
    key: str


class Lookup(Standard):
    """A table from the codes of another vintage to the codes of this one."""

    origin: str = Field(alias="from")
    origin_field: str = Field(alias="from_field")
    place_field: str = Field(alias="to_field")
    share_field: str = ""
    weights: Weights | None = None


class Overlay(Standard):
    """Another boundary set of the workspace, whose counts are carried to this one by their shapes, where no lookup is published.

    by: area; people (a column *field* of the table *resource*, keyed by *key*, of the smaller places *smaller*); or raster (*resource*, a GeoTIFF).
    """

    origin: str = Field(alias="from", min_length=1)
    by: Literal["area", "people", "raster"]
    resource: str = ""
    smaller: str = ""
    key: str = ""
    field: str = ""

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        needed = {"area": (), "people": ("resource", "smaller", "key", "field"), "raster": ("resource",)}[self.by]
        if absent := [name for name in needed if not getattr(self, name)]:
            raise ValueError(
                worded("by {by} needs {needed} as well; {absent} is missing", by=str(self.by), needed=", ".join(needed), absent=str(absent))
            )
        return self


class BoundaryResource(Resource):
    """A file of a boundary set: polygons, a lookup, or the weights of one."""

    lookup: Lookup | None = Field(None, alias="geomap:crosswalk")


class BoundaryCard(Package):
    """The card of a boundary set: one level, one date."""

    level: str = Field(alias="geomap:level", min_length=1)
    date: str = Field(alias="geomap:date", min_length=4)
    code: str = Field(alias="geomap:code", min_length=1)
    name_field: str = Field(alias="geomap:name", min_length=1)
    parent: Parent | None = Field(None, alias="geomap:parent")
    working_crs: Crs | None = Field(None, alias="geomap:working_crs")
    one: str = Field("place", alias="geomap:one")
    many: str = Field("places", alias="geomap:many")
    overlays: tuple[Overlay, ...] = Field((), alias="geomap:overlays")
    resources: tuple[BoundaryResource, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_file_of_polygons(self) -> Self:
        shapes = [resource.name for resource in self.resources if resource.format in SHAPES]
        if len(shapes) != 1:
            raise ValueError(
                worded(
                    "a boundary set has exactly one resource of polygons (geojson, gpkg, zip, fgb or parquet), not {shapes}",
                    shapes=str(shapes),
                )
            )
        return self

    @property
    def polygons(self) -> BoundaryResource:
        """The resource that holds the shapes."""
        return next(resource for resource in self.resources if resource.format in SHAPES)
