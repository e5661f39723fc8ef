"""What protects: formal assets as points, informal ones by neighbourhood only, and rasters of people and of green."""

from pathlib import Path

import numpy as np
import pandas as pd

from geomap.demo.incidents import points_inside
from geomap.demo.names import AUDIENCES, FORMAL, INFORMAL, OPENING
from geomap.demo.people import Truth
from geomap.demo.shapes import CRS, Shapes

CELL, NODATA = 100.0, -200.0


def formal_assets(shapes: Shapes, truth: Truth, generator: np.random.Generator) -> pd.DataFrame:
    """About ninety registered places; fewer where strain is high."""
    likely = ((1.15 - truth.strain) ** 2).where(truth.people("2025") > 0, 0.2)
    codes = generator.choice(likely.index.to_numpy(), 90, p=likely / likely.sum())
    table = pd.DataFrame({"kind": generator.choice(FORMAL, len(codes), p=[0.14, 0.24, 0.18, 0.16, 0.14, 0.14])})
    table["formality"], table["capacity"] = "formal", generator.integers(3, 40, len(codes)) * 5
    table["audience"], table["opening"] = generator.choice(AUDIENCES, len(codes)), generator.choice(OPENING, len(codes))
    table[["longitude", "latitude"]] = points_inside(shapes.neighbourhoods.loc[codes, "geometry"].to_numpy(), generator)
    table.insert(0, "id", [f"F{number:03d}" for number in range(1, len(table) + 1)])
    return table


def informal_assets(truth: Truth, generator: np.random.Generator) -> pd.DataFrame:
    """Groups that meet without an office; only the neighbourhood is kept, since a pin could endanger them."""
    likely = (0.6 + 0.5 * (1 - truth.strain)).where(truth.people("2025") > 0, 0.0)
    codes = np.sort(generator.choice(likely.index.to_numpy(), 120, p=likely / likely.sum()))
    table = pd.DataFrame({"neighbourhood": codes, "kind": generator.choice(INFORMAL, len(codes)), "formality": "informal"})
    table["capacity"], table["audience"] = generator.integers(2, 12, len(codes)) * 5, generator.choice(AUDIENCES, len(codes))
    table["opening"] = generator.choice(OPENING, len(codes))
    return table


def write_people_raster(path: Path, shapes: Shapes, truth: Truth) -> None:
    """Residents of 2025 spread evenly over the 100 m cells whose middle lies in their neighbourhood."""
    codes, transform = _cells(shapes)
    people = truth.people("2025").to_numpy(dtype=float)
    inside = codes > 0
    cells = np.bincount(codes[inside] - 1, minlength=len(people))
    values = np.full(codes.shape, NODATA, dtype="float32")
    values[inside] = (people / cells)[codes[inside] - 1]
    _write(path, values, transform)


def write_green_raster(path: Path, shapes: Shapes, truth: Truth, generator: np.random.Generator) -> None:
    """The share of green in each 100 m cell, 0 to 100; most in the park, least where strain is high."""
    codes, transform = _cells(shapes)
    share = np.where(truth.strain.index == shapes.park, 88.0, 46.0 - 30.0 * truth.strain)
    inside = codes > 0
    values = np.full(codes.shape, NODATA, dtype="float32")
    values[inside] = np.clip(np.round(share[codes[inside] - 1] + generator.normal(0, 9, inside.sum())), 0, 100)
    _write(path, values, transform)


def _cells(shapes: Shapes) -> tuple[np.ndarray, object]:
    from rasterio.features import rasterize
    from rasterio.transform import from_origin

    metres = shapes.neighbourhoods.to_crs(CRS)
    west, south, east, north = (np.floor(metres.total_bounds / CELL) + np.array([0, 0, 1, 1])) * CELL
    transform = from_origin(west, north, CELL, CELL)
    size = (round((north - south) / CELL), round((east - west) / CELL))
    numbered = [(shape, number) for number, shape in enumerate(metres.geometry, 1)]
    return rasterize(numbered, out_shape=size, transform=transform, fill=0, dtype="int32"), transform


def _write(path: Path, values: np.ndarray, transform: object) -> None:
    import rasterio

    profile = {"driver": "GTiff", "dtype": "float32", "count": 1, "nodata": NODATA, "crs": CRS, "transform": transform}
    with rasterio.open(path, "w", height=values.shape[0], width=values.shape[1], **profile) as file:
        file.write(values, 1)
