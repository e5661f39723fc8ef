"""What was done to a file so that it could be read, for the load report and the edition's manifest."""

from dataclasses import dataclass

from geomap.worded import worded

SHOWN = 3


@dataclass(frozen=True)
class Repair:
    """One kind of repair or doubt. about: a short name, such as "decimal comma"; sentence: what was wrong and what was done; count: how often."""

    about: str
    sentence: str
    count: int = 0
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The sentence with its first examples."""
        if not self.examples:
            return self.sentence
        return worded("{sentence} Such as {examples}.", sentence=self.sentence, examples=", ".join(self.examples[:SHOWN]))
