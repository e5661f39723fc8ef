"""What the people of one place said in surveys, and who of them has not been heard, as sentences."""

from geomap.editions.edition import Edition
from geomap.language import known, say
from geomap.views.answers import of_place
from geomap.views.unheard import sentences


def said(found: Edition, level: str, code: str) -> tuple[str, ...]:
    """A sentence for each question that people of the place were asked."""
    return tuple(one for name in found.tables if name.endswith("-answers") for one in of_place(found.table(name), level, code))


def unheard(found: Edition, level: str, code: str, names: dict[str, str]) -> tuple[str, ...]:
    """Whether the place was heard, by each survey and round of meetings. names: of places by code."""
    told: list[str] = []
    for name, title in found.tables.items():
        if name.endswith("-who-answered"):
            who = found.table(name)
            here = who[(who["kind"] == level) & (who["code"] == code)]
            told += [say("{title}: {text}", title=known(title), text=sentence) for sentence in sentences(here, names)] if len(here) else []
    return tuple(told)
