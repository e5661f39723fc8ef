"""Which words the command line knows about editions."""

from pathlib import Path
from typing import Any

from geomap.cli import editions
from geomap.cli.arguments import command, with_crosswalk, with_edition, with_folder, with_level, with_out, with_tier


def _publishing(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """Publish, verify."""
    publish = command(
        words, "publish", editions.publish, "freeze, number and publish the edition of a workspace; nothing published is ever changed"
    )
    with_folder(publish)
    with_tier(publish)
    with_out(publish)
    publish.add_argument(
        "--patience", metavar="SECONDS", type=float, default=60.0, help="how long to wait for another who publishes there (default: 60)"
    )
    verify = command(words, "verify", editions.verify, "say whether an edition is, to the last bit, what was frozen")
    with_edition(verify)


def _comparing(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """Compare."""
    compare = command(
        words,
        "compare",
        editions.compare,
        "compare two editions: by grade, with what differs, and what got better or worse where that can be said",
    )
    with_edition(compare, "old", "OLDER")
    with_edition(compare, "new", "NEWER")
    with_level(compare, "which level of the newer edition")
    compare.add_argument(
        "--node", action="append", default=[], help="an index, domain or indicator (default: the indices); may be given again"
    )
    with_crosswalk(compare)
    compare.add_argument("--same-places", action="store_true", help="compare only places that are the same in both")
    compare.add_argument("--to", metavar="FILE", type=Path, help="write the first node's change as a map (.html) or a table (.csv)")


def _reviewing(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """What is due, the next edition, an older one made anew."""
    due = command(words, "due", editions.due, "say what is to be reviewed, renewed or published again, and what is late")
    with_folder(due)
    due.add_argument("--on", metavar="DAY", default="", help="as of another day than today, such as 2027-01-31")
    following = command(
        words,
        "next",
        editions.following,
        "make a workspace ready for its next period: the same method, the ruler held still, a list of what to renew",
    )
    with_folder(following)
    following.add_argument("--period", metavar="PERIOD", required=True, help="the period the next edition speaks of, such as 2026")
    rebuild = command(words, "rebuild", editions.rebuild, "make an older edition anew under a newer method, from the data it was made from")
    rebuild.add_argument("dir", metavar="OLD_WORKSPACE", type=Path, help="the older workspace, or the copy that 'geomap next' kept")
    rebuild.add_argument("--method", metavar="EDITION", type=Path, required=True, help="the edition whose method is used")
    rebuild.add_argument("--period", metavar="PERIOD", required=True, help="the period of the older edition")
    rebuild.add_argument("--to", metavar="FOLDER", type=Path, required=True, help="the new workspace for it; must not be there yet")


def _correcting(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """Errata, and what was learned."""
    erratum = command(
        words,
        "erratum",
        editions.erratum,
        "enter what turned out to be wrong in an edition; it stays as it is, and says so wherever it is shown",
    )
    with_edition(erratum)
    erratum.add_argument("--what", metavar="TEXT", required=True, help="what is wrong, in a sentence")
    erratum.add_argument(
        "--node", action="append", default=[], help="an index, domain or indicator it touches (default: all); may be given again"
    )
    erratum.add_argument(
        "--place", metavar="CODE", action="append", default=[], help="a place it touches (default: all); may be given again"
    )
    erratum.add_argument("--corrected-by", metavar="EDITION", default="", help="the name of the edition that mends it")
    learn = command(
        words,
        "learn",
        editions.learn,
        "say of each intervention whether its number moved more than in places like it, or why that cannot be told yet",
    )
    learn.add_argument("old", metavar="OLDER", type=Path, help="the edition before")
    learn.add_argument("new", metavar="NEWER", type=Path, help="the edition after, which carries the register of interventions")
    with_level(learn, "which level of the newer edition")
    with_crosswalk(learn)


edition_words = (_publishing, _comparing, _reviewing, _correcting)
