"""Solving scores for the counts they are made of: how many withheld counts come back, against what guessing gives.

The attacker knows the method, all weights and scales, every other number of every place, and regresses what is published on what he can compute.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from scipy.stats import poisson

from geomap.assessment.journey import assess
from geomap.boundaries.atlas import Atlas
from geomap.indicators.sources import Sources
from tests.toy import EAST, KM, NORTH, boundaries, layer, methodology

BELOW = 5
SIDE = 20
PER = {"layer": "residents", "field": "people"}
INDICATORS = (
    {"id": "threats", "measure": {"measure": "rate", "layer": "threats", "per": PER}},
    {"id": "poor", "measure": {"measure": "value", "layer": "other", "field": "poor"}},
    {"id": "idle", "measure": {"measure": "value", "layer": "other", "field": "idle"}},
)
REDRAWN = 2_000


@dataclass(frozen=True)
class Solved:
    """One attack: of so many withheld counts so many were named rightly.

    By guessing *chance* are on average, and in 99 of 100 cases no more than *limit*.
    """

    attack: str
    withheld: int
    named: int
    chance: float
    limit: int


@dataclass(frozen=True)
class City:
    """The city as it is: events and what was to be expected, people and two open numbers of each ward."""

    events: np.ndarray
    mean: np.ndarray
    people: np.ndarray
    poor: np.ndarray
    idle: np.ndarray

    @property
    def hidden(self) -> np.ndarray:
        """Where the count is withheld."""
        return (self.events > 0) & (self.events < BELOW)


def simulated(seed: int = 1) -> City:
    """400 wards with incidents as rare as they are."""
    random = np.random.default_rng(seed)
    people = random.integers(1_500, 9_000, SIDE**2).astype(float)
    strain = random.normal(size=SIDE**2)
    mean = people / 1_500 * np.exp(0.5 * strain)
    return City(
        random.poisson(mean), mean, people, 20 + 5 * strain + random.normal(0, 3, SIDE**2), 8 + 2 * strain + random.normal(0, 1, SIDE**2)
    )


def attacks(city: City) -> list[Solved]:
    """Scores as they are often published, and as this software publishes them, each attacked by score, rank and tenth."""
    raw = _scores(np.column_stack([city.events / city.people, city.poor, city.idle]))
    found = []
    for made, score in (("from raw counts", raw), ("as published here", published(city))):
        for name, shown in (
            ("z-score", score),
            ("rank", pd.Series(score).rank().to_numpy()),
            ("tenth", np.ceil(pd.Series(score).rank(pct=True).to_numpy() * 10)),
        ):
            found.append(_judged(f"{name}, {made}", _solve(city, shown), city))
    return found


def published(city: City) -> np.ndarray:
    """The index that geomap publishes of the city."""
    wards = [f"W{number:03d}" for number in range(len(city.events))]
    shapes = {
        ward: shapely.box(EAST + n % SIDE * KM, NORTH + n // SIDE * KM, EAST + (n % SIDE + 1) * KM, NORTH + (n // SIDE + 1) * KM)
        for n, ward in enumerate(wards)
    }
    layers = (
        layer("threats", pd.DataFrame({"ward": np.repeat(wards, city.events)}), kind="incidents", sensitivity="counts"),
        layer("other", pd.DataFrame({"ward": wards, "poor": city.poor, "idle": city.idle})),
        layer("residents", pd.DataFrame({"ward": wards, "people": city.people})),
    )
    recipe = methodology(*INDICATORS, scale={"method": "z", "reason": "Because."}, methodology={
        "name": "toy", "title": "Toy", "version": "1", "period": "2025", "baseline": "2025", "levels": ["wards"]})  # fmt: skip
    seen = Sources(Atlas({"wards": boundaries("wards", shapes)}), {one.name: one for one in layers}, "2025", ("wards",))
    return assess(seen, recipe, "wards").assessment.numbers["risk"]["value"].to_numpy()


def _scores(values: np.ndarray) -> np.ndarray:
    return ((values - values.mean(axis=0)) / values.std(axis=0)).mean(axis=1)


def _solve(city: City, shown: np.ndarray) -> np.ndarray:
    """The count of each withheld ward that fits best what is shown: the slope of what is shown on the rate, learnt where the rate is known, turned round."""
    hidden, rate = city.hidden, np.where(city.hidden, np.nan, city.events) / city.people
    known = ~hidden
    design = np.column_stack([np.ones(known.sum()), rate[known], city.poor[known], city.idle[known]])
    slopes = np.linalg.lstsq(design, shown[known], rcond=None)[0]
    guesses = np.arange(1, BELOW)
    fitted = slopes[0] + slopes[1] * guesses[:, None] / city.people[hidden] + slopes[2] * city.poor[hidden] + slopes[3] * city.idle[hidden]
    return guesses[np.abs(fitted - shown[hidden]).argmin(axis=0)]


def _judged(attack: str, guesses: np.ndarray, city: City) -> Solved:
    """How many guesses are right, against how many would be if each withheld count were drawn anew from what the ward's own mean makes likely in the band."""
    true, random = city.events[city.hidden], np.random.default_rng(0)
    ladder = poisson.pmf(np.arange(1, BELOW), city.mean[city.hidden][:, None]).cumsum(axis=1)
    drawn = 1 + (random.random((REDRAWN, len(true), 1)) * ladder[:, -1:] >= ladder[:, :-1]).sum(axis=2)
    right = (drawn == guesses).sum(axis=1)
    return Solved(attack, len(true), int((guesses == true).sum()), float(right.mean()), int(np.quantile(right, 0.99)))
