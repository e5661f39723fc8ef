"""What a survey's questions were: the wording, the scale and its direction, and the codes that are no answer."""

from typing import Literal, Self

from pydantic import Field, model_validator

from geomap.datapackage.package import Standard
from geomap.worded import worded

Kind = Literal["scale", "choice", "several"]


class Question(Standard):
    """One question, as people were asked it; its key in the codebook is the column's name.

    kind: scale (ordered whole numbers), choice (one of several words) or several (coded answers joined by ``;``, such as reasons). up: which
    way is better for the neighbourhood. institution and issue: whom trust is put in, and on what. item: the name under which earlier
    waves asked the very same words; a changed wording is a new item, and no line is drawn across. biases: ids of the bias register that bear on it.
    """

    wording: str = Field(min_length=1)
    kind: Kind = "scale"
    scale: tuple[int, int] | None = None
    up: Literal["better", "worse", ""] = ""
    agree: tuple[int | str, ...] = ()
    dont_know: tuple[int, ...] = ()
    institution: str = ""
    issue: str = ""
    item: str = ""
    explains: str = ""
    biases: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = []
        if self.kind == "scale" and self.scale is None:
            faults.append(worded("scale: is missing; write its two ends, such as [1, 5]"))
        if self.scale and not self.scale[0] < self.scale[1]:
            faults.append(
                worded("scale: runs from {low} to {high}; write the lower end first", low=str(self.scale[0]), high=str(self.scale[1]))
            )
        if self.scale and (inside := [code for code in self.dont_know if self.scale[0] <= code <= self.scale[1]]):
            faults.append(
                worded(
                    "dont_know: {inside} lie on the scale from {low} to {high}, so they are answers; correct one of the two",
                    inside=str(inside),
                    low=str(self.scale[0]),
                    high=str(self.scale[1]),
                )
            )
        if self.scale and (
            outside := [code for code in self.agree if not isinstance(code, int) or not self.scale[0] <= code <= self.scale[1]]
        ):
            faults.append(
                worded(
                    "agree: {outside} lie outside the scale from {low} to {high}; name answers that can be given",
                    outside=str(outside),
                    low=str(self.scale[0]),
                    high=str(self.scale[1]),
                )
            )
        if self.explains and self.kind != "several":
            faults.append(worded("explains: belongs to a question of kind several, whose coded answers are the reasons for another"))
        if faults:
            raise ValueError("\n".join(faults))
        return self
