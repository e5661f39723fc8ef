"""What is done with editions: publish, verify, compare, review, and the next one."""

import argparse
from datetime import UTC, date, datetime

from geomap.cli.commands import Answer, bar, demand_ending
from geomap.errors import UsageError

BAD, UNCOMPARABLE, OVERDUE = 4, 7, 8


def today() -> date:
    """The day, by the clock of this computer."""
    return datetime.now(UTC).date()


def publish(asked: argparse.Namespace) -> Answer:
    """A published edition."""
    from geomap.workspace.publish import publish as publish_edition
    from geomap.workspace.workspace import open_workspace

    done = publish_edition(open_workspace(asked.dir, asked.tier), today(), out=asked.out, progress=bar, patience=asked.patience)
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


def due(asked: argparse.Namespace) -> Answer:
    """The calendar."""
    from geomap.editions.age import day_of
    from geomap.workspace.due import LATE, calendar
    from geomap.workspace.workspace import open_workspace

    day = day_of(asked.on) if asked.on else today()
    if day is None:
        raise UsageError(f"'{asked.on}' is no day; write it as 2027-01-31.")
    table = calendar(open_workspace(asked.dir), day)
    late = int((table["state"] == LATE).sum())
    lines = [_calendar_line(row) for row in table.to_dict("records")]
    text = "\n".join([*lines, f"On {day}: {late} overdue, of {len(table)}."])
    return Answer({"on": day.isoformat(), "overdue": late, "rows": table.to_dict("records")}, text, OVERDUE if late else 0)


def following(asked: argparse.Namespace) -> Answer:
    """A workspace ready for its next period."""
    from geomap.workspace.following import follow
    from geomap.workspace.workspace import open_workspace

    made = follow(open_workspace(asked.dir), asked.period)
    lines = [f"  - {row['layer']} ({row['speaks_of']}): {row['to_do']}" for row in made.table.to_dict("records")]
    text = "\n".join(
        [
            f"{asked.dir} is ready for {asked.period}: the same method, measured with the ruler of the last edition (ruler.json).",
            f"What that edition was made from is kept in {made.kept}.", f"To be renewed, listed in {made.renew}:", *lines, f"Next: geomap check {asked.dir}, then geomap publish {asked.dir}",
        ]
    )  # fmt: skip
    return Answer({"kept": str(made.kept), "renew": str(made.renew), "layers": made.table.to_dict("records")}, text)


def rebuild(asked: argparse.Namespace) -> Answer:
    """An older edition under a newer method."""
    from geomap.workspace.build import build
    from geomap.workspace.following import rebuild as lay_out
    from geomap.workspace.workspace import open_workspace

    folder = lay_out(asked.dir, asked.method, asked.period, asked.to)
    path = build(open_workspace(folder), progress=bar)
    return Answer(
        {"workspace": str(folder), "edition": str(path)},
        f"Built {asked.period} under the method of {asked.method}.\n{path}\nNext: geomap compare {path} {asked.method}",
    )


def erratum(asked: argparse.Namespace) -> Answer:
    """An entry in the register of errata."""
    from geomap.editions.edition import read_edition
    from geomap.editions.errata import Erratum, add_erratum

    edition = read_edition(asked.edition)
    levels = [edition.level(name) for name in edition.levels]
    told = Erratum(
        edition=edition.path.name, date=today().isoformat(), what=asked.what, nodes=tuple(asked.node), places=tuple(asked.place), corrected_by=asked.corrected_by
    )  # fmt: skip
    path = add_erratum(
        edition.path,
        told,
        nodes=[node.id for one in levels for node in one.nodes],
        places=[code for one in levels for code in one.places.index],
    )
    return Answer({"file": str(path), "sentence": told.sentence}, f"Entered into {path}.\n{told.sentence}")


def learn(asked: argparse.Namespace) -> Answer:
    """What the numbers say of what was tried."""
    from geomap.editions.edition import read_edition
    from geomap.editions.learning import readings
    from geomap.views.learning import as_data, in_words
    from geomap.workspace.comparing import comparison

    found = readings(comparison(asked.old, asked.new, level=asked.level, crosswalk=asked.crosswalk), read_edition(asked.new))
    return Answer(as_data(found), in_words(found))


def _calendar_line(row: dict[str, str]) -> str:
    rest = "".join([f" · {row['whom']}" if row["whom"] else "", f" · feeds {row['parts']}" if row["parts"] else ""])
    return f"{row['due'] or 'no date':10}  {row['state']:18}  {row['kind']} {row['name']}: {row['what']}{rest}"
