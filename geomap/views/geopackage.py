"""GeoPackage: one layer of places, a table that says what each column means, and a table of caveats."""

from pathlib import Path
from threading import Lock

import geopandas as gpd
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import describe, exported
from geomap.editions.beside import write_described
from geomap.errors import DiskError

FORMAT = {"driver": "GPKG", "VERSION": "1.3"}  # Debian 12's GDAL and QGIS read 1.3 without a warning; 1.4 adds nothing that is used here
FIXED_DATE = "1970-01-01T00:00:00.000Z"
_clock = Lock()  # GDAL has one clock for the whole process, and several people may ask a dashboard at once


def write_geopackage(assessment: Assessment, path: Path) -> tuple[Path, ...]:
    """The files written: *path*, in WGS84, and datapackage.json beside it. The same edition gives the same bytes on the same GDAL."""
    return write_described(path, assessment, "application/geopackage+sqlite3", lambda work: _alone(assessment, work))


def _alone(assessment: Assessment, path: Path) -> None:
    with _clock:
        _write(assessment, path)


def _write(assessment: Assessment, path: Path) -> None:
    import pyogrio

    places = gpd.GeoDataFrame(exported(assessment), geometry=assessment.places.geometry.to_numpy(), crs=assessment.places.crs)
    columns = pd.DataFrame([vars(column) for column in describe(assessment)])
    edition = {"title": assessment.title, "period": assessment.period, "fingerprint": assessment.fingerprint, "tier": assessment.tier}
    about = pd.DataFrame(
        [
            *({"about": key, "text": text} for key, text in edition.items()),
            *({"about": "caveat", "text": text} for text in assessment.caveats),
        ]
    )
    notes = {"TITLE": assessment.title, "CAVEATS": " ".join(assessment.caveats), "FINGERPRINT": assessment.fingerprint}
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_DATE})
    try:
        pyogrio.write_dataframe(
            places, path, layer=assessment.level, geometry_type="MultiPolygon", promote_to_multi=True, layer_metadata=notes, **FORMAT
        )
        for name, table in (("columns", columns), ("about", about)):
            pyogrio.write_dataframe(table, path, layer=name, **FORMAT)
        _demand_whole(path, {assessment.level: len(places), "columns": len(columns), "about": len(about)})
    except RuntimeError as wrong:  # what pyogrio's own errors are
        raise DiskError(f"The GeoPackage could not be written: {wrong}. Make room on the disk, or name another place.") from None
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _demand_whole(path: Path, rows: dict[str, int]) -> None:
    """Nothing, when each layer is read back with its rows; else DiskError, since GDAL has been seen to report success on a full disk."""
    import pyogrio

    short = [name for name, count in rows.items() if len(pyogrio.read_dataframe(path, layer=name)) != count]
    if short:
        raise DiskError(f"The GeoPackage could not be read back whole: {short} are short. Make room on the disk, or name another place.")
