"""Marks that stand where a number should: withheld, absent, or an accident. The three never turn into one another, nor into zero."""

import re

import numpy as np
import pandas as pd

SUPPRESSED = frozenset({"*", "**", "***", "c", "[c]", "(c)", "x", "..", "…", "s", "[s]", "(s)", "!", "supp", "suppressed", "[suppressed]", "withheld", "confidential", "redacted", "#", "†", "disclosive", "[low]", "[u]", "f"})  # fmt: skip
MISSING = frozenset({".", "-", "–", "—", "--", "---", "n/a", "na", "n.a.", "n.a", "#n", "nan", "null", "(null)", "none", "not avail", "not available", "not applicable", "missing", "no data", "nodata", "unknown", "n/k", "nk", "z", "[z]", "[x]", "[w]", ":", "?", "not known", "not recorded", "not collected", "blank", "<na>", "nil return"})  # fmt: skip
ERRORS = frozenset({"#n/a", "#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#getting_data", "#####", "########", "#field!", "#blocked!", "#error!"})  # fmt: skip
SENTINELS = (
    -99,
    -999,
    -9999,
    -99999,
    -999999,
    -888,
    -8888,
    -777,
    -7777,
    -666666666,
    -222222222,
    -333333333,
    999999999,
    -1.7976931348623157e308,
)
NO_NUMBER = 1e30
LIMIT = re.compile(
    r"(?:(<|‹|&lt;|less than|fewer than|under|below|up to|≤|<=|=<)\s*|(>|›|&gt;|more than|over|above|≥|>=|=>)\s*)?([0-9]+(?:\.[0-9]+)?)\s*(%|or fewer|or less|or more|and over|\+)?",
    re.IGNORECASE,
)
BAND = re.compile(r"([0-9]+)\s*(?:-|–|to)\s*([0-9]+)", re.IGNORECASE)
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
