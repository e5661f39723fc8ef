"""What a council may have and what this workspace holds of it: how fresh, from whom, what is missing."""

from datetime import date
from pathlib import Path

import pandas as pd

from geomap.editions.files import write_whole
from geomap.layers.period import years_of
from geomap.views.csv import harmless
from geomap.workspace.recipes import kinds
from geomap.workspace.workspace import Workspace

COLUMNS = ("topic", "title", "may_say", "usual_owner", "usual_traps", "held_as", "period", "years_old", "provider", "review_by", "missing")


def inventory(workspace: Workspace | None, today: date) -> pd.DataFrame:
    """One row for each kind of data, and one for each layer that is of none of them; without a workspace, what to ask for."""
    known, held = kinds(), _held(workspace, today) if workspace else {}
    rows = []
    for row in known.to_dict("records"):
        mine = held.get(row["kind"], [])
        rows += [{**row, **one} for one in mine] or [{**row, "missing": "nothing is held"}]
    topics = set(known["topic"])
    for key, some in held.items():
        if key not in set(known["kind"]):
            rows += [{"topic": key if key in topics else "other", **one} for one in some]
    return pd.DataFrame(rows).reindex(columns=[*COLUMNS]).astype(object).fillna("")


def write_inventory(found: pd.DataFrame, path: Path) -> None:
    """The sheet as CSV; no cell starts like a formula."""
    write_whole(path, lambda work: found.astype(str).apply(harmless).to_csv(work, index=False, lineterminator="\n"))


def _held(workspace: Workspace, today: date) -> dict[str, list[dict[str, object]]]:
    """What the cards of the workspace say, by their topic."""
    found: dict[str, list[dict[str, object]]] = {}
    for name, layer in sorted(workspace.layers.items()):
        card = layer.card
        years = years_of(card.period)
        lacks = [
            word for word, there in (("a review date", card.review_by), ("an issue", card.issues), ("a topic", card.topic)) if not there
        ]
        overdue = card.review_by and card.review_by < today.isoformat()
        told = f"considered, not used: {card.not_used}" if card.not_used else "the review is overdue" if overdue else ", ".join(lacks)
        found.setdefault(card.topic or "other", []).append({
            "title": card.title, "held_as": name, "period": card.period, "years_old": max(today.year - years[1], 0) if years else "",
            "provider": card.provider, "review_by": card.review_by, "missing": told,
        })  # fmt: skip
    return found
