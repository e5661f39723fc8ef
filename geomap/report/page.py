"""A neighbourhood as one file: two pages of A4 when printed, readable on a phone, with no script and nothing from any other host."""

import re
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from geomap.editions.edition import Edition
from geomap.editions.files import write_whole
from geomap.language import in_english
from geomap.report.first_page import first_page
from geomap.report.gather import Common, common, sheet
from geomap.report.second_page import second_page
from geomap.report.since import Lay, laid_beside
from geomap.symbology.markup import for_html as safe

Progress = Callable[[Iterable[Any], str], Iterable[Any]]
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@in_english
def page(shared: Common, code: str) -> str:
    """The report of *code* as a page of HTML; EditionError where there is no such place."""
    found = sheet(shared, code)
    first = first_page(found)
    style = files("geomap.report").joinpath("style.css").read_text(encoding="utf-8")
    title = f"{found.profile.name} ({code}): {shared.assessment.title}, {shared.edition.period}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{safe(title)}</title><style>{style}</style></head>\n'
        f"<body><main>{first.markup}\n{second_page(found, first)}</main></body></html>\n"
    )


def write_report(shared: Common, code: str, path: Path) -> Path:
    """*path*, with the report of *code*."""
    text = page(shared, code)
    write_whole(path, lambda work: work.write_text(text, encoding="utf-8"))
    return path


def write_reports(shared: Common, folder: Path, *, progress: Progress = lambda items, _: items) -> tuple[Path, ...]:
    """A file for each place in *folder*, which is made where it is not there: by number in the order of the edition, and by code."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = list(shared.assessment.places.index)
    names = [f"{place:05}-{plain(code)}.html" for place, code in enumerate(codes, start=1)]
    return tuple(write_report(shared, code, folder / name) for code, name in progress(list(zip(codes, names, strict=True)), "reports"))


def plain(code: str) -> str:
    """A code as part of a file's name on any system."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", code)[:60]


@in_english
def reports_of(edition: Edition, level: str = "", *, lay: Lay = laid_beside) -> Common:
    """What the reports of all places of a level share; the finest level when none is named. *lay* lays the edition beside an earlier one."""
    return common(edition, edition.level(level or None), lay)
