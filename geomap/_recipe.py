"""The grain of every recipe: what a person writes in a file, frozen and strict."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from geomap.errors import GeomapError
from geomap.worded import worded

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
            raise error(worded("{where} cannot be used; {count} thing(s) to mend:", where=where, count=len(faults)), faults) from None


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
    place = " → ".join(str(step + 1) if isinstance(step, int) else str(step) for step in fault["loc"]) or worded("the file")
    given, kind = fault.get("input"), fault["type"]
    if kind == "missing":
        return worded("{place}: is missing; write it.", place=place)
    if kind == "extra_forbidden":
        return worded("{place}: is not a word known here; check the spelling or take it out.", place=place)
    if kind == "too_short":
        return worded("{place}: is empty; it needs at least {least} entry.", place=place, least=fault["ctx"]["min_length"])
    if kind == "union_tag_invalid":
        told = fault["ctx"]
        return worded(
            "{place}: '{tag}' is no {kind} known here; there are {known}.",
            place=place,
            tag=told["tag"],
            kind=told["discriminator"].strip(chr(39)),
            known=told["expected_tags"],
        )
    if kind == "union_tag_not_found":
        return worded("{place}: does not say which {kind} it is; write it.", place=place, kind=fault["ctx"]["discriminator"].strip(chr(39)))
    if given == "" and kind != "value_error":
        expected = fault.get("ctx", {}).get("expected", "")
        return (
            worded("{place}: is blank; write {expected}.", place=place, expected=str(expected))
            if expected
            else worded("{place}: is blank; write it.", place=place)
        )
    what = fault["msg"].removeprefix("Value error, ")
    if isinstance(given, dict | list) or given == "":
        return f"{place}: {what}."
    return worded("{place}: {what} (was given: {value}).", place=place, what=what, value=_short(given))


def _short(given: Any) -> str:  # noqa: ANN401  whatever a file may say
    text = repr(given)
    return text if len(text) <= LONGEST_GIVEN else f"{text[:LONGEST_GIVEN]}…"
