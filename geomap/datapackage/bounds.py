"""Between which numbers a withheld one lies, where its mark says so: "<5" is 1 to 4, neither missing nor zero."""

import re

import numpy as np
import pandas as pd

LIMIT = re.compile(
    r"(?:(<|‹|&lt;|less than|fewer than|under|below|up to|≤|<=|=<)\s*|(>|›|&gt;|more than|over|above|≥|>=|=>)\s*)?([0-9]+(?:\.[0-9]+)?)\s*(%|or fewer|or less|or more|and over|\+)?",
    re.IGNORECASE,
)
OPEN = ("≤", "<=", "=<", "up to", "≥", ">=", "=>")


def limits(cells: pd.Series) -> pd.DataFrame:
    """Per cell the whole numbers a limit such as "<5" leaves possible, 1 to 4; NaN where the cell is no limit, or where it has no end."""
    found = cells.str.extract(rf"^(?:{LIMIT.pattern})$", flags=re.IGNORECASE)
    below, above, number, after = (found[place] for place in range(4))
    number = pd.to_numeric(number, errors="coerce")
    after = after.str.lower().fillna("")
    closed = below.str.lower().isin(OPEN) | above.str.lower().isin(OPEN)
    under, over = below.notna() | after.isin(["or fewer", "or less"]), above.notna() | after.isin(["or more", "and over", "+"])
    high = number.where(under & (closed | below.isna()), np.ceil(number) - 1).where(under)
    low = pd.Series(
        np.where(under, np.minimum(1.0, high), np.where(over, np.where(closed | above.isna(), number, np.floor(number) + 1), np.nan)),
        cells.index,
    )
    return pd.DataFrame({"low": low, "high": high, "is": under | over})
