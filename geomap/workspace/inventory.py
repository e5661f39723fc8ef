"""What a council may have and what this workspace holds of it: how fresh, from whom, what is missing."""

from datetime import date
from pathlib import Path

import pandas as pd

from geomap.editions.files import write_whole
from geomap.errors import GeomapError
from geomap.layers.card import LayerCard
from geomap.layers.period import years_of
from geomap.layers.read import read_layer_card
from geomap.views.csv import harmless
from geomap.worded import worded
from geomap.workspace.recipes import kinds
from geomap.workspace.workspace import LAYERS, Workspace

COLUMNS = ("topic", "title", "may_say", "usual_owner", "usual_traps", "held_as", "period", "years_old", "provider", "review_by", "missing")


def inventory(workspace: Workspace | None, today: date, *, tier: str = "restricted") -> pd.DataFrame:
    """One row for each kind of data, and one for each layer that is of none of them; without a workspace, what to ask for.

    Only cards are read, and only of layers that an edition of *tier* may show.
    """
    known, held = kinds(), _held(workspace, today, tier) if workspace else {}
    rows = []
    for row in known.to_dict("records"):
        mine = held.get(row["kind"], [])
        rows += [{**row, **one} for one in mine] or [{**row, "missing": worded("nothing is held of it")}]
    topics = set(known["topic"])
    for key, some in held.items():
        if key not in set(known["kind"]):
            rows += [{"topic": key if key in topics else "other", **one} for one in some]
    return pd.DataFrame(rows).reindex(columns=[*COLUMNS]).astype(object).fillna("")


def write_inventory(found: pd.DataFrame, path: Path) -> None:
    """The sheet as CSV; no cell starts like a formula."""
    write_whole(path, lambda work: found.astype(str).apply(harmless).to_csv(work, index=False, lineterminator="\n"))


def by_topic(found: pd.DataFrame) -> pd.DataFrame:
    """One row a topic: what is held of it, from whom, how old the newest is, what is not held, and when a review is due first."""
    rows = []
    for topic, some in found.groupby("topic", sort=False):
        held = some[some["held_as"] != ""]
        ages = pd.to_numeric(held["years_old"], errors="coerce").dropna()
        rows.append({
            "topic": topic, "held": len(held), "titles": _joined(held["title"]), "providers": _joined(held["provider"]),
            "periods": _joined(held["period"]), "years_old": f"{ages.min():.0f}" if len(ages) else "", "review_by": min(filter(None, held["review_by"]), default=""),
            "not_held": _joined(some.loc[some["held_as"] == "", "title"]), "to_do": _joined(held["missing"]),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _joined(words: pd.Series) -> str:
    """The different words, in order."""
    return "; ".join(dict.fromkeys(str(word) for word in words if word))


def _held(workspace: Workspace, today: date, tier: str) -> dict[str, list[dict[str, object]]]:
    """What the cards of the workspace say, by their topic; of a card that cannot be read, why."""
    found: dict[str, list[dict[str, object]]] = {}
    for folder in workspace.folders(LAYERS):
        try:
            card = read_layer_card(folder)
        except GeomapError as wrong:
            told = worded("its card has {count} thing(s) to mend: geomap check names them", count=len(wrong.faults) or 1)
            found.setdefault("other", []).append({"title": folder.name, "held_as": folder.name, "missing": told})
        else:
            if card.may_be_seen_in(tier):
                found.setdefault(card.topic or "other", []).append(_told(card, today))
    return found


def _told(card: LayerCard, today: date) -> dict[str, object]:
    """What one card says."""
    years = years_of(card.period)
    lacks = [
        word
        for word, there in (
            (worded("it names no review date"), card.review_by),
            (worded("it names no issue"), card.issues),
            (worded("it names no topic"), card.topic),
        )
        if not there
    ]
    overdue = card.review_by and card.review_by < today.isoformat()
    missing = (
        worded("considered, not used: {reason}", reason=card.not_used)
        if card.not_used
        else worded("the review is overdue")
        if overdue
        else "; ".join(lacks)
    )
    return {
        "title": card.title, "held_as": card.name, "period": card.period, "years_old": max(today.year - years[1], 0) if years else "",
        "provider": card.provider, "review_by": card.review_by, "missing": missing,
    }  # fmt: skip
