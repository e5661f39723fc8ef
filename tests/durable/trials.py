"""The trials. Each gives figures by name; those named broken and silent must be 0."""

import os
import resource
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pyogrio

from geomap.assessment.assessment import Assessment
from geomap.editions.edition import read_edition
from geomap.editions.freeze import Frozen
from geomap.editions.verify import verify
from geomap.views.geopackage import write_geopackage
from tests.durable.stage import DONE, REFUSED, another, apart, current, ended, faults, kill, leftovers, publish

NOBODY, BLOCK = 65_534, 4_096
Figures = dict[str, int]


def kills(frozen: Frozen, editions: Path, *, times: int, seed: int = 1) -> Figures:
    """Kills the publisher at *times* random moments from its first step to a little after its last; after each, the old edition or the new is there, whole."""
    chance, counted = np.random.default_rng(seed), Counter(old=0, new=0, broken=0, unswept=0)
    publish(frozen, editions)
    began = time.monotonic()
    publish(another(frozen, -1), editions)
    takes = time.monotonic() - began
    for number in range(times):
        before = current(editions)
        process = apart(lambda number=number: publish(another(frozen, number), editions))
        time.sleep(chance.uniform(0, 1.15 * takes))
        kill(process)
        counted["broken"] += bool(faults(editions))
        counted["old" if current(editions) == before else "new"] += 1
        if number % 10 == 9:
            publish(another(frozen, -number), editions)
            counted["unswept"] += bool(leftovers(editions)) or bool(faults(editions))
    return dict(counted)


def full_disks(frozen: Frozen, editions: Path, *, sizes: int, disk: Path | None = None) -> Figures:
    """Publishes onto *sizes* disks, from no room at all to more than enough: a real small disk in the folder *disk*, or else a limit on the size of files."""
    publish(frozen, editions)
    needed = _bytes(read_edition(editions).path)
    counted = Counter(done=0, refused=0, broken=0, silent=0)
    for step in range(sizes):
        if disk is None:
            _judge(_limited(another(frozen, step), editions, _largest(editions) * step // max(sizes - 2, 1)), editions, counted)
        else:
            with_room = int(needed * 1.6 * step / (sizes - 1))
            _judge(_on_disk(another(frozen, step), editions, disk, with_room), disk / "editions", counted)
            subprocess.run(["umount", disk], check=True)
    return dict(counted)


def full_disk_exports(assessment: Assessment, folder: Path, *, sizes: int) -> Figures:
    """Exports a GeoPackage onto *sizes* small disks in *folder*: it is there and whole, or it is told in words and not there."""
    needed = write_geopackage(assessment, folder / "whole.gpkg")[0].stat().st_size
    counted, disk = Counter(done=0, refused=0, broken=0, silent=0), folder / "export"
    disk.mkdir()
    for step in range(1, sizes + 1):
        room = int(needed * 1.5 * step / sizes) // BLOCK * BLOCK + BLOCK
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", disk], check=True)
        code, target = ended(apart(lambda: write_geopackage(assessment, disk / "out.gpkg"))), disk / "out.gpkg"
        whole = not target.exists() or len(pyogrio.read_dataframe(target, layer=assessment.level)) == len(assessment.places)
        counted["done"] += code == DONE and whole and target.exists()
        counted["refused"] += code == REFUSED and whole
        counted["silent"] += code == DONE and not (whole and target.exists())
        counted["broken"] += code not in (DONE, REFUSED) or not whole
        subprocess.run(["umount", disk], check=True)
    return dict(counted)


def forbidden_folder(frozen: Frozen, editions: Path) -> Figures:
    """Publishes into a folder that may not be written, as somebody who is not root."""
    publish(frozen, editions)
    before = current(editions)
    mode = editions.stat().st_mode
    editions.chmod(0o555)
    process = apart(lambda: (os.geteuid() == 0 and os.setuid(NOBODY), publish(another(frozen, 1), editions)))
    code = ended(process)
    editions.chmod(mode)
    whole = not faults(editions) and current(editions) == before and not leftovers(editions)
    return {"refused": int(code == REFUSED), "broken": int(not whole), "silent": int(code == DONE)}


def two_at_once(frozen: Frozen, editions: Path, *, rounds: int) -> Figures:
    """Two publishers start at the same moment: both are done, one after the other; and who will not wait is told so."""
    publish(frozen, editions)
    counted = Counter(done=0, refused=0, broken=0)
    for number in range(rounds):
        patience = 60.0 if number % 2 else 0.0
        pair = [
            apart(lambda one=one, p=patience, n=number: publish(another(frozen, 2 * n + one), editions, patience=p)) for one in range(2)
        ]
        codes = [ended(process) for process in pair]
        counted.update(done=codes.count(DONE), refused=codes.count(REFUSED))
        counted["broken"] += bool(faults(editions)) or bool(leftovers(editions)) or (bool(patience) and codes != [DONE, DONE])
    return dict(counted)


def flips(folder: Path, *, times: int, seed: int = 1) -> Figures:
    """Flips one random bit in the files of an edition, *times* over, and asks for it to be found; each is flipped back."""
    chance, found = np.random.default_rng(seed), 0
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = np.array([path.stat().st_size for path in files], dtype=float)
    for path in files:
        path.chmod(0o644)
    for _ in range(times):
        path = files[chance.choice(len(files), p=sizes / sizes.sum())]
        whole = path.read_bytes()
        at, bit = int(chance.integers(len(whole))), int(chance.integers(8))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :])
        told = verify(folder).faults
        found += any(path.name in fault for fault in told)
        path.write_bytes(whole)
    return {"flipped": times, "found": found, "missed": times - found + bool(verify(folder).faults)}


def _limited(frozen: Frozen, editions: Path, most: int) -> int:
    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        publish(frozen, editions)

    return ended(apart(work))


def _on_disk(frozen: Frozen, editions: Path, disk: Path, room: int) -> int:
    """How publishing ends on a fresh disk that holds a copy of *editions* and so many bytes of free room."""
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", disk], check=True)
    shutil.copytree(editions, disk / "editions")
    state = os.statvfs(disk)
    used = (state.f_blocks - state.f_bfree) * state.f_frsize
    subprocess.run(["mount", "-o", f"remount,size={used + max(room, 0)}", disk], check=True)
    return ended(apart(lambda: publish(frozen, disk / "editions")))


def _judge(code: int, editions: Path, counted: Counter) -> None:
    """Counts one trial: done and whole, refused in words and as it was before, or broken; silent when it says done but is not."""
    whole = not faults(editions) and not leftovers(editions)
    counted["done"] += code == DONE and whole
    counted["refused"] += code == REFUSED and whole
    counted["silent"] += code == DONE and not whole
    counted["broken"] += code not in (DONE, REFUSED) or not whole


def _bytes(folder: Path) -> int:
    """What *folder* takes on a disk of whole blocks."""
    return sum(-(-path.stat().st_size // BLOCK) * BLOCK for path in folder.rglob("*"))


def _largest(editions: Path) -> int:
    return max(path.stat().st_size for path in read_edition(editions).path.rglob("*") if path.is_file())
