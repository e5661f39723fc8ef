"""What kind of file it is, told from its first bytes and never from its name alone."""

import re
from pathlib import Path

from geomap.errors import IntakeError
from geomap.intake.words import shown
from geomap.worded import worded

LARGEST = 128 * 2**20
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOKS = (".xlsx", ".xlsm")
OTHERS = {
    b"\x1f\x8b": (worded("a gzip archive"), worded("Unpack it and give the table inside.")),
    b"BZh": (worded("a bzip2 archive"), worded("Unpack it and give the table inside.")),
    b"\xfd7zXZ": (worded("an xz archive"), worded("Unpack it and give the table inside.")),
    b"\x28\xb5\x2f\xfd": (worded("a zstd archive"), worded("Unpack it and give the table inside.")),
    b"7z\xbc\xaf": (worded("a 7-Zip archive"), worded("Unpack it and give the table inside.")),
    b"Rar!": (worded("a RAR archive"), worded("Unpack it and give the table inside.")),
    b"%PDF": (worded("a PDF document"), worded("Ask for the table behind it as CSV or Excel.")),
    b"SQLite format 3\x00": (
        worded("a SQLite database, such as a GeoPackage"),
        worded("Give it as a layer with shapes, or export the table as CSV."),
    ),
    b"PAR1": (worded("a Parquet file"), worded("Export the table as CSV.")),
    b"\x93NUMPY": (worded("a NumPy array"), worded("Export the table as CSV.")),
    b"\x89HDF": (worded("an HDF5 file"), worded("Export the table as CSV.")),
    b"ARROW1": (worded("an Arrow file"), worded("Export the table as CSV.")),
    b"FEA1": (worded("a Feather file"), worded("Export the table as CSV.")),
    b"\x89PNG": (worded("a picture"), worded("Ask for the table behind it as CSV or Excel.")),
    b"\xff\xd8\xff": (worded("a picture"), worded("Ask for the table behind it as CSV or Excel.")),
    b"GIF8": (worded("a picture"), worded("Ask for the table behind it as CSV or Excel.")),
    b"II*\x00": (worded("a TIFF raster"), worded("Give it as a raster layer.")),
    b"MM\x00*": (worded("a TIFF raster"), worded("Give it as a raster layer.")),
    b"\x7fELF": (worded("a program"), worded("Export the table as CSV.")),
    b"MZ\x90": (worded("a program"), worded("Export the table as CSV.")),
    b"{\\rtf": (worded("a text document (RTF)"), worded("Export the table as CSV.")),
}
PICKLE = re.compile(rb"\x80[\x01-\x05][\x95\x8c\]}(cKMXq\x00-\x1f]")
WEB = re.compile(rb"\s*(<!doctype\s+html|<html|<head|<body|<\?xml[^>]*>\s*<!doctype\s+html)", re.IGNORECASE)


def bytes_of(path: Path) -> bytes:
    """The bytes of a plain file; IntakeError for a folder, a device, nothing at all, or more than is read in one piece."""
    if not path.is_file():
        raise IntakeError(worded("{file} is not a file that can be read. Check the name.", file=str(path)))
    if path.stat().st_size > LARGEST:
        raise IntakeError(
            worded(
                "{name} is too large: {size} MB, at most {most} MB. Split it, such as by year.",
                name=path.name,
                size=f"{path.stat().st_size / 2**20:,.0f}",
                most=str(LARGEST // 2**20),
            )
        )
    try:
        return path.read_bytes()
    except PermissionError:
        raise IntakeError(worded("{name} may not be read: no permission. Change its permissions or copy it.", name=path.name)) from None


def kind_of(raw: bytes, path: Path) -> str:
    """Either "text" or "workbook"; IntakeError says what else the file is, or that its name says another thing than its bytes."""
    name, ending = path.name, path.suffix.lower()
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise IntakeError(worded("{name} is empty: {count} bytes and no text. Export it again.", name=name, count=len(raw)))
    if raw.startswith(OLE):
        raise IntakeError(
            worded(
                "{name} is protected by a password, or an old Excel file (.xls). Open it in Excel, take the password off, save it as .xlsx or CSV.",
                name=name,
            )
        )
    if raw.startswith(ZIP):
        return _workbook(raw, name, ending)
    if ending in WORKBOOKS:
        raise IntakeError(
            worded(
                "{name} is not an Excel workbook, whatever its name says. Save it as .xlsx again, or give it its right ending.", name=name
            )
        )
    for start, (what, remedy) in OTHERS.items():
        if raw.startswith(start):
            raise IntakeError(
                worded("{name} is {what}: this type of file is not read as a table. {remedy}", name=name, what=what, remedy=remedy)
            )
    if PICKLE.match(raw) or ending in (".pkl", ".pickle", ".npy", ".npz", ".joblib"):
        raise IntakeError(
            worded(
                "{name} is a Python pickle or array: this type of file can run code and is never read. Export the table as CSV.", name=name
            )
        )
    if WEB.match(raw.lstrip(b"\xef\xbb\xbf")):
        raise IntakeError(
            worded("{name} is a web page, not a table; perhaps the download asked for a login. Download the file itself.", name=name)
        )
    if re.match(rb"(\xef\xbb\xbf)?\s*(<\?xml|<svg|\{\s*\"|\[\s*[\{\[])", raw):
        raise IntakeError(
            worded(
                "{name} is XML or JSON: this type of file is not read as a table. Give shapes (GeoJSON) as a layer, or export the table as CSV.",
                name=name,
            )
        )
    return "text"


def _workbook(raw: bytes, name: str, ending: str) -> str:
    inside = b"xl/workbook" in raw
    if inside and b"xl/workbook.bin" in raw:
        raise IntakeError(
            worded("{name} is a binary Excel workbook (.xlsb): this type of file is not read. Save it as .xlsx or CSV.", name=name)
        )
    if inside and ending in WORKBOOKS:
        return "workbook"
    if inside:
        raise IntakeError(
            worded(
                "{name} is an Excel workbook, but its name ends in {ending}. Rename it to end in .xlsx, or save it as CSV.",
                name=name,
                ending=shown(ending),
            )
        )
    raise IntakeError(
        worded("{name} is a zip archive: this type of file is not read as a table. Unpack it and give the table inside.", name=name)
    )
