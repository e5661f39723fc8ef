"""Which words the command line knows about asking for data and taking it in."""

from pathlib import Path
from typing import Any

from geomap.cli import council
from geomap.cli.arguments import command, with_workspace


def council_words(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """The commands about asking for data and taking it in."""
    purpose = "say which data a council may have, and what this workspace holds of them: how fresh, from whom, what is missing"
    inventory = command(words, "inventory", council.inventory, purpose)
    inventory.add_argument("dir", metavar="DIR", type=Path, nargs="?", help="a workspace (default: only what to ask for)")
    inventory.add_argument("--to", metavar="FILE.csv", type=Path, help="write the sheet there")
    request = command(
        words, "request", council.request, "write the one page that asks the police for numbers they may share, and the table to fill in"
    )
    request.add_argument("dir", metavar="DIR", type=Path, nargs="?", default=Path())
    request.add_argument("--to", metavar="FILE.csv", type=Path, required=True)
    request.add_argument("--level", default="", help="which boundary set (default: the finest level)")
    request.add_argument("--period", default="", help="which year is asked for (default: the methodology's)")
    fetch = command(words, "fetch", council.fetch, "take in a table of the PostGIS database that settings.toml names, as a file of its own")
    fetch.add_argument("name", metavar="NAME", help="its name in settings.toml, and that of the layer or boundary set it becomes")
    with_workspace(fetch)
    recipe = command(words, "recipe", council.recipe, "take a council's table in by a ready recipe, with the denominator it needs")
    recipe.add_argument("name", metavar="NAME", nargs="?", default="", help="the recipe (default: name them all)")
    recipe.add_argument("file", metavar="FILE", type=Path, nargs="?")
    with_workspace(recipe)
