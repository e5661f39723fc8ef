"""Numbers, shares, ranks and days as a language writes them (CLDR, by way of Babel); English is written by Python itself.

Digits are 0 to 9 in every language, so that a sentence holds the numbers that a table beside it holds: tables are drawn by the browser.
Below zero stands the minus sign (U+2212), never the hyphen of the keyboard, which lines break at; only data files keep the hyphen, for programs to read.
"""

from datetime import date
from functools import cache

from geomap.language.current import DEFAULT, language


def decimal(value: float, digits: int) -> str:
    """A number with so many decimals.

    >>> decimal(1234.5, 1)
    '1,234.5'
    """
    return numeral(f"{value:z,.{digits}f}")


def numeral(plain: str) -> str:
    """A number that Python wrote, such as f"{p:.3g}", with the signs of the language.

    >>> numeral("-0.034")
    '−0.034'
    """
    code, bare = language(), plain.lstrip("+-−")
    sign, rest = plain[: len(plain) - len(bare)].replace("-", "−"), bare if code == DEFAULT else bare.translate(_signs(code))
    return f"{_mark(code)}{sign}{rest}" if sign else rest


def percent(value: float, digits: int = 0) -> str:
    """A share, given in per cent.

    >>> percent(12.5, 1)
    '12.5 %'
    """
    return f"{decimal(value, digits)}\u00a0%" if language() != DEFAULT else f"{decimal(value, digits)} %"


def ordinal(rank: float) -> str:
    """1st, 2nd, 3rd …"""
    whole, code = round(rank), language()
    if code == "fr":
        return f"{decimal(whole, 0)}{'er' if whole == 1 else 'e'}"
    if code != DEFAULT:
        return decimal(whole, 0)
    ending = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{ending}"


def day(when: date) -> str:
    """A day; in English as data write it, 2025-06-30."""
    if language() == DEFAULT:
        return when.isoformat()
    from babel.dates import format_date

    return format_date(when, "long", locale=language())


@cache
def _mark(code: str) -> str:
    """What stands before a sign so that it stays on its side of the number: a mark of direction in Arabic, elsewhere nothing."""
    from babel import Locale

    return "" if code == DEFAULT else Locale(code).number_symbols["latn"]["minusSign"].strip("-−")


@cache
def _signs(code: str) -> dict[int, str]:
    from babel import Locale

    signs = Locale(code).number_symbols["latn"]
    return str.maketrans({",": signs["group"], ".": signs["decimal"]})
