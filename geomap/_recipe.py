"""The grain of every recipe: what a person writes in a file, frozen and strict."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from geomap.errors import GeomapError

Place = Sequence[str | int]
LONGEST_GIVEN = 80


class Recipe(BaseModel):
    """A frozen, strict description; unknown keys and wrong types are errors, defaults are checked too."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_default=True, populate_by_name=True, allow_inf_nan=False)

    @classmethod
    def read(  # a parsed file is anything
        cls, data: Any, *, where: str, error: type[GeomapError] = GeomapError, line: Callable[[Place, str], int | None] = lambda *_: None,  # noqa: ANN401
    ) -> Self:  # fmt: skip
        """The recipe in *data*; every fault of *where* at once, as one *error*; *line* tells on which line a place stands."""
        try:
            return cls.model_validate_json(json.dumps(data, default=str))
        except ValidationError as wrong:
            faults = tuple(dict.fromkeys(sentence for fault in _own(wrong.errors()) for sentence in _sentences(fault, line)))
            raise error(f"{where} cannot be used; {len(faults)} thing(s) to mend:", faults) from None


def _own(faults: Sequence[Any]) -> Iterator[Any]:
    """The faults without those that only say that a list is short because its entries are faulty."""
    for fault in faults:
        inside = any(other["loc"][: len(fault["loc"])] == fault["loc"] and len(other["loc"]) > len(fault["loc"]) for other in faults)
        if not (fault["type"] == "too_short" and inside):
            yield fault


def _sentences(fault: Any, line: Callable[[Place, str], int | None]) -> Iterator[str]:  # noqa: ANN401  pydantic's own dictionary
    """A sentence for each thing that is wrong; a validator parts several by line breaks."""
    for words in fault["msg"].split("\n"):
        number = line(fault["loc"], words)
        sentence = (f"line {number}: " if number else "") + _sentence({**fault, "msg": words})
        yield "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in sentence)


def _sentence(fault: Any) -> str:  # noqa: ANN401, PLR0911  pydantic's own dictionary; one sentence for each kind of fault
    place = " → ".join(str(step + 1) if isinstance(step, int) else str(step) for step in fault["loc"]) or "the file"
    given, kind = fault.get("input"), fault["type"]
    if kind == "missing":
        return f"{place}: is missing; write it."
    if kind == "extra_forbidden":
        return f"{place}: is not a word known here; check the spelling or take it out."
    if kind == "too_short":
        return f"{place}: is empty; it needs at least {fault['ctx']['min_length']} entry."
    if kind == "union_tag_invalid":
        told = fault["ctx"]
        return f"{place}: '{told['tag']}' is no {told['discriminator'].strip(chr(39))} known here; there are {told['expected_tags']}."
    if kind == "union_tag_not_found":
        return f"{place}: does not say which {fault['ctx']['discriminator'].strip(chr(39))} it is; write it."
    if given == "" and kind != "value_error":
        return f"{place}: is blank; write {fault.get('ctx', {}).get('expected', 'it')}."
    shown = "" if isinstance(given, dict | list) or given == "" else f" (given: {_short(given)})"
    return f"{place}: {fault['msg'].removeprefix('Value error, ')}{shown}."


def _short(given: Any) -> str:  # noqa: ANN401  whatever a file may say
    text = repr(given)
    return text if len(text) <= LONGEST_GIVEN else f"{text[:LONGEST_GIVEN]}…"
