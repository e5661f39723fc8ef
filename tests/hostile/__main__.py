"""Runs the corpus and prints every wrong outcome and four figures, each of which must be 0.

Run as python -m tests.hostile, or with words that the files' names must hold: python -m tests.hostile geo_ ras_
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.hostile.corpus import FOLDER, Case, cases, verdict
from tests.hostile.watch import Watch, watching

SECONDS = 10
MEMORY_KILOBYTES = 1 << 20
FIGURES = ("harms", "silent reads", "tracebacks", "wrong refusals")
COLUMNS = {"harm": "harms", "silent read": "silent reads", "traceback": "tracebacks", "wrong refusal": "wrong refusals"}


@dataclass(frozen=True)
class Ran:
    """What one run of the command did."""

    code: int
    output: str
    seconds: float
    kilobytes: int


def run(case: Case) -> Ran:
    """What geomap inspect does with the file, with the time and the memory it and its helpers took."""
    command = [sys.executable, "-m", "geomap", "inspect", str(case.path), "--as", case.role, "--json"]
    command += [] if case.role == "card" else ["--boundaries", str(case.boundaries)]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    try:
        output, _ = process.communicate(timeout=3 * SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    return Ran(process.returncode, output, time.monotonic() - started, _peak())


def _peak() -> int:
    """The greatest memory of any process so far, in kilobytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def judge(case: Case, ran: Ran, watch: Watch, calls: int) -> list[str]:
    """What was wrong, each beginning with its figure's name."""
    wrong = [f"harm: {why}" for why in _harms(ran, watch, calls)]
    answer = _answer(ran.output)
    if ran.code not in (0, 3) or answer is None or "Traceback" in ran.output:
        return [*wrong, f"traceback: exit code {ran.code}: {ran.output.strip()[-300:]}"]
    told = verdict(case, answer["outcome"], " ".join(answer["messages"]))
    return [*wrong, *([told] if told else [])]


def _harms(ran: Ran, watch: Watch, calls: int) -> list[str]:
    found = [f"wrote {path}" for path in watch.traces()]
    found += [f"{watch.calls - calls} call(s) over the network"] if watch.calls > calls else []
    found += ["a file of this machine leaked"] if "root:x:" in ran.output else []
    found += [f"took {ran.seconds:.0f} seconds"] if ran.seconds > SECONDS else []
    return found + ([f"took {ran.kilobytes // 1024:,} MB"] if ran.kilobytes > MEMORY_KILOBYTES else [])


def _answer(output: str) -> dict[str, Any] | None:
    try:
        answer = json.loads(output)
    except ValueError:
        return None
    return answer if {"outcome", "messages", "rows", "matched"} <= set(answer) else None


def main(words: list[str]) -> int:
    """Prints the wrong outcomes and the figures; 0 when all figures are."""
    chosen = [case for case in cases() if not words or any(word in case.file for word in words)]
    if not chosen:
        print(f"The corpus is not in {FOLDER}; set GEOMAP_SHARED to the folder that holds data/.")
        return os.EX_NOINPUT if hasattr(os, "EX_NOINPUT") else 1
    figures: Counter[str] = Counter()
    with watching() as watch:
        for case in chosen:
            calls = watch.calls
            for sentence in judge(case, run(case), watch, calls):
                figures[COLUMNS[sentence.split(":")[0]]] += 1
                print(f"{case.file} ({case.kind}, must {case.must}): {sentence}", flush=True)
    good = [case for case in chosen if case.must.startswith("accept")]
    print(f"{len(chosen)} files, {len(good)} of them good. " + ", ".join(f"{name}: {figures[name]}" for name in FIGURES))
    return 1 if figures.total() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
