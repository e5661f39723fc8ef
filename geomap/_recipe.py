"""The grain of every recipe: what a person writes in a file, frozen and strict."""

import json
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
            faults = tuple(_sentence(fault) for fault in wrong.errors())
            raise error(f"{where} cannot be used; {len(faults)} thing(s) to mend:", faults) from None


def _sentence(fault: Any) -> str:  # noqa: ANN401  pydantic's own dictionary
    place = " → ".join(str(step) for step in fault["loc"]) or "the file"
    if fault["type"] == "missing":
        return f"{place}: is missing; write it."
    if fault["type"] == "extra_forbidden":
        return f"{place}: is not a word known here; check the spelling or take it out."
    given = f" (given: {fault['input']!r})" if not isinstance(fault.get("input"), dict | list) else ""
    return f"{place}: {fault['msg'].removeprefix('Value error, ')}{given}."
