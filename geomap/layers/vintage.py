"""Which boundary set a column of codes belongs to: the wrong vintage is the commonest silent error, because most of its codes still match."""

from dataclasses import dataclass

import pandas as pd

from geomap.boundaries.atlas import Atlas
from geomap.worded import worded

SHOWN = 3


@dataclass(frozen=True)
class Fit:
    """How many of *rows* hold a code of *boundaries*; dated: when those boundaries were in force, where the workspace holds them."""

    boundaries: str
    matched: int
    rows: int
    dated: str = ""

    @property
    def share(self) -> float:
        """The part that matches."""
        return self.matched / self.rows if self.rows else 0.0

    def __str__(self) -> str:
        """Such as "'wards-2022' (2022-05-05): 679 of 679"."""
        return f"'{self.boundaries}'{f' ({self.dated})' if self.dated else ''}: {self.matched:,} of {self.rows:,}"


def fits(codes: pd.Series, atlas: Atlas) -> tuple[Fit, ...]:
    """How well *codes* fit every set of the workspace and every vintage its lookups know, best first; rows without a code do not count."""
    given = codes.dropna().astype(str).str.strip()
    given = given[given != ""]
    names = dict.fromkeys([*atlas.sets, *(walk.origin_set for walk in atlas.crosswalks)])
    found = [Fit(name, int(given.isin(atlas.origins(name)).sum()), len(given), _date(atlas, name)) for name in names]
    return tuple(sorted(found, key=lambda fit: (-fit.matched, fit.boundaries)))


def better(codes: pd.Series, atlas: Atlas, boundaries: str) -> str:
    """One sentence on which other set fits *codes* better than *boundaries*, with the next ones; or that none does."""
    found = fits(codes, atlas)
    own = next((fit.matched for fit in found if fit.boundaries == boundaries), 0)
    others = [fit for fit in found if fit.boundaries != boundaries and fit.matched > own]
    if not others:
        return worded("No other boundary set here fits better; the codes may be of another vintage.")
    best, *next_best = others
    said = worded(
        "The boundary set '{boundaries}' fits better: {matched} of {rows} rows. Name it in the card.",
        boundaries=best.boundaries,
        matched=best.matched,
        rows=best.rows,
    )
    also = worded("Others that fit better: {examples}.", examples=", ".join(map(str, next_best[: SHOWN - 1]))) if next_best else ""
    return " ".join(filter(None, [said, also]))


def _date(atlas: Atlas, name: str) -> str:
    return atlas.sets[name].date if name in atlas.sets else ""
