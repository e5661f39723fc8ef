"""How an edition is cited, and whose data must be named with it."""

from geomap.editions.edition import Edition
from geomap.editions.register import published_as
from geomap.editions.sources import sources_of


def citation(edition: Edition) -> str:
    """One line that names the edition so that it can be found and checked: title, period, number and day of publication, name with hash, method. English, as the edition is."""
    entry = published_as(edition.path)
    published = f"Published {entry.date} as number {entry.number}" if entry else "Draft, not published"
    method = f"method {edition.manifest['version']} ({edition.fingerprint[:12]})"
    return f"{edition.title}, {edition.period}. {published}. Edition {edition.path.name}, {method}."


def attribution(edition: Edition, level: str) -> str:
    """What is printed beside any map or table made of the numbers, as the sources name themselves, with what maps show for orientation: a line a source; blank where the edition names none."""
    drawn = [] if edition.backdrop is None else [f"{one.title}, {one.source}" for one in edition.backdrop.itertuples()]
    return "\n".join([*(one.line for one in sources_of(edition, level)), *drawn])


def without_licence(edition: Edition, level: str) -> str:
    """The titles of sources for which the edition holds no licence, as one text."""
    return "; ".join(one.title for one in sources_of(edition, level) if not one.licence)
