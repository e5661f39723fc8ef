"""The text of a card as an object; what programs would disagree about is refused."""

import json
from typing import Any

from geomap.errors import GeomapError
from geomap.worded import worded

LONGEST_KEY, KEYS_SHOWN = 40, 5


def parsed(text: str, *, where: str, error: type[GeomapError]) -> Any:  # noqa: ANN401  anything JSON can say
    """What the JSON *text* says; *error* where it is none, gives a key twice, or holds half a sign or a number that is none."""
    twice: dict[str, None] = {}

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [key for key, _ in pairs]
            twice.update(dict.fromkeys(name for name in made if names.count(name) > 1))
        return made

    def no_number(name: str) -> None:
        raise ValueError(worded("{name} is no number", name=name))

    try:
        found = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        raise error(worded("{where} is not valid JSON: it is nested too deep. Mend it there and try again.", where=where)) from None
    except UnicodeEncodeError:
        raise error(
            worded("{where} holds half a sign (a lone surrogate such as \\ud800), which is no text. Write it anew.", where=where)
        ) from None
    except ValueError as wrong:
        raise error(
            worded("{where} is not valid JSON: {wrong}. Mend it there and try again.", where=where, wrong=str(str(wrong).split(";")[0]))
        ) from None
    if twice:
        names = ", ".join(repr(key[:LONGEST_KEY]) for key in list(twice)[:KEYS_SHOWN])
        raise error(worded("{where} gives {names} twice in one object. Leave one of them and try again.", where=where, names=str(names)))
    return found
