"""One indicator at one level: observed, let out through the gate, finished."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geomap.assessment.grounds import Grounds, lacking
from geomap.assessment.heard import under_heard
from geomap.assessment.pooling import flagged, taken
from geomap.disclosure.cell_key import cell_keys, column_keys, record_keys
from geomap.disclosure.gate import Mark, Rule, let_out, roll_up, too_few_agreed
from geomap.disclosure.rules import CellKey
from geomap.errors import DisclosureError, MethodologyError
from geomap.indicators.bring import bring
from geomap.indicators.measure import Measure, Observed
from geomap.indicators.respondents import Aside
from geomap.indicators.rows import of_period, rows_of
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.methodology.parts import Indicator
from geomap.methodology.rules import Uncertainty
from geomap.statistics.rounding import OF_ANSWERS, PUBLISHED, significant
from geomap.worded import worded

UNKNOWN = worded(
    "The source publishes no error for this number. Its interval is assumed: ±{points} points on the scale of 0 to 10. {reason}"
)
BARE = worded(
    "No interval of this number holds what it says, so none is shown. For scores and ranks an error is assumed: ±{points} points on the scale of 0 to 10. {reason}"
)


@dataclass(frozen=True)
class Estimate:
    """What may be published of an indicator. table: value, low, high, n, status, flags, used, used_low, used_high, mark (why the gate withheld it) per place; notes: sentences; years: those it takes together, if it pools."""

    indicator: Indicator
    table: pd.DataFrame
    notes: tuple[str, ...]
    years: tuple[int, ...] = ()


def estimate(indicator: Indicator, sources: Sources, level: str, rule: Rule) -> Estimate:
    """The estimate of *indicator* in each place of *level*.

    The numbers are rounded to what is published, so that scores are made of exactly what anybody can read. Counts of a larger level are summed from what the smallest places may show, and answers that could be told by difference between levels are
    left out of the larger one.
    """
    measure = indicator.measure
    own = observed_at(indicator, sources, level)
    base = observed_at(indicator, sources, next(name for name in sources.levels if not indicator.levels or name in indicator.levels))
    found = taken(indicator, sources, rule, lambda some: let_out_at(indicator, some, base, rule))
    sources = replace(sources, years=found.years) if found else sources
    published = let_out_at(indicator, sources, own, rule)
    if own != level:
        published = roll_up(published, sources.atlas.route(own, level), sources.atlas[level].codes)
    published = flagged(published, found) if found else published
    table = measure.finish(replace(published, places=sources.atlas[level])).assign(mark=published.frame.get("mark", Mark.NONE))
    digits = OF_ANSWERS if measure.answering and sources.layer(measure.layer).card.guarded else PUBLISHED
    table = table.assign(
        **{name: significant(table[name], PUBLISHED if name == "n" else digits) for name in table.columns[table.dtypes == "float"]}
    )
    truly = (table["value"] == 0) & (table["status"] == "value") & (published.frame.get("half", 0) == 0)
    notes = (*published.notes, *measure.remarks(published))
    return Estimate(indicator, table.assign(status=table["status"].mask(truly, "zero")), notes, sources.years)


def stack(estimates: Sequence[Estimate], column: str) -> np.ndarray:
    """One column of the tables of all estimates, (place, indicator)."""
    return np.column_stack([found.table[column].to_numpy(dtype=float) for found in estimates])


def assume_doubt(found: Estimate, reach: np.ndarray, rule: Uncertainty) -> Estimate:
    """The estimate with an assumed interval where its source publishes none: *reach* (place,) on either side, which is so many points of the scale."""
    table = found.table
    bare = (table["value"].notna() & table["low"].isna()).to_numpy()
    bare = bare & np.isfinite(reach)
    if not bare.any():
        return found
    measure = found.indicator.measure
    low = (table["value"] - reach).clip(lower=measure.floor)
    high = (table["value"] + reach).clip(upper=measure.ceiling)
    sides = {"used_low": low, "used_high": high} | ({} if measure.shows_no_interval else {"low": low, "high": high})
    filled = {name: table[name].mask(bare, side) for name, side in sides.items()}
    note = (BARE if measure.shows_no_interval else UNKNOWN).format(points=f"{rule.unknown_error:g}", reason=rule.unknown_reason)
    return replace(found, table=table.assign(**filled), notes=(*found.notes, note.strip()))


def allowed(indicator: Indicator, sources: Sources, tier: str) -> None:
    """Nothing, when an edition of *tier* may hold the indicator; else MethodologyError."""
    for name in indicator.measure.layers():
        card = sources.layer(name).card
        if not card.may_be_seen_in(tier):
            raise MethodologyError(
                f"Indicator '{indicator.id}' uses the layer '{name}', which is {card.tier} and may not be in a {tier} edition."
            )


def observed_at(indicator: Indicator, sources: Sources, level: str) -> str:
    """The level at which the indicator is counted; numbers of *level* are sums of what is published there."""
    measure = indicator.measure
    layer = sources.layer(measure.layer)
    if not measure.counting:
        return level
    finer = sources.levels[: sources.levels.index(level)]
    return next((one for one in finer if sources.atlas.route(sources.join(layer, one).boundaries, one) is not None), level)


def let_out_at(indicator: Indicator, sources: Sources, level: str, rule: Rule) -> Observed:
    """What the gate lets out of the indicator, counted at *level*."""
    seen = _keyed(_observed(indicator, sources, level, rule), indicator, sources, level, rule)
    if "agreed" in seen.frame:
        seen = replace(seen, inside=tuple(_inside(seen, indicator, sources, level, rule)))
    if seen.guard == "modelled" and (few := too_few_agreed(seen, rule)).any():
        again = _observed(indicator, sources, level, rule, silent=frozenset(few.index[few]))
        seen = replace(seen, notes=again.notes, frame=again.frame.assign(n=seen.frame["n"], agreed=seen.frame["agreed"]))
    seen = seen.with_frame(seen.frame, *_unheard(indicator, sources, rule))
    return let_out(seen, sources.layer(indicator.measure.layer).card.sensitivity, rule)


def _unheard(indicator: Indicator, sources: Sources, rule: Rule) -> tuple[str, ...]:
    """Which groups that answers are weighted by were not heard enough, as far as that may be told.

    Of a layer about people it is asked of the whole survey, whatever rows the indicator takes: of everybody and of some, the two would tell of the others.
    """
    measure = indicator.measure
    if not measure.answering or not measure.rake:
        return ()
    layer = sources.layer(measure.layer)
    rows = layer.take(of_period(layer, sources.period)) if layer.card.guarded else measure.heard(sources)[0]
    grounds = Grounds.of(rows, sources)
    aside = grounds.aside(rule.survey_base)
    return under_heard(rows.take(~grounds.own.isin(aside.places).to_numpy()), measure.rake, sources.period, aside.fewest)


def _inside(seen: Observed, indicator: Indicator, sources: Sources, level: str, rule: Rule) -> Iterator[pd.Series]:
    """Per larger level, the place that each place lies in; none of a place with too few answers of which some stay out of the larger one."""
    few = seen.frame["n"] < rule.survey_base
    own = sources.join(sources.layer(indicator.measure.layer), sources.finest).boundaries
    here = None if own == level else sources.atlas.parent_in(own, level)
    stays_out, _ = _stays_out(indicator, sources, rule)
    for larger in sources.levels[sources.levels.index(level) + 1 :]:
        if (parents := sources.atlas.parent_in(level, larger)) is not None:
            away = pd.Index(sorted(stays_out.get(larger, ())))
            gone = away if here is None else pd.Index(here.reindex(away).dropna().unique())
            yield parents.mask(parents.index.isin(gone) & few.reindex(parents.index, fill_value=False))


def _observed(indicator: Indicator, sources: Sources, level: str, rule: Rule, **options: frozenset[str]) -> Observed:
    measure = indicator.measure
    if not measure.answering:
        return measure.observe(sources, level)
    away, aside = _stays_out(indicator, sources, rule)
    return measure.from_base(rule.survey_base).observe(sources, level, without=away.get(level, frozenset()), aside=aside, **options)


def _stays_out(indicator: Indicator, sources: Sources, rule: Rule) -> tuple[dict[str, frozenset[str]], Aside]:
    """Per level, the places of the layer whose answers stay out of it, since those of a finer level would tell them, here or in a table of the survey; and what may not show through in weights."""
    rows, answered = indicator.measure.heard(sources)
    grounds = Grounds.of(rows, sources)
    return grounds.away(answered, rule.survey_base), grounds.aside(rule.survey_base)


def _keyed(observed: Observed, indicator: Indicator, sources: Sources, level: str, rule: Rule) -> Observed:
    """What was observed with the key of each cell, where the rule gives counts noise by their records."""
    layer = sources.layer(indicator.measure.layer)
    if observed.guard != "count" or not isinstance(rule.of(layer.card.sensitivity), CellKey):
        return observed
    if not sources.secret:
        raise DisclosureError(
            "The rule cell-key needs a secret for the keys of records, which 'geomap build' makes in the restricted zone."
        )
    rows = rows_of(layer, indicator.measure, sources.period, sources.years)

    def cells(own: pd.Series) -> pd.Series:
        return cell_keys(bring(rows, own, sources, level, records=True).counts.fillna(0.0))

    def keyed(seen: Observed, own: pd.Series) -> Observed:
        return seen.with_frame(seen.frame.assign(key=cells(own)))

    if columns := indicator.measure.counted:
        seen = keyed(observed, _of_columns(rows, columns, indicator.measure, sources.secret))
        if not observed.whole or observed.whole_is_open:
            return seen
        wholes = _of_columns(rows, indicator.measure.whole, indicator.measure, sources.secret)
        return seen.with_frame(seen.frame.assign(whole_key=cells(wholes)))
    keys = record_keys(rows.table, sources.secret)
    if not observed.kinds:
        return keyed(observed, keys)
    named = rows.column(indicator.measure.kind)
    return replace(observed, kinds=tuple(replace(one, seen=keyed(one.seen, keys.where(named == one.name, 0.0))) for one in observed.kinds))


def _of_columns(rows: Layer, columns: tuple[str, ...], measure: Measure, secret: str) -> pd.Series:
    """The keys of rows that each count records in *columns*."""
    card = rows.card
    by = [card.places.field if card.places else "", card.period_field, card.date_field, *measure.where, *getattr(measure, "bands", ())]
    return column_keys(rows.table, columns, [name for name in dict.fromkeys(by) if name], secret)


def kept_out(indicator: Indicator, sources: Sources, level: str, rule: Rule) -> dict[str, tuple[str, ...]]:
    """The places of *level* that the answers of some inside them stay out of, and of each those places of the finest level."""
    if not indicator.measure.answering:
        return {}
    away = _stays_out(indicator, sources, rule)[0].get(level, frozenset())
    return lacking(sources, indicator.measure.layer, away, level) if away else {}
