"""What the numbers of a methodology rest on: without its words, its dates and what only says how doubt is drawn."""

import hashlib
import json
from typing import Any

from geomap.methodology.recipe import Methodology

WORDS = frozenset({"reason", "title", "why_here", "notice", "unknown_reason", "answers_reason", "date", "group", "people"})
DATES = frozenset({"since", "until"})
DRAWING = frozenset({"draws", "seed"})


def substance(methodology: Methodology) -> dict[str, Any]:
    """The recipe as plain values: the same for two methodologies that give the same numbers from the same data of one period.

    What is left at its default is left out, so that a word which a later version of the program adds does not make another method of an old file.
    """
    content = methodology.model_dump(mode="json", exclude_defaults=True)
    for told, indicator in zip(content["indicator"], methodology.indicator, strict=True):
        told["measure"] = {**told.get("measure", {}), "measure": indicator.measure.measure}
        told["steps"] = [step.model_dump(mode="json") for step in indicator.steps]
    heading = content["methodology"]
    content["methodology"] = {"levels": heading["levels"], "baseline": heading["baseline"]}
    return stripped({key: value for key, value in content.items() if key != "changes"})


def method_fingerprint(methodology: Methodology) -> str:
    """The SHA-256 of the substance: another title, period or reason does not change it, another weight does."""
    return hashlib.sha256(json.dumps(substance(methodology), sort_keys=True).encode()).hexdigest()


def stripped(content: Any) -> Any:  # noqa: ANN401  anything JSON can say
    """*content* without words, dates and drawing, at any depth."""
    if isinstance(content, dict):
        return {key: stripped(value) for key, value in content.items() if key not in WORDS | DATES | DRAWING}
    if isinstance(content, list):
        return [stripped(value) for value in content]
    return content
