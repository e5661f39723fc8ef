"""The catalogue of a language, read from its .po file once."""

import gettext
import io
from functools import cache
from importlib.resources import files

from geomap.language.current import DEFAULT


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """What is said in *code* for each message; English is the messages themselves. A message that is not in it is said in English."""
    if code == DEFAULT:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with files("geomap.language").joinpath(f"{code}.po").open("rb") as source:
        packed = io.BytesIO()
        write_mo(packed, read_po(source, locale=code))
    packed.seek(0)
    return gettext.GNUTranslations(packed)
