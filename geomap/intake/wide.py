"""Tables with a column for each year: which columns they are, and what they could be called when turned into rows."""

import re
from dataclasses import dataclass

YEAR = re.compile(r"^(?P<stem>\D*?)[ _.-]*(?P<year>(?:19|20)\d{2}(?:[/-](?:\d{2}|\d{4}))?)[ _.-]*(?P<tail>\D*)$")
FEWEST = 3


@dataclass(frozen=True)
class Wide:
    """columns: those of one thing over the years, in their order; heads: the year of each; value: what the cells could be called."""

    columns: tuple[str, ...]
    heads: dict[str, str]
    value: str


def wide_columns(types: dict[str, str]) -> Wide | None:
    """The longest run of columns of numbers that differ by the year in their heads only; None where there are fewer than three.

    types: the type of each column by name. A table of two things over the years (births_2019, deaths_2019) proposes neither: they belong in two layers.
    """
    groups: dict[tuple[str, str], dict[str, str]] = {}
    for name, kind in types.items():
        if kind in ("number", "integer") and (found := YEAR.match(name)):
            groups.setdefault((found["stem"].strip().lower(), found["tail"].strip().lower()), {})[name] = found["year"]
    long = {key: heads for key, heads in groups.items() if len(heads) >= FEWEST and len(set(heads.values())) == len(heads)}
    if len(long) != 1:
        return None
    (stem, tail), heads = next(iter(long.items()))
    value = re.sub(r"\W+", "_", f"{stem} {tail}".strip()).strip("_") or "value"
    return Wide(tuple(heads), heads if any(name != head for name, head in heads.items()) else {}, value)
