"""Words that label places and the people in them: a public edition holds none."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict

from geomap.editions.freeze import Frozen
from geomap.errors import DisclosureError

PLACES = r"(area|place|ward|neighbourhood|estate|borough|district|part of town|tenth|fifth)s?"
STIGMA = re.compile(
    rf"\bat[ -]risk\b|\bproblem {PLACES}\b|\bproblem famil\w*|\bproblematic\b|\bghetto\w*|\bno[ -]go\b|\bslums?\b|\bsink estates?\b|\bblack ?spots?\b"
    rf"|\bblacklist\w*|\btrouble ?spots?\b|\b(bad|rough|dangerous|worst) {PLACES}\b|\bp_worst\w*",
    re.IGNORECASE,
)


def labels_in(text: str) -> list[str]:
    """The words in *text* that label places and the people in them."""
    return [found[0] for found in STIGMA.finditer(text)]


def demand_fair_words(frozen: Frozen) -> None:
    """Nothing, when no text of a public edition labels a place; else DisclosureError with each word and where it stands."""
    faults = tuple(dict.fromkeys(f"{where}: '{word}'" for where, text in _texts(frozen) for word in labels_in(text)))
    if faults:
        raise DisclosureError("A public edition may not label places and the people in them; say what was measured instead of:", faults)


def _texts(frozen: Frozen) -> Iterator[tuple[str, str]]:
    yield "methodology.toml", frozen.methodology
    for assessment in frozen.assessments:
        yield f"what is said of {assessment.many}", " ".join(assessment.caveats)
        for node in assessment.nodes:
            yield f"'{node.id}'", json.dumps(asdict(node), ensure_ascii=False)
    for name, (title, table) in frozen.registers.items():
        yield f"register '{name}'", f"{title} {table.to_csv(index=False)}"
    yield (
        "what is said of the edition",
        json.dumps([frozen.settings, list(frozen.cards), list(frozen.joins)], ensure_ascii=False, default=str),
    )
