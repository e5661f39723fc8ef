"""Whether the groups of a survey answer differently, in the city and in each place: every pair, with its interval, and false discovery held down."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from geomap.assessment.grounds import CITY, Grounds, weighted
from geomap.assessment.trust_grid import asked
from geomap.indicators.respondents import Respondents, agreeing
from geomap.indicators.rows import of_period
from geomap.indicators.sources import Sources
from geomap.methodology.listening import Listening
from geomap.statistics.discovery import benjamini_hochberg
from geomap.statistics.divergence import CANNOT_TELL, FALSE_DISCOVERY
from geomap.statistics.domain_differences import domain_differences
from geomap.statistics.domains import Domains
from geomap.statistics.rao_scott import rao_scott
from geomap.statistics.rounding import OF_ANSWERS, PUBLISHED, significant

COLUMNS = (
    "layer", "period", "question", "wording", "institution", "issue", "level", "code", "by", "group", "other", "n", "n_other", "difference", "low",
    "high", "p", "q", "word", "p_any",
)  # fmt: skip
NUMBERS = ("difference", "low", "high", "p", "q", "p_any")
CELL = ["period", "question", "level", "code", "by"]


def group_differences(sources: Sources, rule: Listening, grid: pd.DataFrame, base: int) -> pd.DataFrame:
    """The columns COLUMNS: a row for each question, place and pair of groups of which *grid* (trust_grid) shows both, in percentage points.

    q: Benjamini and Hochberg's over all pairs of a level. word: lower or higher (q ≤ 0.10), else cannot tell. p_any: Rao and Scott's test of whether
    the answer goes with the groups at all, of those that the grid shows of the city. Groups that the grid withholds have no row, so nothing is told of them.
    """
    layer = sources.layer(rule.layer)
    rows = layer.take(of_period(layer, sources.period))
    grounds = Grounds.of(rows, sources, rule.levels or sources.levels)
    who = weighted(rows, grounds, rule, sources, base)
    told = grid[(grid["shown"] == "direct") & (grid["by"] != "") & (grid["answer"] == "") & (grid["period"] == sources.period)]
    tables = list(_pairs(who, grounds, rule, told, base)) if len(rows.table) else []
    if not tables:
        return pd.DataFrame(columns=list(COLUMNS))
    found = _shown(pd.concat(tables, ignore_index=True).assign(layer=layer.name, period=sources.period), told)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(found["se"] > 0, found["difference"] / found["se"], np.nan)
    df = found["df"].clip(lower=1)
    half = stdtrit(df, 0.975) * found["se"]
    found = found.assign(low=found["difference"] - half, high=found["difference"] + half, p=2 * stdtr(df, -np.abs(t)))
    found["q"] = found.groupby("level")["p"].transform(benjamini_hochberg)
    found["word"] = np.select(
        [~(found["q"] <= FALSE_DISCOVERY), found["difference"] < 0, found["difference"] > 0],
        [CANNOT_TELL, "lower", "higher"],
        default=CANNOT_TELL,
    )
    digits = OF_ANSWERS if layer.card.guarded else PUBLISHED
    rounded = {name: significant(found[name].astype(float), digits) for name in NUMBERS}
    return found.assign(**rounded)[list(COLUMNS)].reset_index(drop=True)


def _pairs(who: Respondents, grounds: Grounds, rule: Listening, told: pd.DataFrame, base: int) -> Iterator[pd.DataFrame]:
    """One table for each question, pair of groups and level, of all its places; answers that the grid leaves out of a level stay out. told: the cells that the grid shows."""
    city = told[told["level"] == CITY]
    for name, question in asked(who.layer).items():
        if not question.agree:
            continue
        agrees, answered = agreeing(who, name, question.agree)
        y, left = np.where(answered, agrees, 0.0), grounds.left(answered, base)
        inside = {level: Domains.of(codes.mask(left[level])) for level, codes in grounds.levels.items()}
        about = {"question": name, "wording": question.wording, "institution": question.institution, "issue": question.issue}
        for by in rule.by:
            groups = who.layer.column(by)
            known = answered & groups.notna().to_numpy()
            said = groups.astype(str)
            parts = {code: known & (said == code).to_numpy() for code in sorted(said[known].unique())}
            shown = city.loc[(city["question"] == name) & (city["by"] == by), "group"]
            any_p = _any(who, groups, agrees, known & said.isin(shown).to_numpy() & ~left[CITY])
            for one, other in combinations(parts, 2):
                for level, domains in inside.items():
                    table = domain_differences(who.design, y, domains, parts[one], parts[other])
                    table[["difference", "se"]] *= 100
                    key = {"level": level, "by": by, "group": one, "other": other, "p_any": any_p if level == CITY else np.nan}
                    yield table.rename_axis("code").reset_index().assign(**about, **key)


def _any(who: Respondents, groups: pd.Series, agrees: np.ndarray, known: np.ndarray) -> float:
    if groups[known].nunique() < 2 or len(np.unique(agrees[known])) < 2:
        return np.nan
    return rao_scott(who.design, groups, agrees, within=known).p


def _shown(found: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """The pairs of which both groups are *told*, by their own answers."""
    keys = set(told[[*CELL, "group"]].itertuples(index=False, name=None))
    sides = [found[[*CELL, side]].itertuples(index=False, name=None) for side in ("group", "other")]
    return found[[one in keys and two in keys for one, two in zip(*sides, strict=True)]]
