"""Codes as they stand in files of shapes."""

import pandas as pd


def codes(values: pd.Series) -> pd.Series:
    """Codes as text: 12 and 12.0 become "12", "012" stays, nothing stays nothing."""
    if values.dtype.kind in "iu":
        return values.astype("str")
    if values.dtype.kind == "f":
        whole = values.dropna()
        if (whole == whole.round()).all():
            return values.map(lambda number: str(int(number)), na_action="ignore").astype("str")
    return values.map(lambda value: str(value).strip(), na_action="ignore").astype("str")
