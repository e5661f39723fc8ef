"""What one reading of a file finds: faults that refuse it, repairs and doubts, and plain facts that are no fault of anybody."""

from dataclasses import dataclass, field
from pathlib import Path

from geomap.errors import IntakeError
from geomap.intake.record import Repair

FAULTS_SHOWN = 25


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

    def refuse_if_faulty(self, path: Path) -> None:
        """Nothing, or IntakeError with every fault found so far."""
        if self.faults:
            more = len(self.faults) - FAULTS_SHOWN
            shown = (*self.faults[:FAULTS_SHOWN], *([f"and {more} more faults."] if more > 0 else ()))
            raise IntakeError(f"{path.name} cannot be taken in; nothing was written:", shown)
