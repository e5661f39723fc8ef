"""The scales of a survey's instrument for the whole city and for its groups: a baseline that later editions are held against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from geomap.assessment.assessment import SURVEY_NOT_REVIEWED
from geomap.assessment.grid_cells import LEFT, REST, absent, key_of, lines_of, nested, unsaid
from geomap.assessment.grounds import CITY, Grounds, weighted
from geomap.disclosure.bases import hidden_bases
from geomap.disclosure.nesting import nests_of
from geomap.indicators.pillar import NOT_A_PREDICTION, instrument_of, items_of, of_shares, score_of
from geomap.indicators.respondents import LEFT_OUT, Respondents
from geomap.indicators.rows import of_period
from geomap.indicators.sources import Sources
from geomap.layers.instrument import Instrument
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.statistics.coherence import cronbach_alpha
from geomap.statistics.domains import Domains, domain_means
from geomap.statistics.rounding import OF_ANSWERS, PUBLISHED, significant
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
NUMBERS = ["mean", "low", "high", "alpha"]
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
    grounds = Grounds.of(rows, sources, rule.levels or sources.levels)
    who = weighted(rows, grounds, rule, sources, base)
    tables = [_Scale(who, grounds, instrument, name).told(sources, rule, base) for name in _shown(rows, rule)]
    if not tables:
        return pd.DataFrame(columns=list(COLUMNS))
    found = pd.concat(tables, ignore_index=True)
    found[NUMBERS] = significant(found[NUMBERS], OF_ANSWERS if layer.card.guarded else PUBLISHED)
    if layer.card.unreviewed:
        found["note"] += f"; {SURVEY_NOT_REVIEWED}"
    return found.assign(layer=layer.name, period=sources.period)[list(COLUMNS)]


def left_out_of_scales(sources: Sources, rule: Listening, base: int) -> dict[str, dict[tuple[str, str], tuple[str, ...]]]:
    """By the title of each scale, the places (level, code) and the city that answers stay out of, and of each those places of the finest level."""
    layer = sources.layer(rule.layer)
    rows = layer.take(of_period(layer, sources.period))
    instrument, grounds = instrument_of(rows), Grounds.of(rows, sources, rule.levels or sources.levels)
    found = {}
    for name in _shown(rows, rule):
        given = ~np.isnan(score_of(rows, instrument, name))
        left = {level: away & given for level, away in grounds.left(given, base).items()}
        found[instrument.subscales[name].title] = grounds.lacks(left, sources, rule.layer)
    return found


def _shown(rows: Layer, rule: Listening) -> list[str]:
    instrument, guarded = instrument_of(rows), rows.card.guarded
    scales = instrument.subscales.items()
    return [name for name, scale in scales if (rule.individual or not scale.individual) and not (guarded and of_shares(instrument, name))]


@dataclass(frozen=True)
class _Scale:
    """The scale *name* of an instrument, as those answered it who live on these grounds."""

    who: Respondents
    grounds: Grounds
    instrument: Instrument
    name: str

    def told(self, sources: Sources, rule: Listening, base: int) -> pd.DataFrame:
        scale = self.instrument.subscales[self.name]
        items, score = (of(self.who.layer, self.instrument, self.name) for of in (items_of, score_of))
        left = self.grounds.left(~np.isnan(score), base)
        cuts = self._cuts(() if scale.individual else rule.by, left, whole_only=scale.individual)
        table = pd.concat([_means(self.who, score, items, by, groups) for by, groups in cuts], ignore_index=True)
        key = key_of(table["by"], table["group"], table["by"].isin(rule.by))
        lines = [*nested(key, nests_of(self.who.layer.table, rule.by)), *lines_of(key, sources, absent(self.grounds, left))]
        hidden = hidden_bases(table["n"].to_numpy(), lines, base)
        lacks = {(CITY, CITY)} if left[CITY].any() else set()
        lacks |= {(by, code.removesuffix(LEFT)) for by, code in zip(key["level"], key["code"], strict=True) if code.endswith(LEFT)}
        thinned = np.array([place in lacks for place in zip(key["level"], key["code"], strict=True)])
        out = _let_out(table, self.instrument, rule.by, hidden, base)
        out.loc[thinned & (out["status"] == "value"), "note"] += f"; {LEFT_OUT}"
        times = len(scale.items) if self.instrument.score == "sum" else 1
        ends = {"lowest": self.instrument.scale[0] * times, "highest": self.instrument.scale[1] * times}
        return out[~unsaid(key).to_numpy()].reset_index(drop=True).assign(subscale=self.name, title=scale.title, up=scale.up, **ends)

    def _cuts(self, columns: Sequence[str], left: Mapping[str, np.ndarray], *, whole_only: bool) -> Iterator[tuple[str, pd.Series]]:
        """The people by what they are parted by: not at all, by the groups of each column, by the places of each level, and whose answers stay out of those."""
        city = ~left[CITY]
        yield "", self.grounds.levels[CITY].where(city)
        if whole_only:
            return
        for by in columns:
            yield by, self.who.layer.column(by).astype("object").fillna(REST).astype(str).astype("object").where(city)
        for level, place in self.grounds.levels.items():
            if level != CITY:
                yield level, place.fillna(REST).mask(left[level])
                yield level, (place + LEFT).where(left[level])


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


def _let_out(table: pd.DataFrame, instrument: Instrument, groups: Sequence[str], hidden: np.ndarray, base: int) -> pd.DataFrame:
    rights = {by: by == "" or instrument.may_compare(by if by in groups else "places") for by in table["by"].unique()}
    barred = ~hidden & ~table["by"].map(rights).to_numpy(dtype=bool)
    table.loc[hidden, ["n", "mean", "low", "high", "alpha"]] = np.nan
    table.loc[barred, ["mean", "low", "high"]] = np.nan
    withheld = worded("fewer than {base} answers, or they could be told from the others", base=base)
    status = np.select([hidden, barred], ["withheld", "not_compared"], default="value")
    return table.assign(status=status, note=np.select([hidden, barred], [withheld, NOT_COMPARED], default=NOT_A_PREDICTION))
