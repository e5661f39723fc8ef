"""What is asked of incidents and of what answers them: funnels, trends, and gaps between need and access."""

import argparse
from typing import TYPE_CHECKING

from geomap.cli.commands import Answer, demand_ending

if TYPE_CHECKING:
    import pandas as pd


def funnel(asked: argparse.Namespace) -> Answer:
    """Places outside what chance alone would do."""
    from geomap.assessment.funnel import funnel as funnel_of
    from geomap.editions.edition import read_edition
    from geomap.views.funnel import funnel_table, funnel_words

    assessment = read_edition(asked.edition).level(asked.level or None)
    found = funnel_of(assessment, asked.indicator)
    table = funnel_table(assessment, found)
    return _with_table(table, funnel_words(assessment, found, asked.indicator), asked)


def gap(asked: argparse.Namespace) -> Answer:
    """Places of high need and little access."""
    from geomap.assessment.gap import gap as gap_of
    from geomap.editions.edition import read_edition
    from geomap.views.gap import gap_map, gap_table, gap_words

    assessment = read_edition(asked.edition).level(asked.level or None)
    found, asked_for = gap_of(assessment, asked.need, asked.access), (asked.need, asked.access)
    text = gap_words(assessment, found, *asked_for)
    if asked.to and demand_ending(asked.to, (".csv", ".html")) == ".html":
        from geomap.views.standalone import write_page

        write_page(assessment, gap_map(assessment, found, *asked_for), asked.to)
        return Answer({"files": [str(asked.to)], "picked": int(found["picked"].sum())}, f"{text}\nWrote {asked.to}.")
    return _with_table(gap_table(assessment, found, *asked_for), text, asked)


def reporting(asked: argparse.Namespace) -> Answer:
    """What uneven reporting would do to a recorded rate."""
    from geomap.assessment.reporting import reporting as reporting_of
    from geomap.editions.edition import read_edition
    from geomap.views.reporting import reporting_table, reporting_words

    assessment = read_edition(asked.edition).level(asked.level or None)
    found = reporting_of(assessment, asked.indicator, reported=asked.reported, trust=asked.trust)
    return _with_table(reporting_table(assessment, found), reporting_words(assessment, found), asked)


def trend(asked: argparse.Namespace) -> Answer:
    """A layer's records over time."""
    from geomap.views.trend import trend_words
    from geomap.workspace.series import series
    from geomap.workspace.workspace import open_workspace

    where = {name: (value,) for name, value in (one.split("=", 1) for one in asked.where)}
    found = series(open_workspace(asked.dir), asked.layer, every=asked.every, where=where, method=asked.method, count=asked.count)
    days = found.counts.index.strftime("%Y-%m-%d")
    change = (found.change, days[found.change.at]) if found.change else None
    lines = trend_words(found.title, found.every, found.yearly, found.dispersion, change)
    unusual = [f"{day:%Y-%m-%d}: {count:g} (limit {found.limits[day]:.1f})" for day, count in found.unusual.items()]
    lines += [
        f"{len(unusual)} unusual {asked.every}s ({'Farrington' if asked.method == 'farrington' else f'EARS {asked.method}'}){': ' + '; '.join(unusual) if unusual else '.'}"
    ]
    data = {
        "yearly": dict(zip(("factor", "low", "high"), found.yearly, strict=True)),
        "dispersion": found.dispersion,
        "unusual": {f"{day:%Y-%m-%d}": int(count) for day, count in found.unusual.items()},
        "change": None if change is None else {"from": change[1], "p": found.change.p},
    }
    return Answer(data, "\n".join(lines))


def repeats(asked: argparse.Namespace) -> Answer:
    """Records near in place and time."""
    from geomap.views.clusters import repeat_words
    from geomap.workspace.repeats import repeats as repeats_of
    from geomap.workspace.workspace import open_workspace

    where = {name: (value,) for name, value in (one.split("=", 1) for one in asked.where)}
    workspace = open_workspace(asked.dir)
    found = repeats_of(workspace, asked.layer, metres=asked.metres, days=asked.days, where=where)
    data = {"near_both": found.near_both, "expected": found.expected, "p": found.p_permuted, "pairs": found.pairs}
    return Answer(data, repeat_words(found, workspace.sources.layer(asked.layer).card.title, asked.metres, asked.days))


def scan(asked: argparse.Namespace) -> Answer:
    """The places that stand out most together."""
    from geomap.assessment.scan import scanned
    from geomap.editions.edition import read_edition
    from geomap.views.clusters import scan_words

    assessment = read_edition(asked.edition).level(asked.level or None)
    found = scanned(assessment, asked.indicator)
    cluster = found.cluster
    data = {"codes": list(found.codes), "ratio": cluster.ratio, "events": cluster.events, "expected": cluster.expected, "p": cluster.p}
    return Answer(data, scan_words(assessment, found, asked.indicator))


def _with_table(table: "pd.DataFrame", text: str, asked: argparse.Namespace) -> Answer:
    rows = table.reset_index(names="code")
    data = {"rows": rows.astype(object).where(rows.notna(), None).to_dict("records")}
    if not asked.to:
        return Answer(data, text)
    from geomap.views.csv import write_sheet

    demand_ending(asked.to, (".csv",))
    return Answer({**data, "files": [str(write_sheet(rows, asked.to))]}, f"{text}\nWrote {asked.to}.")
