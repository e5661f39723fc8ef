"""Which words the command line knows, a function for each command."""

import argparse
from pathlib import Path
from typing import Any

from geomap import __version__
from geomap.cli import commands, council, editions, incidents, surveys, understand

TIERS = ("public", "partners", "restricted")
TIER = "build from what an edition of this tier may hold, into DIR/editions-TIER (default: the methodology's tier, from everything)"
FOLDER = {"type": Path, "nargs": "?", "default": Path()}


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
    init = _command(words, "init", commands.init, "start a workspace: the folders and a methodology with the default model")
    init.add_argument("dir", metavar="DIR", **FOLDER)


def _check(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    check = _command(words, "check", commands.check, "say what becomes of every row, and what would stop a build")
    check.add_argument("dir", metavar="DIR", **FOLDER)


def _build(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    build = _command(words, "build", commands.build, "build the edition of a workspace")
    build.add_argument("dir", metavar="DIR", **FOLDER)
    build.add_argument("--out", metavar="DIR", type=Path, help="the folder to put the edition's own folder in (default: DIR/editions)")
    build.add_argument("--tier", choices=TIERS, default="", help=TIER)
    build.add_argument("--seed", metavar="N", type=int, help="another seed than the methodology's")
    build.add_argument("--draws", metavar="N", type=int, help="another number of draws than the methodology's")


def _show(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    show = _command(words, "show", commands.show, "write one HTML file with an interactive map that needs no internet")
    show.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    show.add_argument("--to", metavar="FILE.html", type=Path, required=True)
    show.add_argument(
        "--node", default="", help="the index, domain or indicator to colour by (default: pressure and capacity, or the first)"
    )
    show.add_argument("--level", default="", help="which level (default: the finest)")


def _export(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    export = _command(words, "export", commands.export, "write GeoJSON, GeoPackage or CSV for other tools")
    export.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    export.add_argument("--to", metavar="FILE", type=Path, required=True, help="a file ending in .geojson, .gpkg or .csv")
    export.add_argument("--level", default="", help="which level (default: the finest)")


def _index(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    index = _command(words, "index", commands.index, "run an index file, built in or your own, on a table of places")
    index.add_argument("methodology", metavar="METHODOLOGY", nargs="?", default="", help="a .toml file, or the name of a built-in index")
    index.add_argument("table", metavar="TABLE.csv", type=Path, nargs="?", help="one row a place; without it, the index is told in words")
    index.add_argument("--key", metavar="COLUMN", default="", help="the column that names each place (default: the index's own)")
    index.add_argument("--to", metavar="OUT.csv", type=Path, help="where to write the result (default: only the first rows are shown)")
    index.add_argument(
        "--schema", metavar="DIR", type=Path, help="write the JSON Schemas of index files and methodologies there, for editors"
    )
    index.add_argument("--list", action="store_true", help="name the indices that are built in")


def _whatif(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    whatif = _command(
        words, "whatif", commands.whatif, "score an edition again under another method, as an exploration that changes nothing"
    )
    whatif.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
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
    whatif.add_argument("--level", default="", help="which level (default: the finest)")


def _app(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    app = _command(words, "app", commands.app, "open the dashboard")
    app.add_argument("dir", metavar="DIR", **FOLDER)
    app.add_argument("--port", type=int, default=8501)
    app.add_argument("--headless", action="store_true", help="do not open a browser")


def _add(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    add = _command(words, "add", commands.add, "look at a data file and write its first card, leaving blank what only a person knows")
    add.add_argument("file", metavar="FILE", type=Path)
    add.add_argument("--to", metavar="DIR", type=Path, default=Path(), help="the workspace (default: this folder)")
    add.add_argument("--name", default="", help="the name of the layer or boundary set (default: from the file)")
    add.add_argument(
        "--kind", default="", choices=("table", "incidents", "survey", "assets", "observations", "register"),
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
    inspect = _command(
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
    audit = _command(words, "audit", commands.audit, purpose)
    audit.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    audit.add_argument("--level", default="", help="which level (default: the finest)")


def _explain(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    purpose = "say what the scores of one place are made of, what would put them in another class, what they rest on"
    explain = _command(words, "explain", commands.explain, purpose)
    explain.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    explain.add_argument("place", metavar="CODE", help="the code of a place, or its name")
    explain.add_argument("--index", metavar="ID", default="", help="one index or domain (default: all of them)")
    explain.add_argument("--level", default="", help="which level (default: the finest)")


def _understand(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    hot = _command(
        words, "hotspots", understand.hotspots, "say where a number gathers: all places first, then clusters that survive correction"
    )
    hot.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    hot.add_argument("indicator", metavar="INDICATOR", help="an indicator, a domain or an index")
    hot.add_argument("--to", metavar="FILE", type=Path, help="a map (.html) or a table (.csv)")
    hot.add_argument("--level", default="", help="which level (default: the finest)")
    hot.add_argument("--seed", metavar="N", type=int, default=1, help="another seed for the permutations")
    beside = _command(
        words, "context", understand.context, "set an issue beside a condition: do the two go together, here and at other levels?"
    )
    beside.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    beside.add_argument("issue", metavar="ISSUE", help="an indicator, a domain or an index")
    beside.add_argument("condition", metavar="CONDITION", help="another one")
    beside.add_argument("--to", metavar="FILE.html", type=Path, help="a map of where the issue is higher or lower than the line says")
    beside.add_argument("--level", default="", help="which level (default: the finest)")


def _demo(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    demo = _command(words, "demo", commands.demo, "write the built-in demonstration city, which is invented")
    demo.add_argument("dir", metavar="DIR", type=Path)
    demo.add_argument("--seed", metavar="N", type=int, default=2026)


def _council(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    purpose = "say which data a council may have, and what this workspace holds of them: how fresh, from whom, what is missing"
    inventory = _command(words, "inventory", council.inventory, purpose)
    inventory.add_argument("dir", metavar="DIR", type=Path, nargs="?", help="a workspace (default: only what to ask for)")
    inventory.add_argument("--to", metavar="FILE.csv", type=Path, help="write the sheet there")
    request = _command(
        words, "request", council.request, "write the one page that asks the police for numbers they may share, and the table to fill in"
    )
    request.add_argument("dir", metavar="DIR", type=Path, nargs="?", default=Path())
    request.add_argument("--to", metavar="FILE.csv", type=Path, required=True)
    request.add_argument("--level", default="", help="which boundary set (default: the finest level)")
    request.add_argument("--period", default="", help="which year is asked for (default: the methodology's)")
    fetch = _command(
        words, "fetch", council.fetch, "take in a table of the PostGIS database that settings.toml names, as a file of its own"
    )
    fetch.add_argument("name", metavar="NAME", help="its name in settings.toml, and that of the layer or boundary set it becomes")
    fetch.add_argument("--to", metavar="DIR", type=Path, default=Path(), help="the workspace (default: this folder)")
    recipe = _command(words, "recipe", council.recipe, "take a council's table in by a ready recipe, with the denominator it needs")
    recipe.add_argument("name", metavar="NAME", nargs="?", default="", help="the recipe (default: name them all)")
    recipe.add_argument("file", metavar="FILE", type=Path, nargs="?")
    recipe.add_argument("--to", metavar="DIR", type=Path, default=Path(), help="the workspace (default: this folder)")


def _editions(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    publish = _command(
        words, "publish", editions.publish, "freeze, number and publish the edition of a workspace; nothing published is ever changed"
    )
    publish.add_argument("dir", metavar="DIR", **FOLDER)
    publish.add_argument("--tier", choices=TIERS, default="", help=TIER)
    publish.add_argument("--out", metavar="DIR", type=Path, help="the folder to put the edition's own folder in (default: DIR/editions)")
    publish.add_argument(
        "--patience", metavar="SECONDS", type=float, default=60.0, help="how long to wait for another who publishes there (default: 60)"
    )
    verify = _command(words, "verify", editions.verify, "say whether an edition is, to the last bit, what was frozen")
    verify.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    compare = _command(
        words,
        "compare",
        editions.compare,
        "compare two editions: by grade, with what differs, and what got better or worse where that can be said",
    )
    compare.add_argument("old", metavar="OLDER", type=Path, help="an edition, or a workspace with one")
    compare.add_argument("new", metavar="NEWER", type=Path, help="an edition, or a workspace with one")
    compare.add_argument("--level", default="", help="which level of the newer edition (default: the finest)")
    compare.add_argument(
        "--node", action="append", default=[], help="an index, domain or indicator (default: the indices); may be given again"
    )
    compare.add_argument(
        "--crosswalk", metavar="FOLDER", type=Path, help="the boundary set with the lookup that carries the older places over"
    )
    compare.add_argument("--same-places", action="store_true", help="compare only places that are the same in both")
    compare.add_argument("--to", metavar="FILE", type=Path, help="write the first node's change as a map (.html) or a table (.csv)")
    due = _command(words, "due", editions.due, "say what is to be reviewed, renewed or published again, and what is late")
    due.add_argument("dir", metavar="DIR", **FOLDER)
    due.add_argument("--on", metavar="DAY", default="", help="as of another day than today, such as 2027-01-31")
    following = _command(
        words,
        "next",
        editions.following,
        "make a workspace ready for its next period: the same method, the ruler held still, a list of what to renew",
    )
    following.add_argument("dir", metavar="DIR", **FOLDER)
    following.add_argument("--period", metavar="PERIOD", required=True, help="the period the next edition speaks of, such as 2026")
    rebuild = _command(
        words, "rebuild", editions.rebuild, "make an older edition anew under a newer method, from the data it was made from"
    )
    rebuild.add_argument("dir", metavar="OLD_WORKSPACE", type=Path, help="the older workspace, or the copy that 'geomap next' kept")
    rebuild.add_argument("--method", metavar="EDITION", type=Path, required=True, help="the edition whose method is used")
    rebuild.add_argument("--period", metavar="PERIOD", required=True, help="the period of the older edition")
    rebuild.add_argument("--to", metavar="FOLDER", type=Path, required=True, help="the new workspace for it; must not be there yet")
    erratum = _command(
        words,
        "erratum",
        editions.erratum,
        "enter what turned out to be wrong in an edition; it stays as it is, and says so wherever it is shown",
    )
    erratum.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    erratum.add_argument("--what", metavar="TEXT", required=True, help="what is wrong, in a sentence")
    erratum.add_argument(
        "--node", action="append", default=[], help="an index, domain or indicator it touches (default: all); may be given again"
    )
    erratum.add_argument(
        "--place", metavar="CODE", action="append", default=[], help="a place it touches (default: all); may be given again"
    )
    erratum.add_argument("--corrected-by", metavar="EDITION", default="", help="the name of the edition that mends it")
    learn = _command(
        words,
        "learn",
        editions.learn,
        "say of each intervention whether its number moved more than in places like it, or why that cannot be told yet",
    )
    learn.add_argument("old", metavar="OLDER", type=Path, help="the edition before")
    learn.add_argument("new", metavar="NEWER", type=Path, help="the edition after, which carries the register of interventions")
    learn.add_argument("--level", default="", help="which level of the newer edition (default: the finest)")
    learn.add_argument(
        "--crosswalk", metavar="FOLDER", type=Path, help="the boundary set with the lookup that carries the older places over"
    )


def _surveys(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    trust = _command(words, "trust", surveys.trust, "say what people answered, by institution, place and group, with intervals")
    trust.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    trust.add_argument("--place", metavar="CODE", default="", help="what was said in one place, in sentences")
    trust.add_argument("--by", metavar="COLUMN", default="", help="by the groups in a column, such as age_group")
    trust.add_argument("--level", default="", help="which level (default: the finest)")
    heard = _command(words, "heard", surveys.heard, "say who answered against who lives here; those nobody heard come first")
    heard.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    perceived = _command(words, "perceived", surveys.perceived, "set what people perceive against what is recorded, place by place")
    perceived.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
    perceived.add_argument("perceived", metavar="PERCEIVED", help="the indicator of what people say")
    perceived.add_argument("recorded", metavar="RECORDED", help="the indicator of what is recorded")
    perceived.add_argument("--level", default="", help="which level (default: the finest)")
    interviews = _command(
        words, "interviews", surveys.interviews, "plan a survey: how many interviews for which margin, and what change they could show"
    )
    interviews.add_argument(
        "--margin", metavar="POINTS", type=_over(0.0), default=5.0, help="half the interval that is wanted, in percentage points (5)"
    )
    interviews.add_argument("--interviews", metavar="N", type=_over(0.0), help="how many there will be, instead of a margin")
    interviews.add_argument("--places", metavar="N", type=_over(0), default=1, help="over how many places they are spread")
    interviews.add_argument(
        "--deff", metavar="NUMBER", type=_over(0.0), default=1.0, help="the design effect expected of weights and clusters (1)"
    )


def _incidents(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    funnel = _command(words, "funnel", incidents.funnel, "say which places have more or fewer recorded events than chance alone would give")
    gap = _command(words, "gap", incidents.gap, "say where need is high and what could help is out of reach")
    for command in (funnel, gap):
        command.add_argument("edition", metavar="EDITION", type=Path, help="an edition, or a workspace with one")
        command.add_argument("--level", default="", help="which level (default: the finest)")
    funnel.add_argument("indicator", metavar="INDICATOR", help="an indicator that is a rate of counted events")
    funnel.add_argument("--to", metavar="FILE.csv", type=Path, help="write the table there")
    gap.add_argument("need", metavar="NEED", help="an index, domain or indicator of which more is worse")
    gap.add_argument("access", metavar="ACCESS", help="an index, domain or indicator of access")
    gap.add_argument("--to", metavar="FILE", type=Path, help="write the places picked (.csv), or the map (.html)")
    trend = _command(words, "trend", incidents.trend, "say how a layer's records move over time: beside the seasons, and when unusual")
    trend.add_argument("dir", metavar="DIR", type=Path, help="a workspace")
    trend.add_argument("layer", metavar="LAYER", help="a layer whose records have dates")
    trend.add_argument("--every", choices=("week", "month"), default="month")
    trend.add_argument("--method", choices=("C1", "C2", "C3"), default="C2", help="which of the EARS methods tells what is unusual (C2)")
    trend.add_argument(
        "--where", metavar="COLUMN=VALUE", action="append", default=[], type=_column_value, help="only these records; may be given again"
    )


def _column_value(text: str) -> str:
    if "=" not in text:
        raise argparse.ArgumentTypeError(f"{text} is not of the form COLUMN=VALUE")
    return text


def _over(least: float) -> Any:  # noqa: ANN401  argparse's own private types
    def number(text: str) -> float:
        value = type(least)(text)
        if not least < value < 1e9:
            raise argparse.ArgumentTypeError(f"{text} is not over {least:g}")
        return value

    return number


def _command(words: Any, name: str, run: Any, purpose: str) -> argparse.ArgumentParser:  # noqa: ANN401  argparse's own private types
    command = words.add_parser(name, help=purpose, description=purpose[:1].upper() + purpose[1:] + ".")
    command.add_argument("--json", action="store_true", help="print machine-readable JSON on standard output")
    command.set_defaults(run=run)
    return command


COMMANDS = (
    _init, _add, _inspect, _check, _build, _show, _export, _index, _audit, _whatif, _explain, _council, _editions, _surveys, _incidents, _understand, _demo, _app,
)  # fmt: skip
