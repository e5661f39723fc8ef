"""Arguments that many commands share, each told in one way."""

import argparse
from pathlib import Path
from typing import Any

from geomap.tiers import TIERS


def command(words: Any, name: str, run: Any, purpose: str) -> argparse.ArgumentParser:  # noqa: ANN401  argparse's own private types
    """A command called *name* that does *run*, with its purpose in one sentence."""
    found = words.add_parser(name, help=purpose, description=purpose[:1].upper() + purpose[1:] + ".")
    found.add_argument("--json", action="store_true", help="print machine-readable JSON on standard output")
    found.set_defaults(run=run)
    return found


def with_edition(asked: argparse.ArgumentParser, name: str = "edition", metavar: str = "EDITION") -> None:
    """An edition, by its own folder or by a workspace."""
    asked.add_argument(name, metavar=metavar, type=Path, help="an edition, or a workspace with one")


def with_level(asked: argparse.ArgumentParser, which: str = "which level") -> None:
    """A level of an edition."""
    asked.add_argument("--level", default="", help=f"{which} (default: the finest)")


def with_folder(asked: argparse.ArgumentParser) -> None:
    """A workspace as the command's subject."""
    asked.add_argument("dir", metavar="DIR", type=Path, nargs="?", default=Path())


def with_workspace(asked: argparse.ArgumentParser) -> None:
    """A workspace that something is put into."""
    asked.add_argument("--to", metavar="DIR", type=Path, default=Path(), help="the workspace (default: this folder)")


def with_out(asked: argparse.ArgumentParser) -> None:
    """Where editions are put."""
    asked.add_argument("--out", metavar="DIR", type=Path, help="the folder to put the edition's own folder in (default: DIR/editions)")


def with_tier(asked: argparse.ArgumentParser) -> None:
    """The tier an edition is built for."""
    told = "build from what an edition of this tier may hold, into DIR/editions-TIER (default: the methodology's tier, with all its indicators)"
    asked.add_argument("--tier", choices=TIERS, default="", help=told)


def with_crosswalk(asked: argparse.ArgumentParser) -> None:
    """The lookup between two editions' places."""
    told = "the boundary set with the lookup that carries the older places over"
    asked.add_argument("--crosswalk", metavar="FOLDER", type=Path, help=told)


def column_value(text: str) -> str:
    """A filter such as kind=theft."""
    if "=" not in text:
        raise argparse.ArgumentTypeError(f"{text} is not of the form COLUMN=VALUE")
    return text


def over(least: float) -> Any:  # noqa: ANN401  argparse's own private types
    """A reader of numbers over *least*, whole where *least* is."""

    def number(text: str) -> float:
        value = type(least)(text)
        if not least < value < 1e9:
            raise argparse.ArgumentTypeError(f"{text} is not over {least:g}")
        return value

    return number


def share(text: str) -> float:
    """A number over 0 and under 1."""
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not over 0 and under 1")
    return value
