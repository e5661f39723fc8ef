"""Shapes made sound: polygons only, valid, with an area, each piece of ground once; loads neither pandas nor geopandas."""

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geomap.intake.coverage import copies, gaps, overlaps, suspects_among
from geomap.intake.record import Repair
from geomap.intake.words import listed
from geomap.worded import worded

AREAS = (3, 6)
COLLECTION = 7
GROWN = 0.01
LEAST = 1  # square metre
FINE = "fine outline"  # crossings of a shoreline of very many vertices, which change its area by next to nothing
FINE_VERTICES, FINE_AREA = 10_000, 0.001
Sound = tuple[np.ndarray, list[str], list[Repair]]


def made_sound(shapes: np.ndarray, codes: np.ndarray, metres_a_unit: tuple[float, float], *, cover: bool) -> Sound:
    """The shapes, mended where that is safe; faults; repairs. *cover*: whether overlaps and gaps are looked for."""
    shapes, faults, repairs = _polygons(shapes, codes)
    if not faults and len(small := np.flatnonzero(shapely.area(shapes) * metres_a_unit[0] * metres_a_unit[1] < LEAST)):
        faults.append(
            worded(
                "{count} place(s) have next to no area, less than {least} m²: {codes}. Draw them anew.",
                count=len(small),
                least=LEAST,
                codes=listed(codes[small]),
            )
        )
    faults = faults or copies(shapes, codes)
    if cover and not faults:
        suspects = suspects_among(shapes)
        faults, noted = overlaps(shapes, codes, metres_a_unit, suspects)
        repairs += noted if faults else [*noted, *gaps(shapes, codes, metres_a_unit, tidy=not len(suspects))]
    return shapes, faults, repairs


def read(path: Path) -> tuple[dict[str, Any], Any]:
    """The same in the confined process: shapes and codes come in an Arrow file, and go back in a table."""
    import json
    from dataclasses import asdict

    import pyarrow as pa

    with pa.OSFile(str(path)) as file:
        table = pa.ipc.open_stream(file).read_all()
    asked = json.loads(table.schema.metadata[b"asked"])
    shapes = shapely.from_wkb(table.column("geometry").to_numpy(zero_copy_only=False))
    codes = np.array(table.column("code").to_pylist(), dtype=object)
    mended, faults, repairs = made_sound(shapes, codes, tuple(asked["unit"]), cover=asked["cover"])
    changed = [at for at, (old, new) in enumerate(zip(shapes, mended, strict=True)) if old is not new]
    answer = pa.Table.from_arrays(
        [pa.array(changed, pa.int64()), pa.array(shapely.to_wkb(mended[changed]).tolist(), pa.large_binary())], ["at", "geometry"]
    )
    return {"faults": faults, "repairs": [asdict(one) for one in repairs]}, answer


def _polygons(shapes: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, list[str], list[Repair]]:
    """Polygons only, valid, with an area."""
    faults, repairs = [], []
    gone = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if gone.any():
        faults.append(
            worded(
                "{count} place(s) have no geometry: {places}. Draw them, or take them out.",
                count=int(gone.sum()),
                places=_places(gone, codes),
            )
        )
    shapes = _only_areas(shapes, codes, repairs)
    kinds = shapely.get_type_id(shapes)
    if (other := ~gone & ~np.isin(kinds, AREAS)).any():
        kind = shapely.GeometryType(int(kinds[other][0])).name.lower()
        faults.append(
            worded(
                "{count} feature(s) are no polygon, where a place needs its area: {places} (the first is a {kind}).",
                count=int(other.sum()),
                places=_places(other, codes),
                kind=kind,
            )
        )
    fit = ~gone & ~other
    if (broken := fit & ~shapely.is_valid(shapes)).any():
        shapes = shapes.copy()
        repairs.append(_mended(shapes, broken, codes))
    if (flat := fit & ~(shapely.area(shapes) > 0)).any():
        faults.append(
            worded("{count} place(s) have no area: {places}. Draw them anew.", count=int(flat.sum()), places=_places(flat, codes))
        )
    return shapes, faults, repairs


def _only_areas(shapes: np.ndarray, codes: np.ndarray, repairs: list[Repair]) -> np.ndarray:
    """Collections reduced to the polygons in them."""
    mixed = np.flatnonzero(shapely.get_type_id(shapes) == COLLECTION)
    if not len(mixed):
        return shapes
    shapes = shapes.copy()
    for at in mixed:
        parts = shapely.get_parts(shapes[at])
        parts = parts[np.isin(shapely.get_type_id(parts), AREAS)]
        if len(parts):
            shapes[at] = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    said = worded("{count} place(s) are a GeometryCollection; lines and points in them were left out, the polygons kept.", count=len(mixed))
    repairs.append(Repair("GeometryCollection", said, len(mixed), tuple(str(code) for code in codes[mixed][:3])))
    return shapes


def _mended(shapes: np.ndarray, broken: np.ndarray, codes: np.ndarray) -> Repair:
    """Mends the invalid shapes in place."""
    before = shapes[broken]
    reasons = sorted({str(why).split("[")[0].strip().lower() for why in shapely.is_valid_reason(before)})
    shapes[broken] = after = _inside_shells(before, shapely.make_valid(before, method="structure", keep_collapsed=False))
    with np.errstate(all="ignore"):
        change = np.abs(shapely.area(after) / shapely.area(before) - 1)
    changed = ~(change <= GROWN)
    fine = (shapely.get_num_coordinates(before) >= FINE_VERTICES) & (change <= FINE_AREA)
    grown = (
        worded("The area of {count} changed by more than {share}: check them.", count=int(changed.sum()), share=f"{GROWN:.0%}")
        if changed.any()
        else ""
    )
    said = worded(
        "{count} polygon(s) were invalid ({reasons}), as when rings self-intersect or a hole lies outside; they were repaired.",
        count=int(broken.sum()),
        reasons=", ".join(reasons),
    )
    said = " ".join(filter(None, [said, grown]))
    return Repair(FINE if fine.all() else "invalid", said, int(broken.sum()), tuple(str(code) for code in codes[broken][:3]))


def _inside_shells(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Without what mending made of holes that lie outside their shell: ground that the place never had."""
    outside = np.flatnonzero(shapely.get_num_interior_rings(before) > 0)
    for at in outside:
        shell = shapely.make_valid(shapely.polygons(shapely.get_exterior_ring(before[at])), method="structure", keep_collapsed=False)
        after[at] = shapely.intersection(after[at], shell)
    return after


def _places(wrong: np.ndarray, codes: np.ndarray) -> str:
    return listed([f"{codes[at]} (#{at + 1})" for at in np.flatnonzero(wrong)])
