"""One page that asks the police for what they may share: a table to fill in, which is read back as it is."""

from pathlib import Path

import pandas as pd

from geomap.boundaries.boundaries import Boundaries
from geomap.editions.files import write_whole
from geomap.views.csv import harmless
from geomap.workspace.recipes import recipe_card
from geomap.workspace.workspace import Workspace

RECIPE = "police-request"
SMALL = "<5"


def request_sheet(workspace: Workspace, *, level: str = "", period: str = "") -> tuple[pd.DataFrame, str]:
    """The table, one row a place with blanks to fill in, and the page that explains it."""
    heading = workspace.methodology.methodology
    places: Boundaries = workspace.atlas[level or heading.levels[0]]
    asked = period or heading.period
    counts = [field["name"] for field in recipe_card(RECIPE)["resources"][0]["schema"]["fields"]][2:]
    table = pd.DataFrame({"place": places.codes, "name": places.frame["name"].to_numpy(), "period": asked, **dict.fromkeys(counts, "")})
    return table, _page(places, asked, counts)


def write_request(table: pd.DataFrame, page: str, path: Path) -> tuple[Path, Path]:
    """The table as CSV, and beside it the page as text."""
    letter = path.with_suffix(".txt")
    write_whole(path, lambda work: table.astype(str).apply(harmless).to_csv(work, index=False, lineterminator="\n"))
    write_whole(letter, lambda work: work.write_text(page, encoding="utf-8"))
    return path, letter


def _page(places: Boundaries, period: str, counts: list[str]) -> str:
    fields = "\n".join(f"  {name.replace('_', ' ')}: how many were recorded" for name in counts)
    return f"""REQUEST FOR DATA THAT MAY BE SHARED

What for: a yearly map of strains and strengths by {places.one}, made with the communities. It ranks no person and names none.
What is asked: one number for each of the {len(places.codes):,} {places.many} and each kind, for {period}.
{fields}
How coarse: whole {places.many} only. No addresses, no coordinates, no dates of single incidents, no names, no reference numbers.
Small numbers: write {SMALL} for 1 to 4, and 0 only where there was none. Leave blank what is not known.
How: fill in the table and send it back as it is; no column needs another name and no row may be taken out.
With it, if you can: who decided on sharing and until when; how recording changed in the period; how sure you are, in one sentence.
What becomes of it: numbers from 1 to 4 are withheld in every edition; the map says that it shows only what was reported.
"""
