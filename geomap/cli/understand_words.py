"""Which words the command line knows about what lies where, and beside what."""

from pathlib import Path
from typing import Any

from geomap.cli import understand
from geomap.cli.arguments import command, with_edition, with_level


def understand_words(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """The commands about what lies where, and beside what."""
    hot = command(
        words, "hotspots", understand.hotspots, "say where a number gathers: all places first, then clusters that survive correction"
    )
    with_edition(hot)
    hot.add_argument("indicator", metavar="INDICATOR", help="an indicator, a domain or an index")
    hot.add_argument("--to", metavar="FILE", type=Path, help="a map (.html) or a table (.csv)")
    with_level(hot)
    hot.add_argument("--seed", metavar="N", type=int, default=1, help="another seed for the permutations")
    way = hot.add_mutually_exclusive_group()
    way.add_argument(
        "--beside", metavar="ID", default="", help="another number: where is the first high beside neighbours high in this one"
    )
    way.add_argument("--over", metavar="NUMBER", type=float, help="take a place as yes over this number: do such places lie together")
    way.add_argument("--under", metavar="NUMBER", type=float, help="the same for places under this number")
    way.add_argument(
        "--smoothed",
        metavar="ID",
        nargs="?",
        const="",
        help="a rate as counted beside the same smoothed: by this indicator, or by empirical Bayes",
    )
    beside = command(
        words, "context", understand.context, "set an issue beside a condition: do the two go together, here and at other levels?"
    )
    with_edition(beside)
    beside.add_argument("issue", metavar="ISSUE", help="an indicator, a domain or an index")
    beside.add_argument("condition", metavar="CONDITION", help="another one")
    beside.add_argument("--to", metavar="FILE.html", type=Path, help="a map of where the issue is higher or lower than the line says")
    with_level(beside)
    find = command(
        words,
        "find",
        understand.find,
        "say what exists for an issue, for some people, of a kind, within minutes on foot of a place, and where there is nothing",
    )
    with_edition(find)
    find.add_argument("place", metavar="PLACE", help="a place, by code or name")
    find.add_argument("--issue", metavar="ISSUE", default="", help="the issue it is for, such as tension")
    find.add_argument("--people", metavar="GROUP", default="", help="for whom, such as 'young people'")
    find.add_argument("--kind", metavar="KIND", default="", help="of which kind, such as 'sports hall'")
    find.add_argument("--minutes", metavar="N", type=float, default=15.0, help="how far, in minutes on foot (15)")
    find.add_argument("--to", metavar="FILE", type=Path, help="a map (.html) or a table of all places (.csv)")
    with_level(find)
