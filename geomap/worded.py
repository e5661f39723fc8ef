"""An English sentence of ours, made below the floors that know languages; whoever shows it says it in the reader's (geomap.language.known).

The catalogues hold its message, and by that message it is recognised: in an edition, in an error, or inside another such sentence.
"""

import re
from typing import Any

GAP = re.compile(r"\{(\w+)\}")


def worded(message: str, /, **gaps: object) -> str:
    """*message* in English, its {named} gaps filled; whole numbers are written with commas, and years are given as text.

    Without gaps it is the message itself, so that a constant can be marked for the catalogues and filled where it is used.

    >>> worded("{count} of {whole} places", count=3, whole=4994)
    '3 of 4,994 places'
    """
    return message.format(**{name: value if isinstance(value, str) else f"{value:,}" for name, value in gaps.items()}) if gaps else message


def worded_each(message: str, texts: Any, /, **gaps: str) -> Any:  # noqa: ANN401  a column or an array of texts
    """A worded *message* with *gaps* filled, and the one that is left by each of *texts*; what fills one is not looked through for others."""
    (left,) = {*GAP.findall(message)} - {*gaps}
    before, after = message.split(f"{{{left}}}")
    return before.format(**gaps) + texts + after.format(**gaps)


def below_zero(number: str) -> str:
    """A number that Python wrote, with the minus sign that pages write; what a file holds keeps its own sign.

    >>> below_zero("-0.034")
    '−0.034'
    """
    return number.replace("-", "−")
