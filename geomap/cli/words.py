"""Which words the command line knows, a function for each command."""

import argparse
from pathlib import Path
from typing import Any

from geomap import __version__
from geomap.cli import commands
from geomap.cli.arguments import command, with_edition, with_folder, with_level, with_out, with_tier, with_workspace
from geomap.cli.council_words import council_words
from geomap.cli.edition_words import edition_words
from geomap.cli.incident_words import incident_words
from geomap.cli.survey_words import survey_words
from geomap.cli.understand_words import understand_words


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = argparse.ArgumentParser(
        prog="geomap", description="Map neighbourhood risk and resilience: from layers to an edition, a map and files for any GIS."
    )
    top.add_argument("--version", action="version", version=f"geomap {__version__}")
    words = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(words)
    return top


def _init(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    init = command(words, "init", commands.init, "start a workspace: the folders and a methodology with the default model")
    with_folder(init)


def _check(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    check = command(words, "check", commands.check, "say what becomes of every row, and what would stop a build")
    with_folder(check)


def _build(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    build = command(words, "build", commands.build, "build the edition of a workspace")
    with_folder(build)
    with_out(build)
    with_tier(build)
    build.add_argument("--seed", metavar="N", type=int, help="another seed than the methodology's")
    build.add_argument("--draws", metavar="N", type=int, help="another number of draws than the methodology's")


def _show(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    show = command(words, "show", commands.show, "write one HTML file with an interactive map that needs no internet")
    with_edition(show)
    show.add_argument("--to", metavar="FILE.html", type=Path, required=True)
    show.add_argument(
        "--node", default="", help="the index, domain or indicator to colour by (default: pressure and capacity, or the first)"
    )
    show.add_argument("--protects", action="store_true", help="with the places that protect over it, as on the dashboard's map")
    show.add_argument("--hot-spots", metavar="ID", default="", help="with the hot spots of an index or indicator outlined")
    with_level(show)


def _export(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    export = command(
        words, "export", commands.export, "write GeoJSON, GeoPackage, CSV, a workbook, or all of them as a package, for other tools"
    )
    with_edition(export)
    export.add_argument("--to", metavar="FILE", type=Path, required=True, help="a file ending in .geojson, .gpkg, .csv, .xlsx or .zip")
    with_level(export)


def _report(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    report = command(
        words, "report", commands.report, "write the two-page report of a place, or of every place, for printing and for phones"
    )
    with_edition(report)
    report.add_argument("place", metavar="PLACE", nargs="?", default="", help="the code of a place, or its name")
    report.add_argument("--all", action="store_true", help="a report for each place")
    report.add_argument("--to", metavar="FILE.html", type=Path, required=True, help="the file, or with --all the folder")
    with_level(report)


def _index(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    index = command(words, "index", commands.index, "run an index file, built in or your own, on a table of places")
    index.add_argument("methodology", metavar="METHODOLOGY", nargs="?", default="", help="a .toml file, or the name of a built-in index")
    index.add_argument("table", metavar="TABLE.csv", type=Path, nargs="?", help="one row a place; without it, the index is told in words")
    index.add_argument("--key", metavar="COLUMN", default="", help="the column that names each place (default: the index's own)")
    index.add_argument("--to", metavar="OUT.csv", type=Path, help="where to write the result (default: only the first rows are shown)")
    index.add_argument(
        "--schema", metavar="DIR", type=Path, help="write the JSON Schemas of index files and methodologies there, for editors"
    )
    index.add_argument("--list", action="store_true", help="name the indices that are built in")


def _whatif(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    whatif = command(
        words, "whatif", commands.whatif, "score an edition again under another method, as an exploration that changes nothing"
    )
    with_edition(whatif)
    whatif.add_argument(
        "--weight", metavar="WHOLE.PART=NUMBER", action="append", default=[], help="another weight, such as pressure.incidents=3"
    )
    whatif.add_argument(
        "--combine", metavar="WHOLE=WAY", action="append", default=[], help="another way to combine, such as risk=arithmetic"
    )
    whatif.add_argument("--without", metavar="INDICATOR", action="append", default=[], help="leave an indicator out")
    whatif.add_argument(
        "--without-evidence", metavar="KIND", action="append", default=[], help="leave a kind of evidence out, such as police"
    )
    whatif.add_argument("--missing", metavar="RULE", default="", help="another rule for what is missing: share, propagate, renormalise")
    whatif.add_argument("--index", metavar="ID", default="", help="the index to show (default: the last of the edition)")
    with_level(whatif)


def _app(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    app = command(words, "app", commands.app, "open the dashboard")
    with_folder(app)
    app.add_argument("--port", type=int, default=8501)
    app.add_argument("--headless", action="store_true", help="do not open a browser")


def _add(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    add = command(words, "add", commands.add, "look at a data file and write its first card, leaving blank what only a person knows")
    add.add_argument("file", metavar="FILE", type=Path)
    with_workspace(add)
    add.add_argument("--name", default="", help="the name of the layer or boundary set (default: from the file)")
    add.add_argument(
        "--kind", default="", choices=("table", "incidents", "survey", "assets", "observations", "register", "streets", "backdrop"),
        help="what the file is, where it is not what it looks like; a survey gets a codebook to fill in",
    )  # fmt: skip
    add.add_argument("--crs", metavar="EPSG:CODE", default="", help="which coordinates x and y are, where the file cannot tell")
    add.add_argument("--boundaries", metavar="SET", default="", help="the boundary set whose codes or names it holds, where several fit")
    add.add_argument("--swapped", action="store_true", help="latitude stands before longitude: turn round what must be")
    add.add_argument("--drawn-only", action="store_true", help="leave places without a shape out of the boundaries")
    add.add_argument(
        "--no-answer", metavar="CODE", action="append", default=[], help='a code or word of a survey for "don\'t know" or a refusal'
    )
    add.add_argument("--by-name", action="store_true", help="the table has names of places instead of codes, and they are meant")


def _inspect(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    inspect = command(
        words, "inspect", commands.inspect, "say what would become of a file: loaded, repaired or refused; nothing is written"
    )
    inspect.add_argument("file", metavar="FILE", type=Path)
    inspect.add_argument("--as", dest="role", required=True, choices=("boundary", "table", "survey", "raster", "card"), help="what it is")
    inspect.add_argument(
        "--boundaries", metavar="FILE", type=Path, action="append", default=[],
        help="a file of the places that it must fit; given again, files that may fit better (default: those beside the first)",
    )  # fmt: skip
    inspect.add_argument(
        "--encoding", metavar="NAME", default="", help="how its text is written, such as cp1250 (default: told from the bytes)"
    )


def _audit(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    purpose = "say what counts double, pulls against its domain, or decides more than its weight says"
    audit = command(words, "audit", commands.audit, purpose)
    with_edition(audit)
    with_level(audit)


def _explain(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    purpose = "say what the scores of one place are made of, what would put them in another class, what they rest on"
    explain = command(words, "explain", commands.explain, purpose)
    with_edition(explain)
    explain.add_argument("place", metavar="CODE", help="the code of a place, or its name")
    explain.add_argument("--index", metavar="ID", default="", help="one index or domain (default: all of them)")
    with_level(explain)


def _demo(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    demo = command(words, "demo", commands.demo, "write the built-in demonstration city, which is invented")
    demo.add_argument("dir", metavar="DIR", type=Path)
    demo.add_argument("--seed", metavar="N", type=int, default=2026)


COMMANDS = (
    _init, _add, _inspect, _check, _build, _show, _export, _report, _index, _audit, _whatif, _explain, council_words, *edition_words, survey_words, incident_words, understand_words, _demo, _app,
)  # fmt: skip
