"""All editions in a folder, at a glance."""

from pathlib import Path

import pandas as pd

from geomap.datapackage.package import CARD
from geomap.editions.edition import CURRENT
from geomap.editions.errata import read_errata
from geomap.editions.manifest import read_manifest
from geomap.editions.register import read_register
from geomap.tiers import TIERS

COLUMNS = ("edition", "period", "number", "published", "version", "tier", "current", "errata")


def shelf(editions: Path, *, tier: str = "restricted") -> pd.DataFrame:
    """A row an edition, by period, then number, drafts last: COLUMNS; number 0 and no date for a draft. EditionError names one that is damaged.

    Editions for fewer people than *tier* are left out, so that who sees a public edition sees no other.
    """
    entries = {entry.edition: entry for entry in read_register(editions)}
    wrong = pd.Series([one.edition for one in read_errata(editions)], dtype=str).value_counts()
    pointer = editions / CURRENT
    current = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    rows = []
    for card in sorted(editions.glob(f"[!.]*/{CARD}")):
        name, manifest = card.parent.name, read_manifest(card.parent)
        entry, about = entries.get(name), manifest["geomap:edition"]
        if TIERS.index(about["tier"]) > TIERS.index(tier):
            continue
        number, day = (entry.number, entry.date) if entry else (0, "")
        rows.append((name, about["period"], number, day, manifest["version"], about["tier"], name == current, int(wrong.get(name, 0))))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(
        ["period", "number"], key=lambda some: some.replace(0, 10**9) if some.name == "number" else some, ignore_index=True
    )
