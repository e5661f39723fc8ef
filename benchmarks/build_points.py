"""A rate's events from a file of points, beside geopandas: `python benchmarks/build_points.py [--places N …] [--points N …]` prints one JSON line a case.

Ours is the way of `geomap build`: the layer is read by its card, each row is given its place, and three rates, one for each kind, are observed in two
years. The peer is `pandas.read_csv`, `geopandas.sjoin(predicate="within")` and a group-by by place, kind and year. Both start from the file, and both have
the shapes of the places beforehand. Without --places and --points: one and ten million points in 33,000 made-up places. equal: the same count everywhere.
"""  # noqa: INP001

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from made_country import country
from points import CHUNK, chunks, lay, shapes_in
from side_by_side import beside, run_part, words

CRS = "EPSG:27700"
KINDS = ("arson", "damage", "harassment")
YEARS = (2024, 2025)
DAYS = pd.date_range(f"{YEARS[0]}-01-01", f"{YEARS[-1]}-12-31").strftime("%Y-%m-%d").to_numpy()
SAID = {
    "title": "Made up", "contributors": [{"title": "Made up"}], "geomap:period": "2024 to 2025", "geomap:sensitivity": "open", "geomap:tier": "public",
    "geomap:evidence": "administrative", "geomap:skewed": "Made up.", "geomap:misreading": "Made up.",
}  # fmt: skip
CARD = {
    **SAID, "name": "incidents", "geomap:kind": "incidents", "geomap:places": {"x": "x", "y": "y", "crs": CRS}, "geomap:date_field": "date",
    "resources": [{
        "name": "data", "path": "incidents.csv", "format": "csv",
        "schema": {
            "fields": [{"name": name, "type": kind} for name, kind in {"date": "date", "kind": "string", "x": "number", "y": "number"}.items()],
            "fieldsMatch": "subset",
        },
    }],
}  # fmt: skip
PEOPLE = {
    **SAID, "name": "people", "geomap:kind": "table", "geomap:places": {"boundaries": "places", "field": "place"},
    "resources": [{"name": "data", "path": "people.csv", "format": "csv"}],
}  # fmt: skip


def lay_records(folder: Path, shapes: np.ndarray, points: int) -> None:
    """Shapes, a file of records and its card on disk."""
    lay(folder, shapes, points)
    rng = np.random.default_rng(11)
    with (folder / "incidents.csv").open("w", encoding="utf-8") as file:
        file.write("date,kind,x,y\n")
        for x, y in chunks(folder):
            rows = {"date": rng.choice(DAYS, len(x)), "kind": rng.choice(KINDS, len(x)), "x": x.round(3), "y": y.round(3)}
            pd.DataFrame(rows).to_csv(file, header=False, index=False, chunksize=CHUNK)
    (folder / "datapackage.json").write_text(json.dumps(CARD), encoding="utf-8")


def ours(folder: Path) -> Callable[[], np.ndarray]:
    """Events by place, kind and year, as rates observe them."""
    import geopandas as gpd

    from geomap.boundaries.atlas import Atlas
    from geomap.boundaries.boundaries import Boundaries
    from geomap.indicators.rate import Rate
    from geomap.indicators.sources import Sources
    from geomap.layers.card import LayerCard
    from geomap.layers.layer import Layer
    from geomap.layers.read import read_layer

    shapes = shapes_in(folder)
    codes = pd.Index([f"{at:06}" for at in range(len(shapes))], name="code")
    frame = gpd.GeoDataFrame({"name": codes, "parent": ""}, geometry=shapes, crs=CRS, index=codes)
    atlas = Atlas({"places": Boundaries("places", "Places", "place", "2025-01-01", frame)})
    people = Layer(LayerCard.read(PEOPLE, where="people"), pd.DataFrame({"place": codes, "people": 1_000.0}))
    per = {"layer": "people", "field": "people"}
    asked = [
        (Rate.read({"layer": "incidents", "where": {"kind": [kind]}, "window_years": 1, "per": per}, where="rate"), year)
        for kind in KINDS
        for year in YEARS
    ]

    def counted() -> np.ndarray:
        sources = Sources(atlas, {"incidents": read_layer(folder), "people": people}, str(YEARS[-1]), ("places",))
        return np.column_stack([rate.observe(sources.at(str(year)), "places").frame["events"].to_numpy(dtype=int) for rate, year in asked])

    return counted


def peer(folder: Path) -> Callable[[], np.ndarray]:
    """The same by a spatial join."""
    import geopandas as gpd

    shapes = shapes_in(folder)
    places = gpd.GeoDataFrame({"place": np.arange(len(shapes))}, geometry=shapes, crs=CRS)
    cells = pd.MultiIndex.from_product([np.arange(len(shapes)), KINDS, YEARS])

    def counted() -> np.ndarray:
        rows = pd.read_csv(folder / "incidents.csv", parse_dates=["date"])
        points = gpd.GeoDataFrame(rows[["kind", "date"]], geometry=gpd.points_from_xy(rows["x"], rows["y"]), crs=CRS)
        found = gpd.sjoin(points, places, predicate="within")
        counts = found.groupby(["place", "kind", found["date"].dt.year]).size().reindex(cells, fill_value=0)
        return counts.to_numpy(dtype=int).reshape(len(shapes), -1)

    return counted


PARTS = {"build": ours, "sjoin": peer}


def main() -> None:
    """One line a case."""
    asking = words(__doc__, PARTS)
    asking.add_argument("--points", type=int, nargs="+", action="extend")
    asked = asking.parse_args()
    if asked.part:
        run_part(PARTS, asked.part, asked.folder)
        return
    for places in asked.places or [33_000]:
        for points in asked.points or [1_000_000, 10_000_000]:
            with tempfile.TemporaryDirectory() as folder:
                lay_records(Path(folder), country(places), points)
                about = {
                    "name": "rates of points: made-up country",
                    "peer": "read_csv + geopandas.sjoin within + groupby",
                    "places": places,
                    "points": points,
                }
                print(json.dumps(about | beside(__file__, "build", "sjoin", Path(folder), asked.runs)), flush=True)


if __name__ == "__main__":
    main()
