"""What one reading of a file finds: faults that refuse it, repairs and doubts, and plain facts that are no fault of anybody."""

from dataclasses import dataclass, field
from pathlib import Path

from geomap.errors import IntakeError
from geomap.intake.record import Repair
from geomap.worded import worded

FAULTS_SHOWN, MOST_ALIKE = 25, 3


@dataclass
class Findings:
    """faults: sentences; repairs: what was mended or is in doubt; notes: what is so and needs no mending."""

    faults: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    notes: list[Repair] = field(default_factory=list)

    def fault(self, sentence: str) -> None:
        """One more reason to refuse, named once."""
        if sentence not in self.faults:
            self.faults.append(sentence)

    def repair(self, about: str, sentence: str, count: int = 0, examples: tuple[str, ...] = ()) -> None:
        """One more repair or doubt."""
        self.repairs.append(Repair(about, sentence, count, examples))

    def note(self, about: str, sentence: str, count: int = 0, examples: tuple[str, ...] = ()) -> None:
        """One more fact."""
        self.notes.append(Repair(about, sentence, count, examples))

    def gathered(self) -> tuple[tuple[Repair, ...], tuple[Repair, ...]]:
        """Repairs and notes, where one kind in many columns is told once."""
        return _gathered(self.repairs), _gathered(self.notes)

    def refuse_if_faulty(self, path: Path) -> None:
        """Nothing, or IntakeError with every fault found so far."""
        if self.faults:
            more = len(self.faults) - FAULTS_SHOWN
            shown = (*self.faults[:FAULTS_SHOWN], *([worded("and {more} more faults.", more=more)] if more > 0 else ()))
            raise IntakeError(worded("{file} cannot be taken in; nothing was written:", file=path.name), shown)


def _gathered(told: list[Repair]) -> tuple[Repair, ...]:
    kinds: dict[str, list[Repair]] = {}
    for one in told:
        kinds.setdefault(one.about, []).append(one)
    return tuple(one for kind in kinds.values() for one in (kind if len(kind) <= MOST_ALIKE else [_together(kind)]))


def _together(kind: list[Repair]) -> Repair:
    first = kind[0]
    return Repair(
        first.about,
        worded("{sentence} The same in {count} more columns.", sentence=first.sentence, count=str(len(kind) - 1)),
        sum(one.count for one in kind),
        first.examples,
    )
