"""The stage of every trial: a folder of editions with one that was published, and another about to be."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from geomap.editions.edition import find_edition
from geomap.editions.freeze import Frozen, Steps, freeze
from geomap.editions.register import enter, read_register
from geomap.editions.seal import BEING_WRITTEN
from geomap.editions.verify import verify
from geomap.errors import GeomapError

DONE, REFUSED, BROKE = 0, 3, 9


def publish(frozen: Frozen, editions: Path, *, patience: float = 60.0) -> Path:
    """The edition, frozen and entered into the register as publishing does."""
    steps = Steps(placed=lambda folder: enter(folder, method="the method", date="2026-01-31") and None)
    return freeze(frozen, editions, steps=steps, patience=patience)


def another(frozen: Frozen, number: int) -> Frozen:
    """The same edition but for a remark in its methodology, so that it has another name."""
    return replace(frozen, methodology=f"{frozen.methodology}\n# remark {number}\n")


def apart(work: Callable[[], object]) -> int:
    """The process that does *work* and ends with DONE, REFUSED (told in words) or BROKE; whoever calls waits for it."""
    process = os.fork()
    if process:
        return process
    code = BROKE
    try:
        work()
        code = DONE
    except (GeomapError, OSError) as told:
        code = REFUSED if str(told) else BROKE
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """How *process* ended: its code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def kill(process: int) -> int:
    """Kills *process* at once and says how it ended; it may have been done before."""
    os.kill(process, signal.SIGKILL)
    return ended(process)


def faults(editions: Path) -> list[str]:
    """What is wrong in a folder of editions: the current one, and everything that stands in the register."""
    found = [f"current: {fault}" for fault in verify(editions).faults]
    return found + [f"{entry.edition}: {fault}" for entry in read_register(editions) for fault in verify(editions / entry.edition).faults]


def current(editions: Path) -> str:
    """The name of the current edition."""
    return find_edition(editions).name


def leftovers(editions: Path) -> list[str]:
    """What is half-written there."""
    return [path.name for path in editions.rglob(f"{BEING_WRITTEN}*")]
