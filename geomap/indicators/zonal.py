"""What a raster says about each place, cells on the border counted by the part that lies inside."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd

from geomap.boundaries.cells import cells_within
from geomap.errors import LayerError
from geomap.indicators.measure import Measure, Observed
from geomap.indicators.sources import Sources


class Zonal(Measure):
    """The *statistic* of the raster's cells in each place; per_area divides by the place's km²."""

    measure: Literal["zonal"] = "zonal"
    statistic: Literal["mean", "sum"] = "mean"
    per_area: bool = False
    scale: float = 1.0
    counting: ClassVar[bool] = False

    def observe(self, sources: Sources, level: str) -> Observed:
        """The statistic per place; no cell with data, no value."""
        layer, places = sources.layer(self.layer), sources.atlas[level]
        if layer.raster is None:
            raise LayerError(f"The layer '{layer.name}' is no raster; zonal statistics need a GeoTIFF.")
        found = cells_within(layer.raster, places.frame, [self.statistic, "count"], error=LayerError)
        value = pd.Series(found[self.statistic].where(found["count"] > 0).to_numpy(dtype=float), index=places.codes) * self.scale
        if self.per_area:
            value = value / places.square_kilometres
        frame = pd.DataFrame({"value": value, "low": np.nan, "high": np.nan, "n": np.nan, "flags": "", "hidden": False})
        frame["status"] = np.where(value.notna(), "value", "missing")
        return Observed(frame, "none")

    def sentence(self) -> str:
        """How the number comes about."""
        area = " per km²" if self.per_area else ""
        return f"{self.statistic.capitalize()} of the cells of '{self.layer}' in the place{area}, border cells by the part inside (exactextract)."
