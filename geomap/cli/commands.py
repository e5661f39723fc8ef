"""What each command does: one call into the library, and its answer in words and as data."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from geomap.errors import UsageError

DRAFT = "A draft, for use inside: whether it may stand beside what was published before, so that the two tell on nobody, is asked by geomap publish."


@dataclass(frozen=True)
class Answer:
    """data: for machines; text: for people."""

    data: dict[str, Any]
    text: str
    exit_code: int = 0


def init(asked: argparse.Namespace) -> Answer:
    """A new workspace."""
    from geomap.workspace.begin import begin

    written = begin(asked.dir)
    text = f"Started a workspace in {asked.dir}.\nNext: geomap add FILE --to {asked.dir}  (first your boundaries, then each layer)"
    return Answer({"workspace": str(asked.dir), "files": [str(path) for path in written]}, text)


def add(asked: argparse.Namespace) -> Answer:
    """A first card for a data file."""
    from geomap.workspace.add import add_file
    from geomap.workspace.answers import Answers

    answers = Answers(asked.kind, asked.by_name, asked.crs, asked.swapped, asked.drawn_only, tuple(asked.no_answer), asked.boundaries)
    added = add_file(asked.file, asked.to, name=asked.name, answers=answers)
    told = "".join(f"Found: {one}\n" for one in added.told)
    blanks = "\n".join(f"  - {blank}" for blank in added.blanks)
    text = (
        f"Wrote {added.card}.\n{told}Guessed: {', '.join(added.guesses)}.\nOnly a person knows the following; fill it in there:\n{blanks}"
    )
    return Answer({"card": str(added.card), "guesses": list(added.guesses), "blanks": list(added.blanks), "told": list(added.told)}, text)


def inspect(asked: argparse.Namespace) -> Answer:
    """What would become of a file."""
    from geomap.workspace.inspect import inspect as look

    found = look(
        asked.file, asked.role, boundaries=next(iter(asked.boundaries), None), others=asked.boundaries[1:], encoding=asked.encoding
    )
    data = {"outcome": found.outcome, "messages": list(found.messages), "rows": found.rows, "matched": found.matched}
    text = "\n".join([f"{asked.file}: {found.outcome}.", *(f"  - {message}" for message in found.messages)])
    return Answer(data, text, 3 if found.outcome == "refused" else 0)


def check(asked: argparse.Namespace) -> Answer:
    """The ledger of every layer, and the faults."""
    from geomap.workspace.check import check as check_workspace
    from geomap.workspace.workspace import open_workspace

    found = check_workspace(open_workspace(asked.dir), progress=bar)
    lines = [*map(_join_line, found.joins), *(f"Note: {warning}" for warning in found.warnings)]
    lines += [f"Must be mended: {fault}" for fault in found.faults] or ["All is well; 'geomap build' will work."]
    data = {"joins": list(found.joins), "faults": list(found.faults), "warnings": list(found.warnings)}
    return Answer(data, "\n".join(lines), 3 if found.faults else 0)


def build(asked: argparse.Namespace) -> Answer:
    """A new edition."""
    from geomap.editions.edition import read_edition
    from geomap.workspace.build import build as build_edition
    from geomap.workspace.honest import kept_inside
    from geomap.workspace.readable import readable_by_others
    from geomap.workspace.workspace import open_workspace

    workspace = open_workspace(asked.dir, asked.tier)
    path = build_edition(workspace, out=asked.out, seed=asked.seed, draws=asked.draws, progress=bar)
    edition = read_edition(path)
    levels = [{"level": head["level"], "places": head["places"]} for head in edition.about["levels"]]
    places = ", ".join(f"{head['places']:,} {head['many']}" for head in edition.about["levels"])
    warnings = [*edition.about.get("warnings", []), *kept_inside(workspace), *readable_by_others(workspace)]
    notes = "".join(f"Note: {warning}\n" for warning in warnings)
    text = f"Built {edition.title}, {edition.period}: {places}.\n{path}\n{notes}{DRAFT}\nNext: geomap app {asked.dir}, or geomap export {path} --to FILE.gpkg"
    data = {"edition": str(path), "levels": levels, "fingerprint": edition.fingerprint, "draws": edition.about["draws"]}
    return Answer({**data, "warnings": warnings, "draft": DRAFT}, text)


def show(asked: argparse.Namespace) -> Answer:
    """A stand-alone map, of one number, or else of what the dashboard's map opens on."""
    from geomap.editions.edition import read_edition
    from geomap.workspace.export import MAP, Wanted, write_map

    demand_ending(asked.to, (MAP,))
    edition = read_edition(asked.edition)
    wanted = Wanted(asked.node, asked.hot_spots, protects=asked.protects)
    write_map(edition, edition.level(asked.level or None), asked.to, wanted, today=datetime.now(UTC).date())
    return Answer({"files": [str(asked.to)]}, f"Wrote {asked.to}. It opens in any browser and needs no internet.")


def export(asked: argparse.Namespace) -> Answer:
    """A file for other tools."""
    from geomap.editions.edition import read_edition
    from geomap.workspace.export import ENDINGS, write_export

    demand_ending(asked.to, ENDINGS)
    edition = read_edition(asked.edition)
    shown = edition.level(asked.level or None)
    files = write_export(edition, shown, asked.to)
    text = f"Wrote {len(shown.places):,} {shown.many} to " + " and ".join(map(str, files)) + "."
    return Answer({"files": [str(path) for path in files], "places": len(shown.places), "level": shown.level}, text)


def report(asked: argparse.Namespace) -> Answer:
    """Two printed pages for one place, or for each."""
    from geomap.assessment.places import place_called
    from geomap.editions.edition import read_edition
    from geomap.report.page import reports_of, write_report, write_reports
    from geomap.workspace.comparing import beside_earlier

    if asked.all == bool(asked.place):
        raise UsageError("Name one place, by its code or its name, or ask for all of them with --all.")
    edition = read_edition(asked.edition)
    shared = reports_of(edition, asked.level, lay=partial(beside_earlier, home=edition.path.parent.parent))
    if asked.all:
        files = write_reports(shared, asked.to, progress=bar)
        return Answer({"files": [str(path) for path in files]}, f"Wrote {len(files):,} reports to {asked.to}, two pages each.")
    demand_ending(asked.to, (".html",))
    code = place_called(shared.assessment, asked.place)
    write_report(shared, code, asked.to)
    text = f"Wrote {asked.to}: two pages for printing, and readable on a phone. It needs no internet."
    return Answer({"files": [str(asked.to)], "code": code}, text)


def index(asked: argparse.Namespace) -> Answer:
    """An index file told in words, or run on a table."""
    from geomap.workspace.index_table import built_in, index_table, read_any, write_index

    if asked.list:
        listed = built_in()
        return Answer(
            {"indices": [dict(zip(("name", "title"), one, strict=True)) for one in listed]},
            "\n".join(f"{name}  {title}" for name, title in listed),
        )
    if asked.schema:
        from geomap.workspace.schemas import write_schemas

        written = write_schemas(asked.schema)
        return Answer({"files": [str(path) for path in written]}, "Wrote " + " and ".join(map(str, written)) + ".")
    if not asked.methodology:
        raise UsageError("Name an index file and a table, or see 'geomap index --list' for those that are built in.")
    recipe = read_any(asked.methodology)
    if asked.table is None:
        return _told(recipe)
    if asked.to:
        demand_ending(asked.to, (".csv",))
    run = index_table(recipe, asked.table, key=asked.key)
    files = write_index(run, asked.to) if asked.to else ()
    data = {
        "index": recipe.index.name,
        "key": run.key,
        "places": run.places,
        "columns": list(run.result.places.columns),
        "files": [str(path) for path in files],
        "weights": {node: dict(parts) for node, parts in run.result.weights.items()},
    }
    text = f"Wrote {run.places:,} places to " + " and ".join(map(str, files)) + "." if files else run.result.places.head(10).to_string()
    told = [
        f"Weights of {node}: " + ", ".join(f"{part} {weight:.4g}" for part, weight in parts.items())
        for node, parts in run.result.weights.items()
    ]
    return Answer(data, "\n".join([text, *told]))


def audit(asked: argparse.Namespace) -> Answer:
    """What an edition's numbers rest on, and how far its ranks move when choices are made otherwise."""
    from geomap.assessment.audit import audit as audit_assessment
    from geomap.editions.edition import read_edition
    from geomap.views.audit import as_data, in_words

    edition = read_edition(asked.edition)
    assessment = edition.level(asked.level or None)
    findings = audit_assessment(assessment, edition.methodology)
    return Answer(as_data(assessment, findings), in_words(assessment, findings))


def whatif(asked: argparse.Namespace) -> Answer:
    """An exploration of an edition."""
    from geomap.assessment.exploration import asked_in_words
    from geomap.assessment.explore import shifts
    from geomap.editions.edition import read_edition
    from geomap.views.exploration import in_words

    edition = read_edition(asked.edition)
    assessment = edition.level(asked.level or None)
    question = asked_in_words(asked.weight, asked.combine, asked.without, asked.without_evidence, asked.missing)
    index = asked.index or assessment.of_kind("index")[-1].id
    moved = shifts(assessment, question.run(assessment, edition.methodology), index)
    data = {
        "question": question.sentence(assessment),
        "index": index,
        "places": moved.reset_index().astype(object).where(moved.reset_index().notna(), None).to_dict("records"),
    }
    return Answer(data, in_words(assessment, question.sentence(assessment), index, moved))


def explain(asked: argparse.Namespace) -> Answer:
    """One place explained."""
    from geomap.assessment.places import place_called
    from geomap.editions.edition import read_edition
    from geomap.views.explanation import as_data, explanation, in_words

    edition = read_edition(asked.edition)
    assessment = edition.level(asked.level or None)
    code = place_called(assessment, asked.place)
    told = explanation(assessment, edition.methodology, code, asked.index)
    return Answer(as_data(assessment, code, told), in_words(assessment, code, told))


def demo(asked: argparse.Namespace) -> Answer:
    """The invented city."""
    from geomap.demo import write_city

    write_city(asked.dir, seed=asked.seed)
    text = f"Wrote the demonstration city, which is invented, to {asked.dir}.\nNext: geomap build {asked.dir}, then geomap app {asked.dir}"
    return Answer({"workspace": str(asked.dir), "seed": asked.seed}, text)


def app(asked: argparse.Namespace) -> Answer:
    """The dashboard, until it is stopped."""
    from geomap.cli.serve import serve

    code = serve(asked.dir, port=asked.port, headless=asked.headless)
    return Answer({"workspace": str(asked.dir)}, "The dashboard was stopped.", code)


def _told(recipe: Any) -> Answer:  # noqa: ANN401  an IndexFile, which this file imports only when it is asked for
    from dataclasses import asdict

    from geomap.methodology.describe import choices

    rows = choices(recipe)
    text = "\n".join(f"{row.id}{f' ({row.title})' if row.title else ''}\n    {row.how}\n    Why: {row.reason}" for row in rows)
    return Answer({"index": recipe.index.name, "columns": list(recipe.columns), "choices": [asdict(row) for row in rows]}, text)


def _join_line(record: dict[str, Any]) -> str:
    if record["matched"] is None:
        rows = f"{record['rows']:,} rows, " if record["rows"] is not None else ""
        return f"{record['layer']}: {rows}{record['notes'][0]}."
    reasons = "; ".join(f"{count:,} {reason} {record['examples'].get(reason, [])}" for reason, count in record["unmatched"].items())
    text = f"{record['layer']}: {record['rows']:,} rows, {record['matched']:,} matched to {record['boundaries']}"
    text += f", {sum(record['unmatched'].values()):,} not: {reasons}" if reasons else ", none left over"
    silent = (
        f" {record['places_without_rows']:,} of {record['places']:,} places have no row {record['places_without_rows_examples']}."
        if record["places_without_rows"]
        else ""
    )
    return f"{text}.{silent}{''.join(' ' + note for note in record['notes'])}"


def demand_ending(path: Path, endings: tuple[str, ...]) -> str:
    """The ending of *path* in small letters; UsageError when it is none of *endings*, or no file can be written there."""
    if path.suffix.lower() not in endings:
        raise UsageError(f"{path} must end in one of {', '.join(endings)}, so that its format is known.")
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}. Make it first, or name another.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder. Name a file in it, or another one.")
    return path.suffix.lower()


def bar(items: Iterable[Any], label: str) -> Iterator[Any]:
    """The items, with a progress bar where it takes over a second."""
    from tqdm import tqdm

    yield from tqdm(items, desc=label, leave=False, delay=1.0, unit="", disable=None)
