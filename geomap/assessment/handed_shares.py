"""A survey of which only shares were handed over, as the same table that respondents give: by question, place and date."""

import numpy as np
import pandas as pd

from geomap.disclosure.bases import hidden_bases, hidden_shares
from geomap.disclosure.gate import Rule
from geomap.errors import LayerError
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.methodology.listening import Aggregates, Listening
from geomap.statistics.intervals import wilson_interval

ASSUMED = "interval from {:,} answers, the usual number; the source does not say how many there were"


def handed_shares(sources: Sources, rule: Listening, aggregates: Aggregates, gate: Rule) -> pd.DataFrame:
    """Rows of *trust_grid*, without reliability: shares in percent with Wilson's interval for the answers behind each.

    The interval knows no weights and no clusters, so it is the narrowest that can be. Rows under the base of the *gate* are withheld, and those of which few agreed or few did not. LayerError for shares
    beyond 0 to 1, and where a question, place and date has more than one row.
    """
    return _let_out(_handed(sources, rule, aggregates), aggregates, gate)


def handed_counts(sources: Sources, rule: Listening, aggregates: Aggregates) -> pd.DataFrame:
    """Of each row of *handed_shares*, shown or not, how many agreed, by all digits of its share; none where the number of answers is an assumed one, which is no count."""
    found = _handed(sources, rule, aggregates)
    if isinstance(aggregates.answers, int):
        found = found.iloc[:0]
    return found.assign(agreed=_agreed(found), agree=[{question: ["agreed"]} for question in found["question"]])


def _handed(sources: Sources, rule: Listening, aggregates: Aggregates) -> pd.DataFrame:
    layer = sources.layer(rule.layer)
    level = sources.join(layer, sources.finest).boundaries
    codes = sources.join(layer, sources.finest).codes.reindex(layer.table.index)
    share, answers = layer.numbers(aggregates.share), _answers(layer, aggregates)
    if len(off := share[(share < 0) | (share > 1)]):
        raise LayerError(
            f"The column '{aggregates.share}' of '{layer.name}' holds {off.iloc[0]:g}; shares run from 0 to 1. Divide percentages by 100."
        )
    low, high = wilson_interval(share * answers, answers)
    asked = layer.column(aggregates.question).astype(str)
    found = pd.DataFrame(
        {
            "layer": layer.name, "period": _periods(layer), "question": asked, "wording": asked, "answer": "", "institution": "", "issue": "",
            "explains": "", "level": level, "code": codes, "by": "", "group": "", "n": answers, "effective": answers, "value": share * 100,
            "low": low * 100, "high": high * 100,
        }
    )  # fmt: skip
    found = found[found["code"].notna() & found["value"].notna()].sort_values(["question", "period", "code"]).reset_index(drop=True)
    if (twice := found[found.duplicated(["question", "period", "code"])]).size:
        raise LayerError(
            f"'{layer.name}' has '{twice.iloc[0]['question']}' of {twice.iloc[0]['period']} twice for {twice.iloc[0]['code']}. Take one of the rows out."
        )
    return found


def _agreed(found: pd.DataFrame) -> pd.Series:
    return (found["value"].astype(float) / 100 * found["n"].astype(float)).round()


def _let_out(found: pd.DataFrame, aggregates: Aggregates, gate: Rule) -> pd.DataFrame:
    n = found["n"].to_numpy(dtype=float)
    thin = hidden_bases(n, [], gate.survey_base)
    counted = not isinstance(aggregates.answers, int)
    hidden = hidden_shares(_agreed(found).to_numpy(), n, [], thin, gate.threshold) if counted else thin
    found.loc[thin, "n"] = np.nan
    found.loc[hidden, ["effective", "value", "low", "high"]] = np.nan
    assumed = ASSUMED.format(aggregates.answers) if isinstance(aggregates.answers, int) else ""
    return found.assign(
        direct=found["value"], direct_low=found["low"], direct_high=found["high"],
        shown=np.where(hidden, "withheld", "direct"), flags=np.where(hidden, "", assumed),
    )  # fmt: skip


def _answers(layer: Layer, aggregates: Aggregates) -> pd.Series:
    if isinstance(aggregates.answers, int):
        return pd.Series(float(aggregates.answers), index=layer.table.index)
    return layer.numbers(aggregates.answers)


def _periods(layer: Layer) -> pd.Series:
    if layer.card.date_field:
        return layer.dates(layer.card.date_field).dt.strftime("%Y-%m-%d")
    if layer.card.period_field:
        return layer.column(layer.card.period_field).astype(str)
    return pd.Series(layer.card.period, index=layer.table.index)
