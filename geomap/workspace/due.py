"""The calendar of a workspace: what is to be reviewed, renewed or published again, and what is late."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from geomap.editions.age import day_of
from geomap.editions.register import read_register
from geomap.workspace.workspace import Workspace

YEAR = timedelta(days=365)
SOON = timedelta(days=90)
COLUMNS = ("due", "state", "kind", "name", "what", "whom", "parts")
LATE, NEXT, LATER, UNDATED = "overdue", "due within 90 days", "later", "no date"


def calendar(workspace: Workspace, today: date) -> pd.DataFrame:
    """A row for everything that has a day, or should have one, the earliest first: COLUMNS; parts: the domains whose numbers rest on it."""
    rows = [*_layers(workspace), *_agreements(workspace), *_registers(workspace), *_edition(workspace)]
    table = pd.DataFrame([(day, _state(day, today), *rest) for day, *rest in rows], columns=list(COLUMNS))
    order = table["due"].where(table["due"] != "", "9999").argsort(kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _layers(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    for name, layer in sorted(workspace.layers.items()):
        card = layer.card
        if not card.not_used:
            yield (
                card.review_by,
                "layer",
                name,
                f"look at '{card.title}' again (speaks of {card.period})",
                card.provider,
                ", ".join(_parts(workspace, name)),
            )


def _agreements(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    for name, layer in sorted(workspace.layers.items()):
        if (agreed := layer.card.agreement) is not None:
            parts = ", ".join(_parts(workspace, name))
            yield (
                agreed.until,
                "agreement",
                name,
                f"renew the agreement{f' {agreed.reference}' if agreed.reference else ''}",
                agreed.agency,
                parts,
            )


def _registers(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    """Rows of registers that name a day of review of their own."""
    for name, layer in sorted(workspace.layers.items()):
        table = layer.table
        if layer.card.kind == "register" and {"id", "review_by"} <= set(table.columns):
            for row in table.fillna("").astype(str).to_dict("records"):
                yield (
                    row["review_by"][:10],
                    "entry",
                    f"{name}: {row['id']}",
                    "look at this entry again",
                    row.get("owner", layer.card.provider),
                    "",
                )


def _edition(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    """The next edition, a year after the last that was published."""
    for entry in read_register(workspace.editions)[-1:]:
        after = (date.fromisoformat(entry.date) + YEAR).isoformat()
        yield after, "edition", entry.edition, f"publish the edition that follows number {entry.number} ({entry.period})", "", ""


def _parts(workspace: Workspace, layer: str) -> list[str]:
    titles = {domain.id: domain.title for domain in workspace.methodology.domain}
    return list(dict.fromkeys(titles[one.domain] for one in workspace.methodology.indicator if layer in one.measure.layers()))


def _state(day: str, today: date) -> str:
    when = day_of(day)
    if when is None:
        return UNDATED
    return LATE if when < today else NEXT if when <= today + SOON else LATER
