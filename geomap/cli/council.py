"""What a council asks for and takes in: the inventory, the request to the police, and ready recipes."""

import argparse
from datetime import UTC, datetime

from geomap.cli.commands import Answer, demand_ending
from geomap.errors import UsageError


def inventory(asked: argparse.Namespace) -> Answer:
    """What there may be, and what is held."""
    from geomap.workspace.inventory import inventory as take_stock
    from geomap.workspace.inventory import write_inventory
    from geomap.workspace.workspace import open_workspace

    found = take_stock(open_workspace(asked.dir) if asked.dir else None, datetime.now(UTC).date())
    held = int((found["held_as"] != "").sum())
    if asked.to:
        demand_ending(asked.to, (".csv",))
        write_inventory(found, asked.to)
        return Answer(
            {"files": [str(asked.to)], "rows": len(found), "held": held}, f"Wrote {len(found)} rows to {asked.to}; {held} of them are held."
        )
    text = "\n".join(
        f"{row['topic']}: {row['title']} · {row['held_as'] or 'not held'}{' · ' + row['missing'] if row['held_as'] else ''}"
        for row in found.to_dict("records")
    )
    return Answer({"rows": found.astype(str).to_dict("records"), "held": held}, text)


def request(asked: argparse.Namespace) -> Answer:
    """A page, and a table to fill in."""
    from geomap.workspace.request import request_sheet, write_request
    from geomap.workspace.workspace import open_workspace

    demand_ending(asked.to, (".csv",))
    table, page = request_sheet(open_workspace(asked.dir), level=asked.level, period=asked.period)
    files = write_request(table, page, asked.to)
    text = f"Wrote {files[0]}, to be filled in, and {files[1]}, which explains it.\nWhen it comes back: geomap recipe police-request {files[0]} --to {asked.dir}"
    return Answer({"files": [str(path) for path in files], "places": len(table)}, text)


def recipe(asked: argparse.Namespace) -> Answer:
    """A table taken in whole."""
    from geomap.workspace.lay_recipe import lay_recipe
    from geomap.workspace.recipes import recipe_card, recipe_names
    from geomap.workspace.workspace import open_workspace

    if not asked.name:
        titles = {name: recipe_card(name)["title"] for name in recipe_names()}
        return Answer({"recipes": titles}, "\n".join(f"{name}  {title}" for name, title in titles.items()))
    if asked.file is None:
        columns = [field["name"] for field in recipe_card(asked.name)["resources"][0]["schema"]["fields"]]
        return Answer({"columns": columns}, f"The recipe '{asked.name}' takes a table with the columns {', '.join(columns)}.")
    if not asked.file.is_file():
        raise UsageError(f"There is no file {asked.file}. Check the name.")
    laid = lay_recipe(asked.name, asked.file, open_workspace(asked.to))
    put = f"\nPut this into methodology.toml, under a domain that is there:\n\n{laid.indicator}" if laid.indicator else ""
    return Answer(
        {"card": str(laid.card), "boundaries": laid.boundaries, "indicator": laid.indicator, "told": list(laid.told)},
        "\n".join([f"Wrote {laid.card}, by places of '{laid.boundaries}'.", *(f"Found: {one}" for one in laid.told)]) + put,
    )


def fetch(asked: argparse.Namespace) -> Answer:
    """A table of the database that the workspace names, taken in as a file."""
    from geomap.cli.editions import today
    from geomap.workspace.fetch import fetch_into

    added = fetch_into(asked.to, asked.name, today())
    told = "".join(f"Found: {one}\n" for one in added.told)
    blanks = "\n".join(f"  - {blank}" for blank in added.blanks)
    text = f"Wrote {added.card}.\n{told}Only a person knows the following; fill it in there:\n{blanks}"
    return Answer({"card": str(added.card), "blanks": list(added.blanks), "told": list(added.told)}, text)
