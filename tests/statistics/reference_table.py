"""The table example × published × ours × difference of the survey statistics: python -m tests.statistics.reference_table."""

import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd

from geomap.statistics.calibration import calibrate
from geomap.statistics.design import kish_effective_size
from geomap.statistics.fay_herriot import fay_herriot
from geomap.statistics.intervals import korn_graubard_interval
from geomap.statistics.jackknife import jackknife
from geomap.statistics.margins import rake_to_margins
from geomap.statistics.rao_scott import rao_scott
from tests.shared import shared
from tests.statistics.published import told
from tests.statistics.test_calibration_against_r import (
    AND_BY_RESULT,
    BY_TYPE,
    DESIGNS,
    SCHOOLS,
    TARGET,
    covariates,
    design_of,
    schools,
)

HEAD = ("example", "published", "ours", "difference", "allowed")
KORN_GRAUBARD = (0.12247021, 0.23163574)
Row = tuple[str, float, float, float]


def rows() -> Iterator[Row]:
    """Name, published, ours and the relative difference that is allowed."""
    r = told("survey_api")["values"]
    for name in DESIGNS.args[1]:
        sample = schools(name)
        for column, mean in r[name]["mean"]["est"].items():
            ours = design_of(name, sample).mean(sample[column])
            yield from _pair(f"{name} mean {column}", (mean, r[name]["mean"]["se"][column]), ours, 1e-8)
    yield from _calibrated(r)
    yield from _others(r)
    yield from _milk()


def _pair(name: str, published: tuple[float, float], ours: tuple[float, float], allowed: float) -> Iterator[Row]:
    names = name.split(" and ") if " and " in name else (name, f"{name} SE")
    for what, one, other in zip(names, published, ours, strict=True):
        yield what, float(one), float(other), allowed


def _calibrated(r: dict) -> Iterator[Row]:
    sample = schools("apiclus1")
    plain = design_of("apiclus1_fpc", sample)
    kinds = {"stype": sample["stype"], "sch.wide": sample["sch.wide"]}
    found = {
        "apiclus1_poststrat": rake_to_margins(plain, {"stype": sample["stype"]}, {"stype": SCHOOLS}),
        "apiclus1_rake": rake_to_margins(plain, kinds, {"stype": SCHOOLS, "sch.wide": TARGET}),
        "apiclus1_cal_greg_stype": calibrate(plain, covariates(sample), BY_TYPE, how="linear"),
        "apiclus1_cal_greg_stype_api99": calibrate(plain, covariates(sample, "api99"), AND_BY_RESULT, how="linear"),
        "apiclus1_cal_raking_stype_api99": calibrate(plain, covariates(sample, "api99"), AND_BY_RESULT, how="raking"),
    }
    for name, design in found.items():
        for column, mean in r[name]["mean"]["est"].items():
            yield from _pair(f"{name} mean {column}", (mean, r[name]["mean"]["se"][column]), design.mean(sample[column]), 1e-7)
    yield "kish_rake n_eff", r["kish_rake"]["neff"], kish_effective_size(found["apiclus1_rake"].weights), 1e-8


def _others(r: dict) -> Iterator[Row]:
    for name, like in (
        ("apiclus1_JK1_nofpc", "apiclus1_nofpc"),
        ("apistrat_JKn_nofpc", "apistrat_nofpc"),
        ("apiclus1_JK1_fpc", "apiclus1_fpc"),
    ):
        sample = schools(name)
        yield f"{name} SE api00", r[name]["se"]["api00"], jackknife(design_of(like, sample)).mean(sample["api00"]), 1e-8
    sample = schools("apistrat")
    design = design_of("apistrat_fpc", sample)
    gap, se = design.difference(sample["api00"], sample["sch.wide"] == "Yes", sample["sch.wide"] == "No")
    yield from _pair("svyttest difference and svyttest t", (r["ttest"]["est"], r["ttest"]["t"]), (gap, gap / se), 1e-8)
    test = rao_scott(design, sample["sch.wide"], sample["stype"])
    yield from _pair(
        "svychisq (Rao-Scott) F and svychisq (Rao-Scott) p", (r["chisq"]["F"], r["chisq"]["p"]), (test.statistic, test.p), 1e-7
    )
    mean, error = design.mean(sample["sch.wide"] == "No")
    low, high = korn_graubard_interval(*(pd.Series([float(one)]) for one in (mean, error, len(sample), design.df)))
    yield from _pair(
        "Korn-Graubard low and Korn-Graubard high", KORN_GRAUBARD, (float(np.asarray(low)[0]), float(np.asarray(high)[0])), 1e-7
    )


def _milk() -> Iterator[Row]:
    table, r = pd.read_csv(shared("data", "methods", "milk.csv")), told("fay_herriot_milk")["values"]["milk_REML"]
    x = np.column_stack([np.ones(len(table)), *(table["MajorArea"] == area for area in (2, 3, 4))])
    found = fay_herriot(table["yi"], table["SD"] ** 2, x)
    yield "milk REML between", r["refvar"], found.between, 1e-4
    for at in (0, len(table) - 1):
        yield f"milk REML estimate, area {at + 1}", r["eblup"][at], found.estimate[at], 1e-5
        yield f"milk REML mean squared error, area {at + 1}", r["mse"][at], found.mse[at], 1e-4


def main() -> int:
    """Prints the table; 0 only when every number is within what is allowed."""
    good = True
    print("{:<44}{:>22}{:>22}{:>12}{:>9}".format(*HEAD))
    for name, published, ours, allowed in rows():
        away = abs(ours - published) / abs(published)
        good &= away <= allowed
        print(f"{name:<44}{published:>22.12g}{ours:>22.12g}{away:>12.1e}{allowed:>9.0e}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
