"""The distinct cells of one file, described once, as arrays that columns point into."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Described:
    """is_: whether a cell wears a dress, is written in a style or is a mark; text and value: its number with a point or a comma for decimals."""

    is_: dict[str, np.ndarray]
    cell: np.ndarray
    currency: np.ndarray
    low: np.ndarray
    high: np.ndarray
    text: dict[str, np.ndarray]
    value: dict[str, np.ndarray]

    def any(self, style: str, column: np.ndarray) -> bool:
        """Whether a cell of the column is written in a style."""
        return bool(self.is_[style][column].any())


def described(frame: pd.DataFrame) -> Described:
    """What cells.describe says of each distinct cell."""
    styles = ("as_dot", "as_comma")
    return Described(
        {name: frame[name].to_numpy(bool) for name in frame if frame[name].dtype == bool},
        frame["cell"].to_numpy(object),
        frame["currency"].to_numpy(object),
        frame["low"].to_numpy(float),
        frame["high"].to_numpy(float),
        {style: frame[style].to_numpy(object) for style in styles},
        {style: frame[f"{style}_value"].to_numpy(float) for style in styles},
    )
