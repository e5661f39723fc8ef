"""What the cells of a raster hold inside shapes, cells on a border counted by the part that lies inside (exactextract)."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geomap.errors import GeomapError

GEOTIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def cells_within(raster: Path, shapes: gpd.GeoDataFrame, statistics: Sequence[str], *, error: type[GeomapError]) -> pd.DataFrame:
    """The *statistics* (such as sum, mean, count) of the GeoTIFF *raster* in each of *shapes*, a column each; *error* where it is none."""
    import rasterio
    from exactextract import exact_extract

    with raster.open("rb") as file:
        if file.read(4) not in GEOTIFF:
            raise error(f"{raster} is not a GeoTIFF: its first bytes are not those of one.")
    try:
        with rasterio.open(raster, driver="GTiff") as source:
            if source.crs is None:
                raise error(f"{raster} does not say which coordinates it uses (no CRS). Set it in a GIS and save it again.")
            return exact_extract(source, shapes[["geometry"]].to_crs(source.crs), list(statistics), output="pandas")
    except rasterio.errors.RasterioIOError as wrong:
        raise error(f"{raster} cannot be read as a GeoTIFF: {wrong}. Save it again in a GIS.") from None
