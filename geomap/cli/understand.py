"""What lies where, and beside what: hot spots, and an issue beside a condition."""

import argparse
from typing import Any

from geomap.cli.commands import Answer, demand_ending
from geomap.errors import UsageError


def hotspots(asked: argparse.Namespace) -> Answer:
    """The clusters of one number; of one beside another; of a yes or no; or as counted and smoothed."""
    from geomap.assessment.hotspots import hotspots as find
    from geomap.editions.edition import read_edition
    from geomap.views.csv import write_sheet
    from geomap.views.hotspots import as_data, hotspot_map, in_words, table
    from geomap.views.standalone import write_page

    ending = demand_ending(asked.to, (".html", ".csv")) if asked.to else ""
    assessment = read_edition(asked.edition).level(asked.level or None)
    found, (drawn, told, listed, plain) = _asked_of(assessment, asked) or (
        find(assessment, asked.indicator, seed=asked.seed),
        (hotspot_map, in_words, table, as_data),
    )
    if ending == ".html":
        write_page(assessment, drawn(assessment, found), asked.to)
    elif ending:
        write_sheet(listed(assessment, found), asked.to)
    return _answer(plain(assessment, found), told(assessment, found), asked)


def _asked_of(assessment: Any, asked: argparse.Namespace) -> tuple[Any, tuple[Any, ...]] | None:  # noqa: ANN401  a family of findings, each with its own view
    """What was found where more than one number's clusters were asked for, and the view's map, words, table and data; None for the clusters of one number."""
    from geomap.assessment.hotspots_beside import hotspots_beside
    from geomap.assessment.hotspots_smoothed import raw_and_smoothed
    from geomap.assessment.hotspots_yes import hotspots_yes, is_yes_or_no
    from geomap.views import hotspots_beside as two
    from geomap.views import hotspots_smoothed as calmed
    from geomap.views import hotspots_yes as yes

    if asked.smoothed is not None:
        found = raw_and_smoothed(assessment, asked.indicator, asked.smoothed, seed=asked.seed)
        return found, (calmed.smoothed_map, calmed.in_words, calmed.table, calmed.as_data)
    if asked.beside:
        return hotspots_beside(assessment, asked.indicator, asked.beside, seed=asked.seed), (
            two.beside_map,
            two.in_words,
            two.table,
            two.as_data,
        )
    if asked.over is not None or asked.under is not None or is_yes_or_no(assessment, asked.indicator):
        found = hotspots_yes(assessment, asked.indicator, over=asked.over, under=asked.under, seed=asked.seed)
        return found, (yes.yes_map, yes.in_words, yes.table, yes.as_data)
    return None


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
    from geomap.editions.protects import what_protects
    from geomap.views.csv import write_sheet
    from geomap.views.standalone import write_page
    from geomap.views.within_reach import reach_list, reach_map, reach_table, reach_words

    ending = demand_ending(asked.to, (".html", ".csv")) if asked.to else ""
    edition = read_edition(asked.edition)
    assessment, protects = edition.level(asked.level or None), what_protects(edition)
    if protects.assets.empty:
        raise UsageError("This edition tells of no places that protect. Add a layer of kind assets that is open, and build again.")
    code = place_called(assessment, asked.place)
    found = within_reach(assessment, protects, Question(asked.issue, asked.people, asked.kind, asked.minutes))
    there = at_hand(
        [edition.register(one) for one in edition.manifest["geomap:registers"]], [edition.level(one).places for one in edition.levels]
    )
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
