"""The grain of every recipe: what a person writes in a file, frozen and strict."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from geomap.errors import GeomapError


class Recipe(BaseModel):
    """A frozen, strict description; unknown keys and wrong types are errors, defaults are checked too."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_default=True, populate_by_name=True)

    @classmethod
    def read(cls, data: Any, *, where: str, error: type[GeomapError] = GeomapError) -> Self:  # noqa: ANN401  a parsed file is anything
        """The recipe in *data*; every fault of *where* at once, as one *error*."""
        try:
            return cls.model_validate_json(json.dumps(data, default=str))
        except ValidationError as wrong:
            faults = tuple(dict.fromkeys(_sentence(fault) for fault in _own(wrong.errors())))
            raise error(f"{where} cannot be used; {len(faults)} thing(s) to mend:", faults) from None


def _own(faults: Sequence[Any]) -> Iterator[Any]:
    """The faults without those that only say that a list is short because its entries are faulty."""
    for fault in faults:
        inside = any(other["loc"][: len(fault["loc"])] == fault["loc"] and len(other["loc"]) > len(fault["loc"]) for other in faults)
        if not (fault["type"] == "too_short" and inside):
            yield fault


def _sentence(fault: Any) -> str:  # noqa: ANN401  pydantic's own dictionary
    place = " → ".join(str(step + 1) if isinstance(step, int) else str(step) for step in fault["loc"]) or "the file"
    given, kind = fault.get("input"), fault["type"]
    if kind == "missing":
        return f"{place}: is missing; write it."
    if kind == "extra_forbidden":
        return f"{place}: is not a word known here; check the spelling or take it out."
    if kind == "too_short":
        return f"{place}: is empty; it needs at least {fault['ctx']['min_length']} entry."
    if given == "" and kind != "value_error":
        return f"{place}: is blank; write {fault.get('ctx', {}).get('expected', 'it')}."
    shown = "" if isinstance(given, dict | list) or given == "" else f" (given: {given!r})"
    return f"{place}: {fault['msg'].removeprefix('Value error, ')}{shown}."
