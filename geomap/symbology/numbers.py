"""Numbers in words a planner reads."""

import math

from geomap.language import Spoken, decimal, noted, numeral, ordinal, say, say_many

__all__ = ["FIFTHS", "STATUS", "fifth_in_words", "interval", "number", "ordinal", "p_value", "rank_in_words", "rests_on", "signed"]

STATUS = Spoken(
    {"value": "", "zero": noted("none (a true zero)"), "missing": noted("no number"), "suppressed": noted("withheld to protect people"), "not_collected": noted("nobody looked here")}
)  # fmt: skip


def number(value: float, digits: int) -> str:
    """A number with *digits* decimals and thousands apart, as the reader's language writes it; a dash where there is none."""
    if value is None or math.isnan(value):
        return "–"
    return decimal(value, digits)


def signed(points: float, digits: int = 2) -> str:
    """Points with their sign; a dash where there are none."""
    return "–" if math.isnan(points) else numeral(f"{points:+z,.{digits}f}")


def p_value(p: float) -> str:
    """A p-value after the letter p: two significant digits, and below 0.001 no more than that it is."""
    return f"<\u00a0{numeral('0.001')}" if p < 0.001 else numeral(f"{p:.2g}")


def interval(low: float, high: float, digits: int) -> str:
    """An interval in words."""
    return "" if math.isnan(low) or math.isnan(high) else say("{low} to {high}", low=number(low, digits), high=number(high, digits))


FIFTHS = Spoken({
    1: noted("the fifth that needs attention most"),
    2: noted("the second fifth"),
    3: noted("the middle fifth"),
    4: noted("the fourth fifth"),
    5: noted("the fifth that needs it least"),
})  # fmt: skip


def fifth_in_words(low: float, high: float) -> str:
    """Which fifth of the places a place is in, as surely as the data allow."""
    if math.isnan(low) or math.isnan(high):
        return say("in no fifth: too little is known")
    if round(low) == round(high):
        return say("in {fifth}", fifth=FIFTHS[round(low)])
    return say("anywhere from {first} to {last}", first=FIFTHS[round(low)], last=FIFTHS[round(high)])


def rank_in_words(low: float, high: float, count: int) -> str:
    """Where a place stands, as surely as the data allow."""
    if math.isnan(low) or math.isnan(high):
        return say("not ranked: too little is known")
    if round(low) == round(high):
        return say("{rank} of {count}", rank=ordinal(low), count=count)
    return say("between {low} and {high} of {count}", low=ordinal(low), high=ordinal(high), count=count)


def rests_on(stand_ins: int) -> str:
    """The mark beside a score that is made of so many withheld numbers; nothing where it is made of none.

    >>> rests_on(2)
    'rests on 2 withheld numbers'
    """
    return say_many("rests on {count} withheld number", "rests on {count} withheld numbers", int(stand_ins)) if stand_ins else ""
