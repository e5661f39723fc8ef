"""Where the people of a survey live, and whose answers stay out of which places, since what is shown of smaller ones would tell them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.disclosure.bases import left_out
from geomap.indicators.respondents import NOBODY, Aside, Respondents, can_be_placed, homes, places_of, respondents
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening

CITY = "city"


@dataclass(frozen=True)
class Grounds:
    """Where each respondent lives. own: the place of the layer's own boundary set; levels: the place of each level that is shown, finest first, and the city last; every: of all levels that the survey can be shown at; guarded: whether the layer is about people."""

    own: pd.Series
    levels: dict[str, pd.Series]
    every: dict[str, pd.Series]
    guarded: bool
    _known: dict[int, list[frozenset[str]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, rows: Layer, sources: Sources, levels: Sequence[str] = ()) -> "Grounds":
        """Those of *rows*, shown at *levels* (all that they can be shown at, if not given) and in the city."""
        able = [level for level in sources.levels if can_be_placed(rows, sources, level)]
        city = pd.Series(CITY, index=rows.table.index)
        every = {level: places_of(rows, sources, level) for level in dict.fromkeys((*able, *levels))} | {CITY: city}
        shown = {level: place for level, place in every.items() if level in levels or not levels or level == CITY}
        return cls(homes(rows, sources) if len(every) > 1 else city, shown, every, rows.card.guarded)

    def away(self, answered: NDArray[np.bool_], base: int, *, people: pd.Series | None = None) -> dict[str, frozenset[str]]:
        """Per level, the layer's own places whose answers stay out of it: what may be shown of finer places, here or elsewhere, would tell them.

        What stays out where all rows are counted stays out whatever was answered. people: how many each row stands for; one, if not given.
        """
        return dict(zip(self.every, self._left_out(answered, base, people, always=self._always(base, people)), strict=True))

    def aside(self, base: int) -> Aside:
        """What may not show through in weights: the places whose answers are told nowhere, and groups of fewer answers than *base*; nothing of an open layer."""
        return Aside(self._always(base, None)[-1], base) if self.guarded else NOBODY

    def left(self, answered: NDArray[np.bool_], base: int, *, people: pd.Series | None = None) -> dict[str, NDArray[np.bool_]]:
        """Per level that is shown, whose answers stay out of it; as in *away*."""
        away = self.away(answered, base, people=people)
        return {level: self.own.isin(away[level]).to_numpy() for level in self.levels}

    def _always(self, base: int, people: pd.Series | None) -> list[frozenset[str]]:
        everyone = np.ones(len(self.own), dtype=bool)
        if people is not None:
            return self._left_out(everyone, base, people)
        if base not in self._known:  # weights and each question ask again
            self._known[base] = self._left_out(everyone, base, None)
        return self._known[base]

    def _left_out(
        self, answered: NDArray[np.bool_], base: int, people: pd.Series | None, always: Sequence[frozenset[str]] = ()
    ) -> list[frozenset[str]]:
        bases = self.own[answered].value_counts() if people is None else people[answered].groupby(self.own[answered]).sum()
        places = [place[answered].groupby(self.own[answered]).first().reindex(bases.index) for place in self.every.values()]
        return left_out(bases, places, base, always=always)

    def lacks(self, left: Mapping[str, NDArray[np.bool_]], sources: Sources, layer: str) -> dict[tuple[str, str], tuple[str, ...]]:
        """The places (level, code) that some answers stay out of, and of each those places of the finest level. left: per level, whose answers do."""
        own = {level: set(self.own[away].dropna()) for level, away in left.items()}
        return {
            (level, place): inside for level, away in own.items() if away for place, inside in lacking(sources, layer, away, level).items()
        }


def weighted(rows: Layer, grounds: Grounds, rule: Listening, sources: Sources, base: int) -> Respondents:
    """The rows weighted as *rule* says; where the layer is about people, those whose answers are told nowhere bear on no weight. base: how many must answer for a number to be shown."""
    return respondents(rows, sources, rule.rake, bounds=rule.bounds, aside=grounds.aside(base))


def lacking(sources: Sources, layer: str, away: Collection[str], level: str) -> dict[str, tuple[str, ...]]:
    """The places of *level* (or the city) that answers stay out of, and of each those places of the finest level. away: the places of the layer's own boundary set whose answers they are."""
    return inside_of(sources, away, sources.join(sources.layer(layer), sources.finest).boundaries, level)


def inside_of(sources: Sources, places: Collection[str], own: str, level: str) -> dict[str, tuple[str, ...]]:
    """By the places of *level* (or the city), which of the smallest places inside it are, or lie in, *places* of the boundary set *own*."""
    atlas, finest = sources.atlas, sources.finest
    whole = pd.Series(CITY, index=atlas[finest].codes) if level == CITY else atlas.parent_in(finest, level)
    if whole is None:
        return {}
    gone = pd.Index(sorted(places))
    if own != finest:
        up, down = atlas.parent_in(own, finest), atlas.parent_in(finest, own)
        gone = pd.Index(up.reindex(gone).dropna().unique()) if up is not None else down.index[down.isin(gone)]
    inside = whole.reindex(gone.sort_values()).dropna()
    return {str(place): tuple(some.index) for place, some in inside.groupby(inside)}
