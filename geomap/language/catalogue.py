"""The catalogue of a language, read from its .po file once."""

import gettext
import io
from functools import cache
from importlib.resources import files

from geomap.language.current import DEFAULT
from geomap.language.typeset import typeset


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """What is said in *code* for each message; English is the messages themselves. A message that is not in it is said in English."""
    if code == DEFAULT:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with files("geomap.language").joinpath(f"{code}.po").open("rb") as source:
        packed, words = io.BytesIO(), read_po(source, locale=code)
    for message in words:
        if message.id:
            plural = isinstance(message.string, tuple)
            message.string = tuple(typeset(one, code) for one in message.string) if plural else typeset(message.string, code)
    write_mo(packed, words)
    packed.seek(0)
    return gettext.GNUTranslations(packed)
