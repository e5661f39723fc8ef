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

PACKED = (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".kmz")
CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, OverflowError)


def members(path: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of the archive; IntakeError lists all that is wrong with it."""
    inside = [member for member in archive.infolist() if member.filename and not member.is_dir()]  # Python 3.11 trips over no name
    if len(archive.infolist()) > MEMBERS:
        raise IntakeError(
            f"{name_of(path)} holds too many files: {len(archive.infolist()):,}, at most {MEMBERS} are looked at. Zip only what belongs together."
        )
    faults = []
    if unsafe := [member.filename for member in archive.infolist() if not _is_safe(member)]:
        faults.append(f"unsafe path in archive: {listed(unsafe)}. Zip the files themselves, without folders that lead elsewhere or links.")
    if nested := [member.filename for member in inside if member.filename.lower().endswith(PACKED)]:
        faults.append(f"an archive inside the archive: {listed(nested)}. Unpack it first.")
    if locked := [member.filename for member in inside if member.flag_bits & 1]:
        faults.append(f"locked by a password: {listed(locked)}. Zip the files without one.")
    if (size := sum(member.file_size for member in inside)) > UNPACKED_BYTES:
        faults.append(f"too large when unpacked: {size // MEGABYTE:,} MB, at most {UNPACKED_BYTES // MEGABYTE} MB are read.")
    if twice := sorted({member.filename for member in inside if sum(one.filename == member.filename for one in inside) > 1}):
        faults.append(f"the same name twice: {listed(twice)}. Zip each file once.")
    if faults:
        raise IntakeError(f"{name_of(path)} is an archive that cannot be read:", tuple(faults))
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
