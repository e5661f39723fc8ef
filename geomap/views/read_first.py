"""What must be read with a survey's numbers, as sentences."""

from geomap.editions.edition import Edition

ENDING = "-read-first"


def read_first(edition: Edition, *names: str) -> tuple[str, ...]:
    """What must be read with the tables *names* of an edition, each sentence once: first of whole surveys, then of single questions with the words that were asked."""
    surveys = [
        one for one in edition.tables if one.endswith(ENDING) and any(name.startswith(one.removesuffix(ENDING) + "-") for name in names)
    ]
    rows = [row for one in surveys for row in edition.table(one).itertuples()]
    of_all = [row.sentence for row in rows if not row.question]
    return tuple(dict.fromkeys([*of_all, *(f"“{row.wording}”: {row.sentence}" for row in rows if row.question)]))
