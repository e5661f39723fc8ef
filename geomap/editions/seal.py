"""What makes a written folder last: on the disk, read-only, and nothing half-written left beside it."""

import os
import shutil
from pathlib import Path

from geomap.editions.files import write_whole

BEING_WRITTEN = ".being-written-"
READ_ONLY = 0o444
OPEN_FOLDER = 0o755


def seal(folder: Path) -> None:
    """Every file below *folder* on the disk and read-only, every folder open to read."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(OPEN_FOLDER if path.is_dir() else READ_ONLY)
        settle(path)
    folder.chmod(OPEN_FOLDER)
    settle(folder)


def settle(path: Path) -> None:
    """Waits until the system has put *path*, a file or a folder's list of names, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_lasting(path: Path, text: str) -> None:
    """Puts *text* into *path* in one step, on the disk before and after the step."""

    def write(work: Path) -> None:
        work.write_text(text, encoding="utf-8")
        settle(work)

    write_whole(path, write)
    settle(path.parent)


def sweep(editions: Path) -> tuple[str, ...]:
    """The names of what a crash left half-written in *editions*, taken away; whoever calls holds the lock."""
    left = [path for place in (editions, editions / ".inputs") for path in place.glob(f"{BEING_WRITTEN}*") if _ours(path)]
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return tuple(sorted(path.name for path in left))


def _ours(path: Path) -> bool:
    """Whether *path* is of the kinds that freezing writes; an export that is being written beside editions is not."""
    return path.is_dir() or path.suffix in ("", ".json")
