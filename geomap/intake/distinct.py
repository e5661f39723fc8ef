"""Each different cell of a column asked once: most columns say the same few things again and again."""

from collections.abc import Callable

import pandas as pd


def each(column: pd.Series, ask: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """What *ask*, which looks at one cell at a time, says of each cell of *column*.

    >>> each(pd.Series([" a", "b", " a"], dtype="object"), lambda cells: cells.str.strip()).tolist()
    ['a', 'b', 'a']
    """
    which, distinct = pd.factorize(column, use_na_sentinel=False)
    said = ask(pd.Series(distinct, dtype="object"))
    return said.iloc[which].set_axis(column.index).rename(column.name)


def stripped(column: pd.Series) -> pd.Series:
    """The cells without space around them."""
    return each(column, lambda cells: cells.str.strip())
