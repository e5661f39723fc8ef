"""What a raster says about each place, cells on the border counted by the part that lies inside."""

from typing import ClassVar, Literal, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from geomap.boundaries.cells import cells_within, weighted_mean_within
from geomap.boundaries.strips import Reading
from geomap.errors import LayerError
from geomap.indicators.measure import Measure, Observed
from geomap.indicators.sources import Sources
from geomap.worded import worded

ENOUGH = 0.95
WORDS = {
    "mean": worded("Mean of the cells of '{layer}' in the place"),
    "weighted": worded("Mean of the cells of '{layer}', weighted by '{weights}', in the place"),
    "sum": worded("Sum of the cells of '{layer}' in the place"),
    "min": worded("Smallest of the cells of '{layer}' in the place"),
    "max": worded("Largest of the cells of '{layer}' in the place"),
    "quantile": worded("The {part} quantile of the cells of '{layer}' in the place"),
    "share": worded("Per cent of the area with {values} of the cells of '{layer}' in the place"),
}


class Zonal(Measure):
    """The *statistic* of the raster's cells in each place.

    share: of the area whose cells hold one of *values*, in per cent. quantile: the value that the part *q* of the area lies under. weights: another
    raster of the same grid, such as people, by which the mean is weighted. density: cells hold amounts per km², so that a sum counts each with its own
    area. per_area divides by the place's km².
    """

    measure: Literal["zonal"] = "zonal"
    statistic: Literal["mean", "sum", "min", "max", "quantile", "share"] = "mean"
    q: float = Field(0.5, ge=0, le=1)
    values: tuple[float, ...] = ()
    weights: str = ""
    density: bool = False
    per_area: bool = False
    scale: float = 1.0
    counting: ClassVar[bool] = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if bool(self.values) != (self.statistic == "share"):
            raise ValueError('values and statistic = "share" belong together: the share of the area whose cells hold one of the values')
        if self.weights and self.statistic != "mean":
            raise ValueError('weights need statistic = "mean"; nothing else is weighted')
        if self.density and self.statistic != "sum":
            raise ValueError('density needs statistic = "sum"; the mean of a density is its mean')
        return self

    def layers(self) -> tuple[str, ...]:
        """The raster, and that of the weights."""
        return tuple(dict.fromkeys(filter(None, [self.layer, self.weights])))

    def observe(self, sources: Sources, level: str) -> Observed:
        """The statistic per place; no cell with data, no value."""
        raster, places = _raster(sources, self.layer), sources.atlas[level]
        name = {"share": "mean", "quantile": f"quantile(q={self.q:g})"}.get(self.statistic, self.statistic)
        reading = Reading(of=self.values, per_km2=self.density)
        table = cells_within(raster, places.frame, ["cover"] if self.weights else ["cover", name], error=LayerError, reading=reading)
        cover = table["cover"].to_numpy()
        if self.weights:
            found = weighted_mean_within(raster, _raster(sources, self.weights), places.frame, error=LayerError)
        else:
            found = table[name].to_numpy()
        value = pd.Series(np.where(cover > 0, found, np.nan), index=places.codes) * self.scale * (100 if self.values else 1)
        if self.per_area:
            value = value / places.square_kilometres
        frame = pd.DataFrame({"value": value, "low": np.nan, "high": np.nan, "n": np.nan, "hidden": False})
        frame["flags"] = np.where((cover < ENOUGH) & value.notna(), worded("the raster has data for a part of the place only"), "")
        frame["status"] = np.where(value.notna(), "value", "missing")
        return Observed(frame, "none")

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        gaps = {"layer": sources.called(self.layer), "weights": sources.called(self.weights) if self.weights else "", "part": f"{self.q:g}"}
        held = ", ".join(f"{value:g}" for value in self.values)
        what = WORDS["weighted" if self.weights else self.statistic].format(**gaps, values=held)
        if self.per_area:
            return worded("{what} per km²; border cells by the part inside, exact.", what=what)
        return worded("{what}; border cells by the part inside, exact.", what=what)


def _raster(sources: Sources, name: str) -> object:
    layer = sources.layer(name)
    if layer.raster is None:
        raise LayerError(f"The layer '{name}' is no raster; zonal statistics need a GeoTIFF.")
    return layer.raster
