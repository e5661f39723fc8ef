"""What a first card says of a table with a column for each year."""

from collections.abc import Mapping
from typing import Any

from geomap.intake.wide import wide_columns
from geomap.worded import worded

MELT = "geomap:melt"


def over_years(types: dict[str, str]) -> dict[str, Any]:
    """The card's period, its column and the proposal to turn the years into rows; nothing for any other table."""
    wide = wide_columns(types)
    if wide is None:
        return {}
    years = [wide.heads.get(name, name) for name in wide.columns]
    melt = {"columns": list(wide.columns), "into": "year", "value": wide.value, **({"heads": wide.heads} if wide.heads else {})}
    return {"geomap:period": f"{years[0]} to {years[-1]}", "geomap:period_field": "year", MELT: melt | {"confirmed": False}}


def asked_of_years(card: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentence that asks a person to confirm the proposal, where the card makes one."""
    if MELT not in card:
        return ()
    names = card[MELT]["columns"]
    sentence = worded(
        'The {count} columns from "{first}" to "{last}" look like one number over the years. The card proposes to turn them into rows, one for each place and year ({key}): look at the file, then write "confirmed": true there, or take the entry out.',
        count=len(names),
        first=str(names[0]),
        last=str(names[-1]),
        key=MELT,
    )
    return (sentence,)
