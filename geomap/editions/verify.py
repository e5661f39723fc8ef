"""Whether an edition is, to the last bit, what was published."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geomap.datapackage.package import CARD, sha256
from geomap.editions.edition import find_edition
from geomap.editions.register import published_as
from geomap.errors import EditionError

NAMED = 12


@dataclass(frozen=True)
class Verified:
    """What was found of an edition. files: how many were read; number: as what it was published, 0 for a draft; faults: sentences."""

    path: Path
    files: int
    number: int
    faults: tuple[str, ...]


def verify(path: Path) -> Verified:
    """The edition in *path* (its own folder, a folder of editions, a workspace), every bit of it held to its manifest, its name and the register."""
    folder = find_edition(path)
    entry = published_as(folder)
    faults = [*differences(folder), *_name(folder)]
    if entry and (folder / CARD).is_file() and sha256(folder / CARD) != entry.manifest:
        faults.append(f"{CARD} is not the one that was published as number {entry.number}")
    files = sum(1 for file in folder.rglob("*") if file.is_file())
    return Verified(folder, files, entry.number if entry else 0, tuple(faults))


def differences(folder: Path) -> Iterator[str]:
    """A sentence for each file below *folder* that is changed, missing, added or no file, by the manifest."""
    try:
        manifest = json.loads((folder / CARD).read_text(encoding="utf-8"))
        promised = {str(item["path"]): (item["bytes"], item["hash"]) for item in manifest["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        yield f"{CARD} cannot be read as a manifest ({type(wrong).__name__}), so nothing in it can be held to it"
        return
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not _inner(path, folder, promised)}
    for name, (size, digest) in promised.items():
        path = found.get(name)
        if path is None:
            yield f"{name} is missing"
        elif path.is_symlink() or not path.is_file():
            yield f"{name} is no file of its own"
        elif path.stat().st_size != size or f"sha256:{sha256(path)}" != digest:
            yield f"{name} has been changed"
    for name in found:
        if name not in promised and name != CARD:
            yield f"{name} was added"


def demand_verified(path: Path) -> Verified:
    """What *verify* found, when it is faultless; else EditionError with all faults."""
    found = verify(path)
    if found.faults:
        raise EditionError(
            f"The edition {found.path} is not what was frozen. Take the folder away and publish again, or fetch a good copy:", found.faults
        )
    return found


def _inner(path: Path, folder: Path, promised: dict[str, object]) -> bool:
    """Whether *path* is a folder that some promised file lies in."""
    inside = path.relative_to(folder).as_posix()
    return path.is_dir() and not path.is_symlink() and any(name.startswith(f"{inside}/") for name in promised)


def _name(folder: Path) -> list[str]:
    """The folder's name ends with the hash of its manifest, or else one of the two was changed."""
    if not (folder / CARD).is_file() or folder.resolve().name.endswith(f"-{sha256(folder / CARD)[:NAMED]}"):
        return []
    return [f"{CARD} has been changed, or the folder was renamed: the name ends with the hash of another manifest"]
