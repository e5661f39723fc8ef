"""Who lives where, and the hidden truth that every layer of the city is drawn from."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.demo.shapes import CRS, Shapes

PERIODS = ("2024", "2025")
AGES = ("0-15", "16-24", "25-44", "45-64", "65+")
SEXES = ("female", "male")
PRESSED = 6


@dataclass(frozen=True)
class Truth:
    """strain: 0–1 per neighbourhood, what truly presses on it. pressed: the codes of the planted places. residents: (code, period, age_group, sex, people)."""

    strain: pd.Series
    pressed: tuple[str, ...]
    residents: pd.DataFrame

    def people(self, period: str) -> pd.Series:
        """Residents per neighbourhood in *period*."""
        rows = self.residents[self.residents["period"] == period]
        return rows.groupby("neighbourhood")["people"].sum().reindex(self.strain.index, fill_value=0)


def settle(shapes: Shapes, generator: np.random.Generator) -> Truth:
    """Strain that is smooth over the city with two pressed quarters planted in it, and residents by age and sex."""
    metres = shapes.neighbourhoods.to_crs(CRS)
    middles = np.column_stack([metres.centroid.x, metres.centroid.y])
    strain = _smooth(middles, generator)
    pressed = _quarters(middles, list(shapes.neighbourhoods.index), shapes.park, generator)
    strain = pd.Series(0.10 + 0.42 * strain, index=shapes.neighbourhoods.index)
    strain[list(pressed)] = generator.uniform(0.88, 0.98, len(pressed))
    return Truth(strain.round(4), tuple(sorted(pressed)), _residents(metres, shapes.park, strain, generator))


def socioeconomic(truth: Truth, generator: np.random.Generator) -> pd.DataFrame:
    """Counts per neighbourhood and period: households and those in low income or overcrowded, adults without work or qualifications, long illness."""
    tables = []
    for step, period in enumerate(PERIODS):
        people, strain = truth.people(period), truth.strain
        households = (people / 2.3).round().astype(int)
        adults = (people * 0.66).round().astype(int)

        def part(of: pd.Series, base: float, slope: float, strain: pd.Series = strain, step: int = step) -> np.ndarray:
            noise = generator.normal(0, 0.012, len(of))
            return generator.binomial(of.to_numpy(), np.clip(base + slope * strain.to_numpy() + 0.004 * step + noise, 0.005, 0.9))

        columns = {
            "neighbourhood": people.index, "period": period, "residents": people.to_numpy(), "households": households.to_numpy(),
            "households_low_income": part(households, 0.06, 0.30), "households_overcrowded": part(households, 0.02, 0.16),
            "adults": adults.to_numpy(), "adults_without_work": part(adults, 0.03, 0.13), "adults_without_qualifications": part(adults, 0.07, 0.22),
            "residents_long_illness": part(people, 0.10, 0.13),
        }  # fmt: skip
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def margins(truth: Truth) -> pd.DataFrame:
    """Residents aged 16 and over by age group and by sex, for weighting."""
    grown = truth.residents[truth.residents["age_group"] != "0-15"]
    parts = []
    for variable in ("age_group", "sex"):
        sums = grown.groupby(["period", variable])["people"].sum().reset_index().rename(columns={variable: "category"})
        parts.append(sums.assign(variable=variable)[["period", "variable", "category", "people"]])
    return pd.concat(parts, ignore_index=True)


def _smooth(middles: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    centres = middles[generator.choice(len(middles), 9, replace=False)]
    heights = generator.normal(0, 1, 9)
    distance = np.linalg.norm(middles[:, None] - centres[None], axis=2)
    field = (np.exp(-((distance / 2_200) ** 2)) * heights).sum(axis=1) + generator.normal(0, 0.12, len(middles))
    return (field - field.min()) / np.ptp(field)


def _quarters(middles: np.ndarray, codes: list[str], park: str, generator: np.random.Generator) -> list[str]:
    """Two groups of three neighbouring places, far from one another."""
    free = [number for number, code in enumerate(codes) if code != park]
    first = int(generator.choice(free))
    second = max(free, key=lambda number: float(np.linalg.norm(middles[number] - middles[first])))
    chosen: list[int] = []
    for centre in (first, second):
        near = [
            number for number in np.argsort(np.linalg.norm(middles - middles[centre], axis=1)) if number in free and number not in chosen
        ]
        chosen += [int(number) for number in near[: PRESSED // 2]]
    return [codes[number] for number in chosen]


def _residents(metres: gpd.GeoDataFrame, park: str, strain: pd.Series, generator: np.random.Generator) -> pd.DataFrame:
    size = generator.uniform(2_200, 5_200, len(metres)).round()
    size[list(metres.index).index(park)] = 0
    rows = []
    for step, period in enumerate(PERIODS):
        for code, people in zip(metres.index, size * (1 + 0.008 * step), strict=True):
            youth = 0.10 + 0.05 * strain[code]
            shares = np.outer(np.array([0.19, youth, 0.31, 0.24, 0.26 - youth]), [0.51, 0.49])
            rows += [(code, period, age, sex, round(people * shares[i, j])) for i, age in enumerate(AGES) for j, sex in enumerate(SEXES)]
    return pd.DataFrame(rows, columns=["neighbourhood", "period", "age_group", "sex", "people"])
