"""What is done with editions: publish, verify, compare, review, and the next one."""

import argparse
from datetime import UTC, date, datetime

from geomap.cli.commands import Answer, bar

BAD = 4


def today() -> date:
    """The day, by the clock of this computer."""
    return datetime.now(UTC).date()


def publish(asked: argparse.Namespace) -> Answer:
    """A published edition."""
    from geomap.workspace.publish import publish as publish_edition
    from geomap.workspace.workspace import open_workspace

    done = publish_edition(open_workspace(asked.dir), today(), out=asked.out, progress=bar, patience=asked.patience)
    entry = done.entry
    said = f"Published before, on {entry.date}, as number" if done.anew else "Published as number"
    text = f"{said} {entry.number}: {entry.period}, method {entry.version}, tier {entry.tier}.\n{done.path}\nNext: geomap verify {done.path}, or geomap compare OLDER {done.path}"
    return Answer({"edition": str(done.path), **entry.model_dump(exclude={"edition"}), "anew": done.anew}, text)


def verify(asked: argparse.Namespace) -> Answer:
    """Whether an edition is what was frozen."""
    from geomap.editions.verify import verify as verify_edition

    found = verify_edition(asked.edition)
    state = f"published as number {found.number}" if found.number else "a draft, or a copy outside its folder of editions"
    lines = [f"Damaged: {fault}." for fault in found.faults] or ["Every bit is as it was frozen."]
    text = "\n".join([f"{found.path}: {found.files} files, {state}.", *lines])
    data = {"edition": str(found.path), "files": found.files, "number": found.number, "faults": list(found.faults)}
    return Answer(data, text, BAD if found.faults else 0)
