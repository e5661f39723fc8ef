"""Names of places matched to the boundaries' own: alike in all but dress, or nearly so. Every pair is proposed, none is joined in silence."""

import unicodedata
from dataclasses import dataclass

import pandas as pd

from geomap.intake.words import listed, shown
from geomap.worded import worded

NEAR, APART = 88.0, 4.0
MOST_NEAR = 10


@dataclass(frozen=True)
class Proposal:
    """pairs: from the name in the file to a code; near: those that are not the same but for dress, with the boundaries' name; unknown: names without a place."""

    pairs: dict[str, str]
    near: dict[str, str]
    unknown: tuple[str, ...]

    @property
    def whole(self) -> int:
        """How many names were looked for."""
        return len(self.pairs) + len(self.unknown)

    def open_questions(self) -> list[str]:
        """In sentences: what the first names that are nearly alike would be, and which names are unknown."""
        near = [
            worded("{name} would be {other}.", name=shown(name), other=shown(other)) for name, other in list(self.near.items())[:MOST_NEAR]
        ]
        return [*near, worded("Unknown names: {unknown}.", unknown=listed(self.unknown))] if self.unknown else near


def alike(names: pd.Series) -> pd.Series:
    """Names without case, accents, punctuation and "&" for "and": what two spellings of one name have in common."""
    text = names.astype(str).map(
        lambda name: "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    )
    return (
        text.str.casefold()
        .str.replace("&", " and ", regex=False)
        .str.replace(r"\(?\b[0-9]{1,3}\)\s*$", "", regex=True)
        .str.replace(r"[^0-9a-z\u00df-\uffff]+", "", regex=True)
    )


def propose(written: pd.Series, names: pd.Series) -> Proposal:
    """For each distinct name the code it means; a name that two places bear, or that is near to two, means none."""
    distinct = pd.Series(sorted(set(written[written != ""])), dtype="object")
    names = names.set_axis(names.index.astype(str))
    known = alike(names)
    single = known[~known.duplicated(keep=False)]
    by_key = dict(zip(single, single.index, strict=True))
    keys = alike(distinct)
    pairs = {name: by_key[key] for name, key in zip(distinct, keys, strict=True) if key in by_key}
    rest = [name for name in distinct if name not in pairs]
    near = _near(rest, names, set(pairs.values())) if rest else {}
    return Proposal(pairs | near, {name: str(names[code]) for name, code in near.items()}, tuple(name for name in rest if name not in near))


def _near(rest: list[str], names: pd.Series, taken: set[str]) -> dict[str, str]:
    from rapidfuzz import fuzz, process

    free = names[[code not in taken for code in names.index]]
    if free.empty or len(rest) > 2_000:
        return {}
    scores = process.cdist([_words(name) for name in rest], [_words(name) for name in free], scorer=fuzz.WRatio)
    found: dict[str, str] = {}
    for name, row in zip(rest, scores, strict=True):
        order = row.argsort()[::-1]
        second = row[order[1]] if len(order) > 1 else 0.0
        if row[order[0]] >= NEAR and row[order[0]] - second >= APART:
            found[name] = str(free.index[order[0]])
    return found


def _words(name: object) -> str:
    return str(name).casefold().replace("city of ", "").replace("borough of ", "").replace(" ward", "")
