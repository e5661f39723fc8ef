"""make durable: the trials at full size on an edition of the demonstration city, and their figures; ends with 1 when anything broke."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from geomap.workspace.build import assembled
from geomap.workspace.workspace import open_workspace
from tests.conftest import copy_demo
from tests.durable import trials
from tests.durable.stage import current, faults, leftovers

MUST_BE_NONE = ("broken", "silent", "unswept", "missed")


def command_kills(city: Path, *, times: int, seed: int = 1) -> trials.Figures:
    """Kills `geomap publish` as a whole, from its start to a little after its end."""
    chance, counted = np.random.default_rng(seed), {"old": 0, "new": 0, "broken": 0, "unswept": 0}
    recipe = (city / "methodology.toml").read_text(encoding="utf-8")
    command = [sys.executable, "-m", "geomap", "publish", str(city)]
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    takes = time.monotonic() - began
    for number in range(times):
        (city / "methodology.toml").write_text(f"{recipe}\n# remark {number}\n", encoding="utf-8")
        before = current(city / "editions")
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.5, 1.15) * takes)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        counted["broken"] += bool(faults(city / "editions"))
        counted["old" if current(city / "editions") == before else "new"] += 1
    subprocess.run(command, check=True, capture_output=True)
    counted["unswept"] += bool(leftovers(city / "editions")) + bool(faults(city / "editions"))
    return counted


def main() -> int:
    """All trials; 0 when nothing broke."""
    here = Path(tempfile.mkdtemp(prefix="durable-"))
    here.chmod(0o755)
    try:
        return _run(here)
    finally:
        shutil.rmtree(here)


def _run(here: Path) -> int:
    city = copy_demo(here / "city")
    frozen = assembled(open_workspace(city), draws=50)
    disk = here / "disk" if os.geteuid() == 0 else None
    figures = {
        "200 kills while an edition is frozen": trials.kills(frozen, here / "kills", times=200),
        "20 kills of the whole command": command_kills(city, times=20),
        f"39 sizes of {'a full disk' if disk else 'files'}": trials.full_disks(frozen, here / "full", sizes=39, disk=disk),
        "39 limits on the size of files": trials.full_disks(frozen, here / "limited", sizes=39),
        **({"39 sizes of a full disk for a GeoPackage": trials.full_disk_exports(frozen.assessments[0], here, sizes=39)} if disk else {}),
        "a folder that may not be written": trials.forbidden_folder(frozen, here / "forbidden"),
        "two publishers at once, 20 times": trials.two_at_once(frozen, here / "two", rounds=20),
        "1,000 flipped bits": trials.flips(trials.publish(frozen, here / "flips"), times=1_000),
    }
    for name, found in figures.items():
        print(f"{name}: {', '.join(f'{count} {what}' for what, count in found.items())}")
    bad = sum(found.get(name, 0) for found in figures.values() for name in MUST_BE_NONE)
    print(f"Broken or silent in all: {bad}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
