"""What is done with editions: publish, verify, compare, review, and the next one."""

import argparse
from datetime import UTC, date, datetime

from geomap.cli.commands import Answer, bar, demand_ending

BAD, UNCOMPARABLE = 4, 7


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


def compare(asked: argparse.Namespace) -> Answer:
    """What changed between two editions, where that can be said."""
    from geomap.views.change import as_data, in_words
    from geomap.workspace.comparing import comparison, write_change_page, write_change_table

    found = comparison(asked.old, asked.new, level=asked.level, crosswalk=asked.crosswalk, same_places=asked.same_places)
    names = asked.node or [node.id for node in found.new.of_kind("index") or found.new.of_kind("domain")]
    for name in names:
        found.new.node(name)
    code = UNCOMPARABLE if all(found.grade_of(name) == "C" for name in names) else 0
    files = []
    if asked.to:
        write = write_change_page if demand_ending(asked.to, (".html", ".csv")) == ".html" else write_change_table
        files = [str(write(found, names[0], asked.to))]
    told = in_words(found, names) + "".join(f"\nWrote {file}." for file in files)
    return Answer({**as_data(found, names), "files": files}, told, code)
