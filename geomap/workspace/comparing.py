"""Two editions compared with what lies in a workspace: a crosswalk from one set of places to another, and the pages that are written."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.boundaries.crosswalk import read_crosswalks
from geomap.boundaries.read import read_boundary_card
from geomap.datapackage.package import CARD
from geomap.editions.carried import Walk
from geomap.editions.compare import compare
from geomap.editions.comparison import Comparison
from geomap.editions.edition import Edition, read_edition
from geomap.editions.files import write_whole
from geomap.errors import GeomapError, UsageError
from geomap.report.since import laid_beside
from geomap.statistics.rounding import significant
from geomap.symbology.markup import for_html
from geomap.views.change import change_map, change_rows
from geomap.views.choropleth import choropleth
from geomap.views.csv import harmless
from geomap.views.standalone import page
from geomap.worded import worded

HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Two editions</title>
<style>body{margin:1rem;font:16px/1.5 system-ui,sans-serif;color:#1d2b30;background:#fbfaf7}div{display:grid;grid-template-columns:1fr 1fr;gap:1rem}@media(max-width:900px){div{grid-template-columns:1fr}}
iframe{width:100%;height:82vh;border:1px solid #ebe6da}</style>"""


def comparison(old: Path, new: Path, *, level: str = "", crosswalk: Path | None = None, same_places: bool = False) -> Comparison:
    """The comparison of the editions in two folders; *crosswalk* is the folder of a boundary set whose card has a lookup from the old places."""
    editions = read_edition(old), read_edition(new)
    walk = None
    if crosswalk:
        place = level or editions[1].levels[0]
        walk = walk_in(crosswalk, editions[0].levels, place)
    return compare(*editions, level=level, walk=walk, same_places=same_places)


def crosswalks_between(home: Path, old: Edition, place: str) -> dict[str, str]:
    """Which boundary sets of the workspace *home* have a lookup from places of *old* to *place*: the folder's name, and in words where it leads from.

    Only cards are read; walk_in reads the lookup itself.
    """
    found = {}
    for folder in sorted(path.parent for path in (home / "boundaries").glob(f"*/{CARD}")):
        card = read_boundary_card(folder)
        origins = [one.lookup.origin for one in card.resources if one.lookup and one.lookup.origin in old.levels]
        if card.name == place and origins and origins[0] != place:
            found[folder.name] = worded("the lookup from {origin} ({title})", origin=origins[0], title=card.title)
    return found


def beside_earlier(edition: Edition, level: str, earlier: str, *, home: Path) -> Comparison | None:
    """*edition* beside the one called *earlier*; where places were redrawn, through the first lookup of the workspace *home*. Nothing where neither can be."""
    plain = laid_beside(edition, level, earlier)
    if plain and plain.grade != "C":
        return plain
    old = edition.path.parent / earlier
    with contextlib.suppress(GeomapError):
        for name in crosswalks_between(home, read_edition(old), level):
            return comparison(old, edition.path, level=level, crosswalk=home / "boundaries" / name)
    return plain


def walk_in(folder: Path, origins: tuple[str, ...], place: str) -> Walk:
    """The crosswalk in the boundary set *folder* from one of *origins* to *place*; UsageError names those there are."""
    if not (folder / CARD).is_file():
        raise UsageError(
            f"{folder} is no boundary set: it has no {CARD}. Name the folder of the new places, in the workspace of the new edition."
        )
    card = read_boundary_card(folder)
    walks = read_crosswalks(folder, card)
    for walk in walks:
        if walk.origin_set in origins and walk.place_set == place:
            return Walk(walk.origin_set, walk.place_set, walk.frame, walk.how)
    known = [f"{walk.origin_set} to {walk.place_set}" for walk in walks] or ["none"]
    raise UsageError(
        f"{folder} has no lookup from {list(origins)} to '{place}'. It has: {', '.join(known)}. Declare one as geomap:crosswalk in its card."
    )


def write_change_page(found: Comparison, name: str, path: Path) -> Path:
    """*path*, one HTML file that needs no internet: the map of the change, or, where there is no difference to show, the two maps side by side."""
    text = page(_bridged(found, name), change_map(found, name)) if found.grade_of(name) != "C" else _two_maps(found, name)
    write_whole(path, lambda work: work.write_text(text, encoding="utf-8"))
    return path


def write_change_table(found: Comparison, name: str, path: Path) -> Path:
    """*path*, a CSV with a row a place; ComparisonError where there is no difference to write."""
    rows = change_rows(found, name)
    for column in rows.columns:
        rows[column] = significant(rows[column]) if pd.api.types.is_float_dtype(rows[column]) else harmless(rows[column])
    write_whole(path, lambda work: rows.to_csv(work, index=False, lineterminator="\n", encoding="utf-8-sig"))
    return path


def _bridged(found: Comparison, name: str) -> Assessment:
    """The newer assessment, whose first caveats say what was bridged."""
    told = tuple(f"{one.sentence} {one.remedy}" for one in found.reasons(name) if one.effect == "bridge")
    return replace(found.new, caveats=(*told, *found.new.caveats))


def _two_maps(found: Comparison, name: str) -> str:
    pages = [
        (period, page(some, choropleth(some, name)))
        for period, some in zip(found.periods, (found.old, found.new), strict=True)
        if name in some.numbers
    ]
    frames = "".join(f'<iframe srcdoc="{for_html(text)}" title="{for_html(period)}"></iframe>' for period, text in pages)
    why = "".join(f"<li>{for_html(one.sentence)}</li>" for one in found.reasons(name) if one.effect == "break")
    return f"{HEAD}<h1>Two maps, and no difference</h1><p>These two cannot be compared:</p><ul>{why}</ul><div>{frames}</div>"
