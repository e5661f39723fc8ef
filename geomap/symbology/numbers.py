"""Numbers in words a planner reads."""

import math

STATUS = {
    "value": "", "zero": "none (a true zero)", "missing": "no number", "suppressed": "withheld to protect people", "not_collected": "nobody looked here",
}  # fmt: skip


def number(value: float, digits: int) -> str:
    """A number with *digits* decimals and thin thousands; nothing where there is none."""
    if value is None or math.isnan(value):
        return "–"
    return f"{value:,.{digits}f}"


def interval(low: float, high: float, digits: int) -> str:
    """An interval in words."""
    return "" if math.isnan(low) or math.isnan(high) else f"{number(low, digits)} to {number(high, digits)}"


def ordinal(rank: float) -> str:
    """1st, 2nd, 3rd …"""
    whole = round(rank)
    ending = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{ending}"


FIFTHS = {
    1: "the fifth that needs attention most",
    2: "the second fifth",
    3: "the middle fifth",
    4: "the fourth fifth",
    5: "the fifth that needs it least",
}


def fifth_in_words(low: float, high: float) -> str:
    """Which fifth of the places a place is in, as surely as the data allow."""
    if math.isnan(low) or math.isnan(high):
        return "in no fifth: too little is known"
    return f"in {FIFTHS[round(low)]}" if round(low) == round(high) else f"anywhere from {FIFTHS[round(low)]} to {FIFTHS[round(high)]}"


def rank_in_words(low: float, high: float, count: int) -> str:
    """Where a place stands, as surely as the data allow."""
    if math.isnan(low) or math.isnan(high):
        return "not ranked: too little is known"
    if round(low) == round(high):
        return f"{ordinal(low)} of {count:,}"
    return f"between {ordinal(low)} and {ordinal(high)} of {count:,}"


def rests_on(stand_ins: int) -> str:
    """The mark beside a score that is made of so many withheld numbers; nothing where it is made of none.

    >>> rests_on(2)
    'rests on 2 withheld numbers'
    """
    return f"rests on {stand_ins} withheld number{'s' if stand_ins > 1 else ''}" if stand_ins else ""
