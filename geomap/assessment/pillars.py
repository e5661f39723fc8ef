"""The scales of a survey's instrument for the whole city and for its groups: a baseline that later editions are held against."""

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from geomap.assessment.assessment import SURVEY_NOT_REVIEWED
from geomap.assessment.grid_cells import CITY, REST, key_of, lines_of, unsaid
from geomap.disclosure.bases import hidden_bases
from geomap.indicators.pillar import NOT_A_PREDICTION, a_share, instrument_of, items_of, score_of
from geomap.indicators.respondents import Respondents, respondents
from geomap.indicators.rows import of_period
from geomap.indicators.sources import Sources
from geomap.layers.instrument import Instrument
from geomap.methodology.listening import Listening
from geomap.statistics.coherence import cronbach_alpha
from geomap.statistics.domains import Domains, domain_means
from geomap.statistics.rounding import OF_LIMITS, significant
from geomap.worded import worded

COLUMNS = (
    "layer",
    "period",
    "subscale",
    "title",
    "up",
    "by",
    "group",
    "n",
    "mean",
    "low",
    "high",
    "alpha",
    "lowest",
    "highest",
    "status",
    "note",
)
NOT_COMPARED = worded("not compared: whether the scale means the same in these groups (measurement invariance) was not shown")


def pillars(sources: Sources, rule: Listening, base: int) -> pd.DataFrame:
    """The columns COLUMNS: mean score and Cronbach's alpha of each scale, for the city, each group in *by*, and each place of each level.

    Means of groups stand beside each other only where the instrument's card states measurement invariance for them ("places" for neighbourhoods);
    otherwise only alpha is given. The note of a survey that nobody reviewed says so. Scales about what people think or do of violence are left out unless *individual* is set, and are never split.
    status: value, withheld (fewer than *base* answers) or not_compared.
    """
    layer = sources.layer(rule.layer)
    rows = layer.take(of_period(layer, sources.period))
    instrument = instrument_of(rows)
    who = respondents(rows, rule.rake, sources.period, bounds=rule.bounds)
    names = [
        name for name, scale in instrument.subscales.items() if (rule.individual or not scale.individual) and not a_share(instrument, name)
    ]
    found = pd.concat([_scale(who, sources, rule, instrument, name, base) for name in names], ignore_index=True)
    if layer.card.unreviewed:
        found["note"] += f"; {SURVEY_NOT_REVIEWED}"
    return found.assign(layer=layer.name, period=sources.period)[list(COLUMNS)]


def _scale(who: Respondents, sources: Sources, rule: Listening, instrument: Instrument, name: str, base: int) -> pd.DataFrame:
    scale = instrument.subscales[name]
    items, score = items_of(who.layer, instrument, name), score_of(who.layer, instrument, name)
    cuts = {"": pd.Series(CITY, index=who.layer.table.index)}
    if not scale.individual:
        cuts |= {by: who.layer.column(by).astype("object").fillna(REST) for by in rule.by}
        cuts |= {level: who.places(sources, level)[1].fillna(REST) for level in rule.levels or sources.levels}
    table = pd.concat([_means(who, score, items, by, groups) for by, groups in cuts.items()], ignore_index=True)
    table = _let_out(table, instrument, sources, (set(rule.by), base))
    times = len(scale.items) if instrument.score == "sum" else 1
    ends = {"lowest": instrument.scale[0] * times, "highest": instrument.scale[1] * times}
    return table.assign(subscale=name, title=scale.title, up=scale.up, **ends)


def _means(who: Respondents, score: np.ndarray, items: np.ndarray, by: str, groups: pd.Series) -> pd.DataFrame:
    given = ~np.isnan(score)
    keys = groups.where(given, None).to_numpy(dtype=object)
    found = domain_means(who.design, np.where(given, score, 0.0), Domains.of(keys))
    half = stdtrit(found["df"].clip(lower=1), 0.975) * found["se"]
    alphas = [_alpha(items[given & (keys == code)]) for code in found.index]
    means = found.assign(by=by, group=found.index, low=found["mean"] - half, high=found["mean"] + half, alpha=alphas)
    return means.reset_index(drop=True)[["by", "group", "n", "mean", "low", "high", "alpha"]]


def _alpha(items: np.ndarray) -> float:
    return cronbach_alpha(items) if len(items) > 2 and items.shape[1] > 1 else np.nan


def _let_out(table: pd.DataFrame, instrument: Instrument, sources: Sources, limits: tuple[set[str], int]) -> pd.DataFrame:
    groups, base = limits
    key = key_of(table["by"], table["group"], table["by"].isin(groups))
    hidden = hidden_bases(table["n"].to_numpy(), lines_of(key, sources), base)
    rights = {by: by == "" or instrument.may_compare(by if by in groups else "places") for by in table["by"].unique()}
    barred = ~hidden & ~table["by"].map(rights).to_numpy(dtype=bool)
    table.loc[hidden, ["n", "mean", "low", "high", "alpha"]] = np.nan
    table.loc[barred, ["mean", "low", "high"]] = np.nan
    table[["low", "high"]] = significant(table[["low", "high"]], OF_LIMITS)
    table["status"] = np.select([hidden, barred], ["withheld", "not_compared"], default="value")
    table["note"] = np.select(
        [hidden, barred],
        [worded("fewer than {base} answers, or they could be told from the others", base=base), NOT_COMPARED],
        default=NOT_A_PREDICTION,
    )
    return table[~unsaid(key)].reset_index(drop=True)
