"""What a file is, told by its bytes; its name is not asked."""

import re
import stat
import zipfile
from enum import Enum
from pathlib import Path

from geomap.errors import IntakeError
from geomap.worded import worded

HEAD = 4_096
GPKG_ID = (b"GPKG", b"GP10", b"GP11")


class Kind(Enum):
    """Every kind of file that is told apart; the value is what a person calls it."""

    EMPTY = worded("an empty file")
    JSON = worded("JSON text")
    ZIP = worded("a zip archive")
    XLSX = worded("an Excel workbook")
    OPEN_DOCUMENT = worded("an OpenDocument file")
    GEOPACKAGE = "a GeoPackage"
    SQLITE = worded("an SQLite database without the mark of a GeoPackage")
    FLATGEOBUF = worded("a FlatGeobuf file")
    PARQUET = worded("a Parquet file")
    GEOTIFF = "a GeoTIFF"
    TEXT = worded("plain text")
    WEB_PAGE = worded("a web page (HTML), perhaps an error message or a login form that was saved under this name")
    VRT = worded("a virtual dataset (VRT), which makes the reader open other files")
    SERVICE = worded("the description of a web service, which makes the reader fetch addresses")
    MRF = worded("an MRF description, which makes the reader write files")
    XML = worded("XML text")
    PICKLE = worded("a Python pickle, which can run commands when it is opened")
    NUMPY = worded("a NumPy array")
    OLE = worded("an old or encrypted Office document")
    GZIP = worded("a file packed with gzip")
    ARCHIVE = worded("a packed archive (7z, rar, bzip2, xz or zstd)")
    PDF = worded("a PDF document")
    PICTURE = worded("a picture")
    SHAPEFILE_PART = worded("a part of a Shapefile; zip its .shp, .shx, .dbf and .prj together")
    SHAPES = "shapes"
    BINARY = worded("binary data of a kind not known here")


MAGIC = (
    (b"SQLite format 3\x00", Kind.SQLITE),
    (b"fgb\x03fgb", Kind.FLATGEOBUF),
    (b"PAR1", Kind.PARQUET),
    (b"II*\x00", Kind.GEOTIFF),
    (b"MM\x00*", Kind.GEOTIFF),
    (b"II+\x00", Kind.GEOTIFF),
    (b"MM\x00+", Kind.GEOTIFF),
    (b"\x93NUMPY", Kind.NUMPY),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"\x1f\x8b", Kind.GZIP),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"Rar!", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ\x00", Kind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Kind.ARCHIVE),
    (b"%PDF", Kind.PDF),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"\x00\x00\x27\x0a", Kind.SHAPEFILE_PART),
)
XML_ROOTS = (
    (rb"<(OGRVRTDataSource|VRTDataset)\b", Kind.VRT),
    (rb"<(GDAL_WMS|WMS_Capabilities|WCS_GDAL|WMTS|GDAL_WMTS|OGRWFSDataSource|\w*:?WFS_Capabilities)\b", Kind.SERVICE),
    (rb"<MRF_META\b", Kind.MRF),
    (rb"<(!doctype\s+html|html|head|body)\b", Kind.WEB_PAGE),
)
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def recognise(path: Path) -> Kind:
    """The kind of the file at *path*; IntakeError when it is no ordinary file."""
    head = _head(path)
    if not head:
        return Kind.EMPTY
    if head.startswith(b"PK"):
        return _packed(path)
    for mark, kind in MAGIC:
        if head.startswith(mark):
            return _database(head) if kind is Kind.SQLITE else kind
    if _is_pickle(head):
        return Kind.PICKLE
    return _text(head)


def name_of(path: Path) -> str:
    """The file as messages name it, with nothing in it that would not show."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(path))


def _head(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise IntakeError(worded("{file} is no ordinary file (a folder, a pipe or a device). Name a file.", file=name_of(path)))
        with path.open("rb") as file:
            return file.read(HEAD)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise IntakeError(worded("There is no file {file}. Check the name.", file=name_of(path))) from None


def _packed(path: Path) -> Kind:
    """XLSX, OpenDocument, or any other zip, a damaged one too: its reader says what is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {member.filename for member in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, OSError, RuntimeError):
        return Kind.ZIP
    if "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    return Kind.OPEN_DOCUMENT if "mimetype" in names and "content.xml" in names else Kind.ZIP


def _database(head: bytes) -> Kind:
    return Kind.GEOPACKAGE if head[68:72] in GPKG_ID else Kind.SQLITE


def _is_pickle(head: bytes) -> bool:
    """Protocol 2 to 5 by its mark; protocol 0 by a call at its start, which no JSON or table begins with."""
    return bool(re.match(rb"\x80[\x02-\x05]", head) or re.match(rb"c(posix|nt|os|builtins|__builtin__|subprocess)\n", head))


def _text(head: bytes) -> Kind:
    plain = head.decode("utf-16", "ignore").encode("utf-8", "ignore") if head.startswith(UTF16) else head.removeprefix(b"\xef\xbb\xbf")
    start = plain.lstrip(b" \t\r\n\x1e")
    if re.match(rb"[\[{]", start):
        return Kind.JSON
    if start.startswith(b"<"):
        for root, kind in XML_ROOTS:
            if re.search(root, start, re.IGNORECASE):
                return kind
        return Kind.XML
    if not start:
        return Kind.EMPTY
    return Kind.BINARY if _mostly_binary(plain) else Kind.TEXT


def _mostly_binary(plain: bytes) -> bool:
    """A tenth of the bytes, or more, are control signs that no text has."""
    control = sum(plain.count(bytes([sign])) for sign in range(32) if sign not in (9, 10, 11, 12, 13, 27))
    return control * 10 > len(plain)
