"""Marks that stand where a number should: withheld, absent, or an accident. The three never turn into one another, nor into zero."""

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
