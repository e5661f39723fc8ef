"""What a raster says about each place, cells on the border counted by the part that lies inside."""

from typing import ClassVar, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.errors import LayerError
from geomap.indicators.measure import Measure, Observed
from geomap.indicators.sources import Sources

GEOTIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


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
        value = pd.Series(_extract(layer.raster, places.frame, self.statistic), index=places.codes) * self.scale
        if self.per_area:
            value = value / places.square_kilometres
        frame = pd.DataFrame({"value": value, "low": np.nan, "high": np.nan, "n": np.nan, "flags": "", "hidden": False})
        frame["status"] = np.where(value.notna(), "value", "missing")
        return Observed(frame, "none")

    def sentence(self) -> str:
        """How the number comes about."""
        area = " per km²" if self.per_area else ""
        return f"{self.statistic.capitalize()} of the cells of '{self.layer}' in the place{area}, border cells by the part inside (exactextract)."


def _extract(raster: object, places: gpd.GeoDataFrame, statistic: str) -> np.ndarray:
    import rasterio
    from exactextract import exact_extract

    with raster.open("rb") as file:
        if file.read(4) not in GEOTIFF:
            raise LayerError(f"{raster} is not a GeoTIFF: its first bytes are not those of one.")
    try:
        with rasterio.open(raster, driver="GTiff") as source:
            if source.crs is None:
                raise LayerError(f"{raster} does not say which coordinates it uses (no CRS). Set it in a GIS and save it again.")
            shapes = places[["geometry"]].to_crs(source.crs)
            found = exact_extract(source, shapes, [statistic, "count"], output="pandas")
    except rasterio.errors.RasterioIOError as wrong:
        raise LayerError(f"{raster} cannot be read as a GeoTIFF: {wrong}. Save it again in a GIS.") from None
    return found[statistic].where(found["count"] > 0).to_numpy(dtype=float)
