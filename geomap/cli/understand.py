"""What lies where, and beside what: hot spots, and an issue beside a condition."""

import argparse
from typing import TYPE_CHECKING

from geomap.cli.commands import Answer, demand_ending

if TYPE_CHECKING:
    from geomap.assessment.assessment import Assessment
    from geomap.assessment.hotspot_ways import Way


def hotspots(asked: argparse.Namespace) -> Answer:
    """The clusters of one number; of one beside another; of a yes or no; or as counted and smoothed."""
    from geomap.assessment.hotspot_ways import Asked, look
    from geomap.editions.edition import read_edition
    from geomap.views import hotspots as alone
    from geomap.views import hotspots_beside as beside
    from geomap.views import hotspots_smoothed as smoothed
    from geomap.views import hotspots_yes as yes
    from geomap.views.csv import write_sheet
    from geomap.views.standalone import write_page

    ending = demand_ending(asked.to, (".html", ".csv")) if asked.to else ""
    assessment = read_edition(asked.edition).level(asked.level or None)
    way = _way(assessment, asked)
    found = look(assessment, asked.indicator, Asked(way, asked.smoothed or asked.beside, asked.over, asked.under), seed=asked.seed)
    view, drawn = {
        "alone": (alone, alone.hotspot_map), "beside": (beside, beside.beside_map), "yes": (yes, yes.yes_map), "smoothed": (smoothed, smoothed.smoothed_map),
    }[way]  # fmt: skip
    if ending == ".html":
        write_page(assessment, drawn(assessment, found), asked.to)
    elif ending:
        write_sheet(view.table(assessment, found), asked.to)
    return _answer(view.as_data(assessment, found), view.in_words(assessment, found), asked)


def _way(assessment: "Assessment", asked: argparse.Namespace) -> "Way":
    """Which way to look the options ask for; a number that is yes or no is looked at as that."""
    from geomap.assessment.hotspots_yes import is_yes_or_no

    if asked.smoothed is not None:
        return "smoothed"
    if asked.beside:
        return "beside"
    threshold = asked.over is not None or asked.under is not None
    return "yes" if threshold or is_yes_or_no(assessment, asked.indicator) else "alone"


def context(asked: argparse.Namespace) -> Answer:
    """An issue beside a condition."""
    from geomap.assessment.context import context as relate
    from geomap.editions.edition import read_edition
    from geomap.views.context import as_data, in_words, residual_map
    from geomap.views.standalone import write_page

    if asked.to:
        demand_ending(asked.to, (".html",))
    edition = read_edition(asked.edition)
    assessment = edition.level(asked.level or None)
    found = relate(
        assessment, asked.issue, asked.condition, [edition.level(level) for level in edition.levels if level != assessment.level]
    )
    if asked.to:
        write_page(assessment, residual_map(assessment, found), asked.to)
    return _answer(as_data(assessment, found), in_words(found), asked)


def find(asked: argparse.Namespace) -> Answer:
    """What fits a question within reach of a place, and where there is nothing."""
    from geomap.assessment.at_hand import at_hand
    from geomap.assessment.places import place_called
    from geomap.assessment.protects import Question, within_reach
    from geomap.editions.edition import read_edition
    from geomap.editions.protects import demand_protects
    from geomap.views.csv import write_sheet
    from geomap.views.standalone import write_page
    from geomap.views.within_reach import reach_list, reach_map, reach_table, reach_words

    ending = demand_ending(asked.to, (".html", ".csv")) if asked.to else ""
    edition = read_edition(asked.edition)
    name = asked.level or edition.levels[0]
    levels = {one: edition.level(one) for one in dict.fromkeys([name, *edition.levels])}
    assessment, places = levels[name], [levels[one].places for one in edition.levels]
    protects = demand_protects(edition, places)
    code = place_called(assessment, asked.place)
    found = within_reach(assessment, protects, Question(asked.issue, asked.people, asked.kind, asked.minutes))
    there = at_hand([edition.register(one) for one in edition.manifest["geomap:registers"]], places)
    listed = reach_list(assessment, found, there, protects, code)
    if ending == ".html":
        write_page(assessment, reach_map(assessment, found), asked.to)
    elif ending:
        write_sheet(reach_table(assessment, found), asked.to)
    rows = listed.astype(object).where(listed.notna(), None)
    lines = [
        f"  {row['what']} ({row['kind']}, {row['formality']})" + (f": {row['minutes']:.0f} minutes" if row["minutes"] is not None else "")
        for row in rows.to_dict("records")
    ]
    head, *more = reach_words(assessment, found, listed, protects, code).splitlines()
    return _answer({"place": code, "found": rows.to_dict("records")}, "\n".join([head, *lines, *more]), asked)


def _answer(data: dict[str, object], text: str, asked: argparse.Namespace) -> Answer:
    files = [str(asked.to)] if asked.to else []
    return Answer({**data, "files": files}, text + "".join(f"\nWrote {file}." for file in files))
