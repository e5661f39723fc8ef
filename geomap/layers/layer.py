"""A layer: observations and the card that says what they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from geomap.boundaries.locate import Spots, spots_of
from geomap.errors import LayerError
from geomap.layers.card import LayerCard
from geomap.worded import worded


@dataclass(frozen=True)
class Layer:
    """Observations with their card.

    table: one row per observation or place, columns as the card declares; empty for a raster.
    shapes: of each row in their own CRS, where its file holds shapes.
    raster: the file, where the layer is one. extras: further tables of the package by resource name (survey margins).
    suppressed: per column, which rows the source itself withholds.
    bounds: of columns with withheld cells, (row, 2): between which numbers those lie, where their marks say so.
    repairs: what was mended when it was read, or is in doubt.
    """

    card: LayerCard
    table: pd.DataFrame
    shapes: gpd.GeoSeries | None = None
    raster: Path | None = None
    extras: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    suppressed: Mapping[str, np.ndarray] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    bounds: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The layer's name, as methodologies use it."""
        return self.card.name

    def called(self, column: str = "") -> str:
        """What people call the layer, or a column: the wording of its question, its title in the card, or its name with blanks for underscores."""
        if not column:
            return self.card.title or self.name
        asked = self.card.survey.questions.get(column) if self.card.survey else None
        titles = [one.called(column) for one in self.card.resources[:1]]
        return asked.wording if asked else next(iter(titles), column.replace("_", " "))

    @cached_property
    def points(self) -> gpd.GeoSeries | None:
        """The location of each row as a shape, where rows have one; made when it is asked for, because a million take 200 MB."""
        if self.shapes is not None:
            return self.shapes
        spots = self.spots
        return None if spots is None else spots.shapes()

    @property
    def spots(self) -> Spots | None:
        """The location of each row as two numbers, where rows are points."""
        if self.shapes is not None:
            return spots_of(self.shapes)
        places = self.card.places
        if places is None or not places.x or places.x not in self.table.columns:
            return None
        x, y = (pd.to_numeric(self.table[name], errors="coerce").to_numpy(dtype=float) for name in (places.x, places.y))
        return Spots(x, y, CRS.from_user_input(places.crs), self.table.index)

    def column(self, name: str) -> pd.Series:
        """A column of the table; LayerError names those there are."""
        if name not in self.table.columns:
            raise LayerError(
                worded(
                    "The layer '{layer}' has no column '{name}'. Its columns are {columns}; the card must declare it.",
                    layer=self.name,
                    name=name,
                    columns=str(list(self.table.columns)),
                )
            )
        return self.table[name]

    def numbers(self, name: str) -> pd.Series:
        """A column of numbers; LayerError when its card says that it holds something else."""
        column = self.column(name)
        if not pd.api.types.is_numeric_dtype(column):
            raise LayerError(
                worded(
                    "The column '{name}' of the layer '{layer}' holds no numbers; give it the type number or integer in the card.",
                    name=name,
                    layer=self.name,
                )
            )
        return column.astype(float)

    def dates(self, name: str) -> pd.Series:
        """A column of dates; LayerError when its card says that it holds something else."""
        column = self.column(name)
        if not pd.api.types.is_datetime64_any_dtype(column):
            raise LayerError(
                worded(
                    "The column '{name}' of the layer '{layer}' holds no dates; give it the type date in the card.",
                    name=name,
                    layer=self.name,
                )
            )
        return column

    def withheld(self, names: tuple[str, ...]) -> np.ndarray:
        """Per row, whether the source withholds any of the columns *names*."""
        masks = [self.suppressed[name] for name in names if name in self.suppressed]
        return np.logical_or.reduce(masks) if masks else np.zeros(len(self.table), dtype=bool)

    def between(self, names: tuple[str, ...]) -> np.ndarray:
        """(row, 2): the least and the largest that the sum of the columns *names* can be; NaN where a cell is missing, or withheld without a limit."""
        nothing = np.full((len(self.table), 2), np.nan)
        known = [np.repeat(self.numbers(name).to_numpy()[:, None], 2, axis=1) for name in names]
        return np.sum(
            [np.where(np.isnan(one), self.bounds.get(name, nothing), one) for name, one in zip(names, known, strict=True)], axis=0
        )

    def take(self, rows: np.ndarray) -> "Layer":
        """The layer with only the rows where *rows* is true."""
        shapes = None if self.shapes is None else self.shapes[rows]
        suppressed = {name: mask[rows] for name, mask in self.suppressed.items()}
        bounds = {name: ends[rows] for name, ends in self.bounds.items()}
        return Layer(self.card, self.table[rows], shapes, self.raster, self.extras, suppressed, self.repairs, bounds)
