"""What must be read with a survey's numbers, as sentences."""

from collections.abc import Collection, Iterable

import pandas as pd

from geomap.assessment.assessment import Node
from geomap.editions.edition import Edition
from geomap.language import known, say

ENDING = "-read-first"


def to_read(edition: Edition, *names: str) -> pd.DataFrame:
    """What an edition holds to be read with its tables *names*: question (blank: all of them), wording, sentence."""
    surveys = [
        one for one in edition.tables if one.endswith(ENDING) and any(name.startswith(one.removesuffix(ENDING) + "-") for name in names)
    ]
    empty = pd.DataFrame(columns=["question", "wording", "sentence"], dtype=str)
    return pd.concat([empty, *(edition.table(one) for one in surveys)], ignore_index=True)


def read_first(edition: Edition, *names: str) -> tuple[str, ...]:
    """What must be read with the tables *names* of an edition, each sentence once: first of whole surveys, then of single questions with the words that were asked."""
    rows = list(to_read(edition, *names).itertuples())
    of_all = [known(row.sentence) for row in rows if not row.question]
    of_one = [say("“{wording}”: {sentence}", wording=row.wording, sentence=known(row.sentence)) for row in rows if row.question]
    return tuple(dict.fromkeys([*of_all, *of_one]))


def still_to_know(nodes: Iterable[Node], said: Collection[str]) -> tuple[str, ...]:
    """The caveats of *nodes* that are not among what was *said*, each once; one that not all of them have names those that do."""
    bound: dict[str, list[str]] = {}
    nodes = list(nodes)
    for node in nodes:
        for caveat in dict.fromkeys(node.caveats):
            bound.setdefault(caveat, []).append(node.title)
    return tuple(
        known(caveat) if len(titles) == len(nodes) else say("{titles}: {sentence}", titles=", ".join(titles), sentence=known(caveat))
        for caveat, titles in bound.items()
        if caveat not in said
    )
