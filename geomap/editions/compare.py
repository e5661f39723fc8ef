"""Two editions on disk, compared."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.editions.carried import Walk, reshaped
from geomap.editions.comparison import Comparison
from geomap.editions.data_differences import place_differences, redrawn, software_differences, source_differences, year_differences
from geomap.editions.difference import Difference
from geomap.editions.edition import Edition
from geomap.editions.method_differences import method_differences, scale_differences, tree_differences
from geomap.editions.yardstick import yardstick_of
from geomap.errors import EditionError
from geomap.worded import worded

CARRIED = worded("Bridged by the crosswalk; where several old places make one, each counts by its share.")


def compare(old: Edition, new: Edition, *, level: str = "", walk: Walk | None = None, same_places: bool = False) -> Comparison:
    """The comparison of two editions at *level* of the new one (its finest when none is named).

    walk: the crosswalk that carries the old edition's places over. same_places: compare only places whose code and shape are the same in both.
    """
    here = level or new.levels[0]
    there = _old_level(old, new, here)
    before, after = old.level(there), new.level(here)
    ruled = (yardstick_of(old, there, before), yardstick_of(new, here, after))
    found = [*_boundaries(old, new, (before, after), walk, same_places=same_places)]
    rebuild = _rebuild(old, new)
    methods = (old.methodology, new.methodology)
    found += method_differences(*methods, (there, here), rebuild)
    found += tree_differences(before, after)
    found += scale_differences(old.scales[there], new.scales[here], {node.id: node.title for node in after.nodes})
    found += source_differences((old, new), methods, (there, here), rebuild)
    found += year_differences(before, after)
    found += software_differences(old, new)
    unlike = _unlike(before, after) if same_places and walk is None else None
    return Comparison(before, after, ruled, tuple(found), (old.period, new.period), walk, unlike, new.about["baseline"], _dated(new, here))


def _dated(edition: Edition, level: str) -> frozenset[str]:
    """The indicators whose layer says of each row which period it is of, or whose measure looks back so many years."""
    own = {card["name"] for card in edition.manifest.get("geomap:cards", []) if card.get("own_periods")}
    return frozenset(one.id for one in edition.methodology.at(level) if one.measure.looks_back or one.measure.layer in own)


def _old_level(old: Edition, new: Edition, level: str) -> str:
    """The level of the old edition that is the like of *level*: of the same name, or else of the same kind of place."""
    if level in old.levels:
        return level
    kinds = [
        {card["name"]: card.get("level", "") for card in some.manifest.get("geomap:cards", []) if card["kind"] == "boundaries"}
        for some in (old, new)
    ]
    alike = [name for name in old.levels if kinds[0].get(name) and kinds[0].get(name) == kinds[1].get(level)]
    if len(alike) != 1:
        raise EditionError(
            worded(
                "The old edition has no level like '{level}'. It has {levels}; name one that both have with --level.",
                level=level, levels=", ".join(old.levels),
            )
        )  # fmt: skip
    return alike[0]


def _boundaries(
    old: Edition, new: Edition, pair: tuple[Assessment, Assessment], walk: Walk | None, *, same_places: bool
) -> Iterator[Difference]:
    before, after = pair
    if walk:
        others = len(reshaped(walk, before, after))
        told = worded(
            "The places of the old edition were carried over ({how}); {others} of {count} are not one whole old place each.",
            how=walk.how, others=others, count=len(after.places),
        )  # fmt: skip
        yield Difference("boundary", told, "bridge", (), CARRIED)
        return
    for one in place_differences(before, after, _remedy(old, new, after)):
        if same_places:
            left = len(after.places) - len(_unlike(before, after))
            told = worded("{sentence} Only the {count} places that are the same are compared.", sentence=one.sentence, count=left)
            yield Difference("boundary", told, "bridge", (), worded("Bridged by leaving out the others."))
        else:
            yield one


def _unlike(before: Assessment, after: Assessment) -> pd.Index:
    """Places of the new edition that are not the same in the old one."""
    return after.places.index.difference(before.places.index).union(redrawn(before, after))


def _remedy(old: Edition, new: Edition, after: Assessment) -> str:
    pair = f"geomap compare {old.path} {new.path}"
    folders = [
        card["folder"] for card in new.manifest.get("geomap:cards", []) if card["kind"] == "boundaries" and card["name"] == after.level
    ]
    own = new.path.parent.parent / folders[0] if folders else Path("BOUNDARY_SET")
    return worded(
        "Carry the old places over by a lookup: {pair} --crosswalk {own} Or: compare only places that are the same: {pair} --same-places",
        pair=pair, own=str(own),
    )  # fmt: skip


def _rebuild(old: Edition, new: Edition) -> str:
    homes = [new.path.parent.parent / "restricted" / "kept" / old.path.name, old.path.parent.parent]
    workspace = next((home for home in homes if (home / "methodology.toml").is_file()), "OLD_WORKSPACE")
    return worded(
        "Rebuild the old edition under the new method: geomap rebuild {workspace} --method {edition} --period {period} --to FOLDER",
        workspace=str(workspace), edition=str(new.path), period=old.period,
    )  # fmt: skip
