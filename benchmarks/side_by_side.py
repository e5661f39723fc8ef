"""Two ways to do the same work, each run in a fresh process, again and again in turn; processor seconds are their medians, memory is what the process peaked at.

A benchmark gives each way a name and a function that makes ready and returns the work to be timed; what the work returns is an array, and is compared.
"""  # noqa: INP001

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median

import numpy as np

ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
Ready = Callable[[Path], Callable[[], np.ndarray]]


def told(name: str, ready: Ready, folder: Path) -> None:
    """Does the work once and prints its processor seconds and the peak of this process, in MB; the answer goes into *folder*."""
    work = ready(folder)
    start = time.process_time()
    answer = work()
    seconds = time.process_time() - start
    peak = (
        int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[1]) / 1024
    )  # ru_maxrss would hold the parent's
    np.save(folder / f"answer-{name}.npy", answer)
    print(json.dumps({"cpu": seconds, "peak_mb": peak}))


def beside(script: str, ours: str, peer: str, folder: Path, runs: int) -> dict[str, object]:
    """The ratios of *peer* to *ours*, from *runs* runs of each in turn; the first of each warms caches on disk and does not count."""
    took: dict[str, list[dict[str, float]]] = {ours: [], peer: []}
    for turn in range(runs + 1):
        for name in (ours, peer):
            done = _fresh(script, name, folder)
            took[name] += [done] if turn else []
    cpu, peak = ({name: median(run[what] for run in all_of) for name, all_of in took.items()} for what in ("cpu", "peak_mb"))
    return {
        "ratio_cpu": round(cpu[peer] / cpu[ours], 2), "ratio_memory": round(peak[peer] / peak[ours], 2), "equal": _equal(folder, ours, peer),
        "cpu_s": round(cpu[ours], 3), "peer_cpu_s": round(cpu[peer], 3), "peak_mb": round(peak[ours]), "peer_peak_mb": round(peak[peer]), "runs": runs,
    }  # fmt: skip


def _fresh(script: str, name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, script, "--part", name, "--folder", str(folder)]
    done = subprocess.run(command, env=os.environ | ONE_CORE, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (ourselves)
    return json.loads(done.stdout.splitlines()[-1])


def _equal(folder: Path, ours: str, peer: str) -> bool:
    return bool(np.array_equal(np.load(folder / f"answer-{ours}.npy"), np.load(folder / f"answer-{peer}.npy")))


def words(about: str, parts: Iterable[str]) -> argparse.ArgumentParser:
    """The arguments of every benchmark by places; *parts* are what it calls itself with, for each run in a process of its own."""
    found = argparse.ArgumentParser(description=about)
    found.add_argument("--places", type=int, nargs="+", action="extend")
    found.add_argument("--runs", type=int, default=3)
    found.add_argument("--part", choices=tuple(parts), help=argparse.SUPPRESS)
    found.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return found


def run_part(parts: Mapping[str, Ready], name: str, folder: Path) -> None:
    """The part called *name*, in this process."""
    told(name, parts[name], folder)
