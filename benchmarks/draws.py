"""Draws of an index beside a pandas loop that does the same work: `python benchmarks/draws.py [--quick]` prints one JSON line a case.

ratio_cpu: processor time of the loop over ours, a draw; medians of five alternating runs, each with its summary, on one core. The loop draws fewer
(peer_draws) and is scaled up, which is in its favour: its quantiles cost more a draw the more draws there are. peak_mb: of a fresh process that does
our part alone, Python and libraries included. equal: the agreed ranks are identical, and each limit of score and rank differs by less than four
Monte Carlo standard errors in 99 of 100 places; the error is that of a normal's 2.5 % quantile, 2.67 standard deviations √(1/n + 1/m).
"""  # noqa: INP001

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
import pandas as pd

from geomap.scoring.flat import FlatIndex
from geomap.scoring.leeway import Leeway
from geomap.scoring.simulate import Plan, simulate_fast, simulate_full
from geomap.scoring.standing import Standing

RUNS = 5
CONCENTRATION = 60.0
LIMITS = ("low", "high", "rank_low", "rank_high")
PEERS = {
    "refit": "pandas loop: noise on every indicator, min-max of each draw, weighted mean, rank, quantiles",
    "held": "pandas loop: noise on every indicator, min-max held still, weighted mean, rank, quantiles",
    "propagated": "pandas loop: weighted mean, noise on the score, rank, quantiles",
}


@dataclass(frozen=True)
class Case:
    """What is timed. gaps: share of cells that are missing; checked: draws of the loop when the two are compared."""

    name: str
    mode: str
    peer: str
    places: int
    indicators: int
    draws: int
    gaps: float = 0.0
    peer_draws: int = 100
    checked: int = 400


CASES = (
    Case("full, small", "full", "refit", 300, 20, 1_000),
    Case("full, large", "full", "refit", 33_000, 60, 200),
    Case("fast, 1,000 draws", "fast", "held", 33_000, 60, 1_000),
    Case("fast, 1,000 draws, noise on the score", "fast", "propagated", 33_000, 60, 1_000),
    Case("fast, 1,000 draws, one cell in a hundred missing", "fast", "held", 33_000, 60, 1_000, gaps=0.01),
    Case("fast, 10,000 draws", "fast", "held", 33_000, 60, 10_000),
)
QUICK = (
    Case("full, small", "full", "refit", 300, 20, 200, peer_draws=50),
    Case("fast, small", "fast", "held", 3_000, 30, 300, peer_draws=20, checked=200),
    Case("fast, small, noise on the score", "fast", "propagated", 3_000, 30, 300, peer_draws=20, checked=200),
)


def table(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """Values that differ by place as well as by indicator, with errors of a tenth to a half of their spread."""
    rng = np.random.default_rng(1)
    shape = case.places, case.indicators
    values = 50 + 6 * rng.standard_normal((case.places, 1)) + 8 * rng.standard_normal(shape)
    values[rng.random(shape) < case.gaps] = np.nan
    return values, rng.uniform(1, 5, shape)


def ours(case: Case, draws: int) -> Callable[[], Standing]:
    """Our draws, ready to be made."""
    values, errors = table(case)
    leeway, plan = Leeway((1 / case.indicators,) * case.indicators, concentration=CONCENTRATION), Plan(draws=draws, seed=(1,))
    if case.mode == "full":
        return lambda: simulate_full(values, errors, FlatIndex(), leeway, plan)
    low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
    return lambda: simulate_fast(10 * (values - low) / (high - low), 10 * errors / (high - low), leeway, plan)


def loop(case: Case, draws: int) -> dict[str, pd.Series]:
    """The same in pandas, as an analyst writes it."""
    values, errors = (pd.DataFrame(part).add_prefix("i") for part in table(case))
    rng, low, high = np.random.default_rng(2), values.min(), values.max()
    scaled, sd = (values - low) / (high - low) * 10, errors / (high - low) * 10
    scores, ranks = {}, {}
    for draw in range(draws):
        weights = rng.dirichlet(np.full(case.indicators, CONCENTRATION / case.indicators))
        if case.peer == "propagated":
            noise = np.sqrt((sd**2) @ (weights**2)) * rng.standard_normal(case.places)
            score = scaled @ weights + noise
        else:
            drawn = values + errors * rng.standard_normal(values.shape)
            if case.peer == "refit":
                low, high = drawn.min(), drawn.max()
            score = weighted_mean((drawn - low) / (high - low) * 10, weights, gaps=bool(case.gaps))
        scores[draw], ranks[draw] = score, score.rank(ascending=False, method="min")
    scores, ranks = pd.DataFrame(scores), pd.DataFrame(ranks)
    point = weighted_mean(scaled, np.full(case.indicators, 1 / case.indicators), gaps=bool(case.gaps)).rank(ascending=False, method="min")
    below = ranks.loc[point.sort_values().index]
    low, high = scores.quantile([0.025, 0.975], axis=1).to_numpy()
    rank_low, rank_median, rank_high = ranks.quantile([0.025, 0.5, 0.975], axis=1).to_numpy()
    worst, worse = (ranks <= 0.1 * case.places).mean(axis=1), (below < below.shift(-1)).mean(axis=1)
    return {
        "rank": point, "low": low, "high": high, "rank_low": rank_low, "rank_median": rank_median, "rank_high": rank_high,
        "p_worst": worst, "p_worse": worse,
    }  # fmt: skip


def weighted_mean(scaled: pd.DataFrame, weights: np.ndarray, *, gaps: bool) -> pd.Series:
    """Over the indicators that are there; where none is missing nobody divides by the weight that is there."""
    total = (scaled * weights).sum(axis=1)
    return total / (scaled.notna() * weights).sum(axis=1) if gaps else total


def equal(case: Case) -> bool:
    """Whether both say the same."""
    found, peer = ours(case, case.draws)(), loop(case, case.checked)
    if not np.array_equal(found.rank, peer["rank"]):
        return False
    error = 2.67 * np.sqrt(1 / case.draws + 1 / case.checked)
    spread = {"low": (found.high - found.low) / 3.92, "rank_low": (found.rank_high - found.rank_low) / 3.92}
    spread |= {"high": spread["low"], "rank_high": spread["rank_low"]}
    return all(np.mean(np.abs(getattr(found, name) - peer[name]) <= 4 * error * spread[name] + 1e-9) >= 0.99 for name in LIMITS)


def timed(work: Callable[[], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compared(case: Case) -> dict[str, object]:
    """Times, ratio, and whether both agree."""
    run = ours(case, case.draws)
    pairs = [(timed(run) / case.draws, timed(lambda: loop(case, case.peer_draws)) / case.peer_draws) for _ in range(RUNS)]
    own, peer = (median(times) for times in zip(*pairs, strict=True))
    return {
        "ratio_cpu": round(peer / own, 1),
        "ms_a_draw": round(own * 1e3, 3),
        "peer_ms_a_draw": round(peer * 1e3, 3),
        "equal": equal(case),
    }


def peak(case: Case) -> dict[str, object]:
    """The largest memory of this process, which has done nothing else."""
    ours(case, case.draws)()
    return {"peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def in_fresh_process(part: str, name: str, *, quick: bool) -> dict[str, object]:
    """What `python draws.py --part PART --case NAME` prints, on one core."""
    command = [sys.executable, __file__, "--part", part, "--case", name, *(["--quick"] if quick else [])]
    done = subprocess.run(command, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"}, check=True, capture_output=True, text=True)  # noqa: S603 (ourselves)
    return json.loads(done.stdout)


def main() -> None:
    """One line a case."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true", help="small cases, in seconds")
    words.add_argument("--part", choices=("compared", "peak"), help=argparse.SUPPRESS)
    words.add_argument("--case", help=argparse.SUPPRESS)
    asked = words.parse_args()
    cases = {case.name: case for case in (QUICK if asked.quick else CASES)}
    if asked.part:
        print(json.dumps({"compared": compared, "peak": peak}[asked.part](cases[asked.case])))
        return
    for case in cases.values():
        about = {"name": case.name, "peer": PEERS[case.peer], "mode": case.mode, "places": case.places, "indicators": case.indicators}
        about |= {"draws": case.draws, "peer_draws": case.peer_draws}
        measured = in_fresh_process("compared", case.name, quick=asked.quick) | in_fresh_process("peak", case.name, quick=asked.quick)
        print(json.dumps(about | measured), flush=True)


if __name__ == "__main__":
    main()
