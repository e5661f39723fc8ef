"""How the parts of a node are weighted: equally, as given, by a matrix of pairwise judgements, or from the data."""

from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, WithJsonSchema, model_validator

from geomap._recipe import Recipe
from geomap.errors import MethodologyError
from geomap.statistics.ahp import ahp

FromData = Literal["pca", "pca_loadings", "entropy", "critic"]
FORMS = (
    'write "equal"; a list with one number for each part; a table { part = number }; "pca", "pca_loadings", "entropy" or "critic"; '
    "{ ahp = [[…]] }; or { columns = [one column for each part] }"
)


class Weighting(Recipe):
    """Weights of parts, as they are written; they are never brought to a sum of 1 in silence.

    given: one number for each part, in order. named: one number for each part, by name. data: the parts' own figures set the weights. ahp: a Saaty
    matrix of pairwise judgements, refused when its consistency ratio is over *most_ratio*. columns: columns of the table with each place's own
    weights, such as numbers of people.
    """

    given: tuple[float, ...] = ()
    named: dict[str, float] = Field(default_factory=dict)
    data: FromData | None = None
    ahp: tuple[tuple[float, ...], ...] = ()
    most_ratio: float = Field(0.10, gt=0)
    columns: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, written: Any) -> Any:  # noqa: ANN401  whatever stands in the file
        if isinstance(written, Weighting):
            return written
        if written == "equal":
            return {}
        if isinstance(written, str):
            return _from_word(written)
        if isinstance(written, list | tuple):
            return {"given": _numbers(written)}
        if isinstance(written, dict) and not set(written) & set(cls.model_fields):
            return {"named": dict(zip(written, _numbers(list(written.values())), strict=True))}
        if not isinstance(written, dict):
            raise ValueError(f"{written!r} is no way to weigh; {FORMS}")  # noqa: TRY004  pydantic turns only a ValueError into a fault of the file
        return {name: _as_tuples(value) for name, value in written.items()}

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [name for name in ("given", "named", "data", "ahp", "columns") if getattr(self, name)]
        if len(ways) > 1:
            raise ValueError(f"{ways} are several ways at once; keep one")
        return self

    def faults(self, parts: tuple[str, ...]) -> list[str]:
        """What does not fit the parts of a node."""
        found = [
            f"has {len(parts)} parts but {len(numbers)} {what}"
            for numbers, what in ((self.given, "weights"), (self.columns, "columns of weights"), (self.ahp, "rows in its ahp matrix"))
            if numbers and len(numbers) != len(parts)
        ]
        if self.named and set(self.named) != set(parts):
            found.append(f"has the parts {list(parts)} but weights for {list(self.named)}; write one for each part")
        return found

    def shares(self, parts: tuple[str, ...]) -> tuple[float, ...] | None:
        """The weight of each part as it is written, or nothing where the data, a matrix or columns decide."""
        if self.data or self.ahp or self.columns:
            return None
        if self.named:
            return tuple(self.named[part] for part in parts)
        return self.given or (1.0,) * len(parts)


def judged(weights: Weighting, about: str) -> NDArray[np.float64]:
    """The weights of a matrix of pairwise judgements, for the part called *about*; MethodologyError when the judgements contradict each other."""
    try:
        found, ratio = ahp(np.array(weights.ahp))
    except ValueError as wrong:
        raise MethodologyError(f"'{about}': its matrix of judgements cannot be used: {wrong}.") from None
    if ratio > weights.most_ratio:
        raise MethodologyError(
            f"'{about}': its judgements contradict each other: the consistency ratio is {ratio:.3f}, more than {weights.most_ratio:g}. "
            "Look at the matrix again, or raise most_ratio and say why."
        )
    return found


def _from_word(written: str) -> dict[str, str]:
    if written not in ("pca", "pca_loadings", "entropy", "critic"):
        raise ValueError(f"'{written}' is no way to weigh; {FORMS}")
    return {"data": written}


def _as_tuples(value: Any) -> Any:  # noqa: ANN401  a parsed file is anything
    return tuple(_as_tuples(one) for one in value) if isinstance(value, list) else value


def _numbers(written: list[Any] | tuple[Any, ...]) -> tuple[float, ...]:
    if wrong := [one for one in written if isinstance(one, bool) or not isinstance(one, int | float)]:
        raise ValueError(f"{wrong} are no numbers; {FORMS}")
    return tuple(float(one) for one in written)


SCHEMA = {
    "anyOf": [
        {"enum": ["equal", "pca", "pca_loadings", "entropy", "critic"]},
        {"type": "array", "items": {"type": "number"}},
        {"type": "object", "properties": {"ahp": {"type": "array"}, "most_ratio": {"type": "number"}}, "required": ["ahp"]},
        {"type": "object", "properties": {"columns": {"type": "array", "items": {"type": "string"}}}, "required": ["columns"]},
        {"type": "object", "additionalProperties": {"type": "number"}},
    ]
}
Weights = Annotated[Weighting, WithJsonSchema(SCHEMA)]
