"""A zip looked through before anything in it is unpacked; what is unpacked gets names of our own."""

import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from geomap.errors import IntakeError
from geomap.intake.limits import MEGABYTE, MEMBERS, UNPACKED_BYTES
from geomap.intake.recognise import name_of
from geomap.intake.words import listed
from geomap.worded import worded

PACKED = (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".kmz")
CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, OverflowError)


def members(path: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of the archive; IntakeError lists all that is wrong with it."""
    inside = [member for member in archive.infolist() if member.filename and not member.is_dir()]  # Python 3.11 trips over no name
    if len(archive.infolist()) > MEMBERS:
        raise IntakeError(
            worded(
                "{file} holds too many files: {count}, at most {most} are looked at. Zip only what belongs together.",
                file=name_of(path),
                count=len(archive.infolist()),
                most=MEMBERS,
            )
        )
    faults = []
    if unsafe := [member.filename for member in archive.infolist() if not _is_safe(member)]:
        faults.append(
            worded(
                "unsafe path in archive: {unsafe}. Zip the files themselves, without folders that lead elsewhere or links.",
                unsafe=listed(unsafe),
            )
        )
    if nested := [member.filename for member in inside if member.filename.lower().endswith(PACKED)]:
        faults.append(worded("an archive inside the archive: {nested}. Unpack it first.", nested=listed(nested)))
    if locked := [member.filename for member in inside if member.flag_bits & 1]:
        faults.append(worded("locked by a password: {locked}. Zip the files without one.", locked=listed(locked)))
    if (size := sum(member.file_size for member in inside)) > UNPACKED_BYTES:
        faults.append(
            worded(
                "too large when unpacked: {size} MB, at most {most} MB are read.",
                size=size // MEGABYTE,
                most=str(UNPACKED_BYTES // MEGABYTE),
            )
        )
    if twice := sorted({member.filename for member in inside if sum(one.filename == member.filename for one in inside) > 1}):
        faults.append(worded("the same name twice: {twice}. Zip each file once.", twice=listed(twice)))
    if faults:
        raise IntakeError(worded("{file} is an archive that cannot be read:", file=name_of(path)), tuple(faults))
    return [member for member in inside if not _is_clutter(member.filename)]


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    """Writes the member's bytes, never more than it says it has."""
    left = member.file_size
    with archive.open(member) as source, to.open("xb") as target:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise zipfile.BadZipFile("a file is larger than the archive says")
            target.write(chunk)


def _is_safe(member: zipfile.ZipInfo) -> bool:
    name, mode = member.filename, member.external_attr >> 16
    plain = not re.search(r"[\x00-\x1f\\]|^[A-Za-z]:", member.orig_filename) and not re.search(r"[\x00-\x1f\\]|^[A-Za-z]:", name)
    parts = PurePosixPath(name).parts
    return plain and bool(parts) and not name.startswith("/") and ".." not in parts and not stat.S_ISLNK(mode)


def _is_clutter(name: str) -> bool:
    """What file managers leave in archives."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")
