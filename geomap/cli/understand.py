"""What lies where, and beside what: hot spots, and an issue beside a condition."""

import argparse

from geomap.cli.commands import Answer, demand_ending


def hotspots(asked: argparse.Namespace) -> Answer:
    """The clusters of one number."""
    from geomap.assessment.hotspots import hotspots as find
    from geomap.editions.edition import read_edition
    from geomap.views.csv import write_sheet
    from geomap.views.hotspots import as_data, hotspot_map, in_words, table
    from geomap.views.standalone import write_page

    ending = demand_ending(asked.to, (".html", ".csv")) if asked.to else ""
    assessment = read_edition(asked.edition).level(asked.level or None)
    found = find(assessment, asked.indicator, seed=asked.seed)
    if ending == ".html":
        write_page(assessment, hotspot_map(assessment, found), asked.to)
    elif ending:
        write_sheet(table(assessment, found), asked.to)
    return _answer(as_data(assessment, found), in_words(assessment, found), asked)


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


def _answer(data: dict[str, object], text: str, asked: argparse.Namespace) -> Answer:
    files = [str(asked.to)] if asked.to else []
    return Answer({**data, "files": files}, text + "".join(f"\nWrote {file}." for file in files))
