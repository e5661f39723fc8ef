"""The words of the software in the language of whoever reads: English in the code, other languages in one catalogue each (fr.po, ar.po).

A sentence is one whole message with named gaps, never glued of pieces: say("{name} is {rank}.", name=name, rank=rank). What stands in the gaps is the city's
own and is never translated. Editions and exports hold English: nothing below symbology may import this room, and what writes a file does so in_english.
"""

from geomap.language.current import DEFAULT, LANGUAGES, in_english, is_right_to_left, language, speak, speaking
from geomap.language.frozen import SEMICOLON, known
from geomap.language.numerals import day, decimal, numeral, ordinal, percent
from geomap.language.words import Later, Spoken, noted, say, say_as, say_many

__all__ = [
    "DEFAULT", "LANGUAGES", "SEMICOLON", "Later", "Spoken", "day", "decimal", "in_english", "is_right_to_left", "known", "language", "noted", "numeral", "ordinal", "percent", "say", "say_as", "say_many",
    "speak", "speaking",
]  # fmt: skip
