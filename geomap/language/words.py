"""A word, a sentence or a plural, said in the language of now."""

from geomap.language.catalogue import catalogue
from geomap.language.current import is_right_to_left, language
from geomap.language.numerals import decimal

ISOLATE, RELEASE = "\u2068", "\u2069"  # what stands between keeps its own direction and turns nothing around it


def say(message: str, /, **gaps: object) -> str:
    """*message*, its {named} gaps filled; whole numbers are written as the language writes them.

    >>> say("{count} of {whole} places", count=3, whole=4994)
    '3 of 4,994 places'
    """
    return filled(catalogue(language()).gettext(message) if message else "", gaps)


def say_as(sense: str, message: str, /, **gaps: object) -> str:
    """*message* where it is said in one *sense* of several, such as "From" of an interval or of a sender."""
    return filled(catalogue(language()).pgettext(sense, message), gaps)


def say_many(one: str, many: str, count: int, /, **gaps: object) -> str:
    """*one* or *many*, or whichever of its forms a language has for {count}.

    >>> say_many("{count} place", "{count} places", 2)
    '2 places'
    """
    return filled(catalogue(language()).ngettext(one, many, count), {"count": count, **gaps})


def noted(message: str) -> str:
    """*message* as it is, marked for the catalogue: for constants, which are said when they are shown."""
    return message


class Spoken(dict[object, str]):
    """A table of words by key, each said in the language of now when it is looked up; its values() are the English ones."""

    def __getitem__(self, key: object) -> str:
        """The word for *key*."""
        return say(super().__getitem__(key))

    def get(self, key: object, default: str = "") -> str:  # type: ignore[override]
        """The word for *key*, or *default*."""
        return say(super().get(key, default))


class Later(str):
    """A message that is said in the language of whoever is shown it: for what is handed over before anybody looks."""

    __slots__ = ()

    def __str__(self) -> str:
        """The message in the language of now."""
        return say(super().__str__())


def filled(message: str, gaps: dict[str, object]) -> str:
    """*message* with its gaps filled; a text inside a language that runs from right to left keeps its own direction."""
    return message.format(**{name: _placed(value) for name, value in gaps.items()}) if gaps else message


def _placed(value: object) -> str:
    if isinstance(value, str):
        return f"{ISOLATE}{value}{RELEASE}" if value and is_right_to_left() else value
    return decimal(value, 0)
