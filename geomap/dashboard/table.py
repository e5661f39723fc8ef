"""A table of a screen: what is missing is a dash, and numbers are written as the reader's language writes them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from geomap.language import DEFAULT, decimal, language, percent

MISSING = "–"
DIGITS = {"%.0f": 0, "%.1f": 1, "%.2f": 2}
WRITERS: dict[str, Callable[[float], str]] = {
    **{form: partial(decimal, digits=digits) for form, digits in DIGITS.items()},
    "%.0f %%": percent,
    "percent": lambda value: percent(100 * value),
}


def show_table(frame: pd.DataFrame, *, column_config: dict[str, Any] | None = None, **look: Any) -> Any:  # noqa: ANN401  Streamlit's own words
    """*frame* as a table, which sorts by its numbers whatever their signs."""
    columns = column_config or {}
    if language() == DEFAULT:
        return st.dataframe(_without_minus_zero(frame, columns), column_config=columns, placeholder=MISSING, **look)
    written = {name: writer for name in frame.columns if (writer := WRITERS.get(_format(columns.get(name))))}
    plain = {name: _without_format(one) if name in written else one for name, one in columns.items()}
    signed = (
        frame.style.set_uuid("table").format(written, na_rep=MISSING) if written else frame
    )  # a name drawn at random would differ at every run
    return st.dataframe(signed, column_config=plain, placeholder=MISSING, **look)


def _without_minus_zero(frame: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """The same; what is written as zero has no sign before it, which a browser would put there."""
    digits = {name: DIGITS[kind] for name in frame.select_dtypes("number") if (kind := _format(columns.get(name))) in DIGITS}
    return frame.assign(
        **{name: frame[name].mask((frame[name] < 0) & (frame[name].round(count) == 0), 0.0) for name, count in digits.items()}
    )


def _format(column: Any) -> str:  # noqa: ANN401  Streamlit's own words
    kind = column.get("type_config") if isinstance(column, dict) else None
    return (kind.get("format") or "") if kind and kind.get("type") == "number" else ""


def _without_format(column: dict[str, Any]) -> dict[str, Any]:
    return {**column, "type_config": {**column["type_config"], "format": None}}
