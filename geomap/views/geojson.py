"""GeoJSON (RFC 7946) with the numbers of every place, and its data dictionary beside it."""

from pathlib import Path

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import describe, exported
from geomap.editions.beside import write_described
from geomap.editions.files import feature_collection

DIGITS = 6


def write_geojson(assessment: Assessment, path: Path) -> tuple[Path, ...]:
    """The files written: *path*, in WGS84 with the code as feature id, and datapackage.json beside it."""
    table = exported(assessment).round(DIGITS)
    bounds = [round(float(side), 7) for side in assessment.places.total_bounds]
    members = {
        "title": assessment.title, "period": assessment.period, "level": assessment.level, "fingerprint": assessment.fingerprint, "bbox": bounds,
        "caveats": list(assessment.caveats), "columns": {column.name: {"title": column.title, "unit": column.unit, "about": column.description} for column in describe(assessment)},
    }  # fmt: skip
    text = feature_collection(table, assessment.places.geometry.to_numpy(), members=members)
    return write_described(path, assessment, "application/geo+json", lambda work: work.write_text(text, encoding="utf-8"))
