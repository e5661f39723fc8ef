"""What a person says of a file when it is handed in, because the file itself cannot tell."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answers:
    """The answers, each as blank or false where nothing was said.

    kind: of layer, where it is not what it looks like. by_name: names of places are meant. crs: of the coordinates. swapped: x and y change places
    where they must. boundaries: the set that is meant, where several fit. undrawn: places without a shape are left out. no_answer: codes or words of a survey that are no answer.
    """

    kind: str = ""
    by_name: bool = False
    crs: str = ""
    swapped: bool = False
    undrawn: bool = False
    no_answer: tuple[str, ...] = ()
    boundaries: str = ""

    @property
    def codes(self) -> tuple[int, ...]:
        """Those of *no_answer* that are whole numbers."""
        return tuple(int(one) for one in self.no_answer if one.lstrip("-").isdigit())

    @property
    def words(self) -> tuple[str, ...]:
        """The others."""
        return tuple(one for one in self.no_answer if not one.lstrip("-").isdigit())
