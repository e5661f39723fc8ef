"""All boundary sets of a workspace, and the ways between them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.crosswalk import Crosswalk
from geomap.errors import BoundaryError
from geomap.worded import worded


@dataclass(frozen=True)
class Atlas:
    """Boundary sets by name, with lookups from other vintages; knows how counts get from one set to another."""

    sets: Mapping[str, Boundaries]
    crosswalks: tuple[Crosswalk, ...] = ()
    _known: dict[tuple[str, str], Crosswalk | None] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, name: str) -> Boundaries:
        if name not in self.sets:
            raise BoundaryError(f"There is no boundary set '{name}'. The sets are {sorted(self.sets)}.")
        return self.sets[name]

    def origins(self, name: str) -> pd.Index:
        """The codes of a set: of its polygons, or, where only lookups know it, of those."""
        if name in self.sets:
            return self.sets[name].codes
        known = [walk.frame["origin"] for walk in self.crosswalks if walk.origin_set == name]
        if not known:
            from_lookups = sorted({walk.origin_set for walk in self.crosswalks})
            raise BoundaryError(f"No boundary set or lookup is called '{name}'. Sets: {sorted(self.sets)}; lookups from: {from_lookups}.")
        return pd.Index(sorted(set(pd.concat(known))))

    def route(self, origin: str, place: str) -> Crosswalk | None:
        """The shortest way for counts from one set to another by lookups and parents; None when there is none."""
        if (origin, place) not in self._known:
            self._known[origin, place] = self._search(origin, place)
        return self._known[origin, place]

    def parent_in(self, child: str, parent: str) -> pd.Series | None:
        """For each place of *child*, the one place of *parent* it lies in; None when the sets are not nested."""
        walk = self.route(child, parent) if child in self.sets else None
        if walk is None or child == parent or len(walk.split):
            return None
        return walk.frame.set_index("origin")["place"].reindex(self.sets[child].codes)

    def _search(self, origin: str, place: str) -> Crosswalk | None:
        if origin == place:
            codes = self.origins(origin)
            return Crosswalk(origin, place, pd.DataFrame({"origin": codes, "place": codes, "share": 1.0}), "")
        ways, seen = deque([(origin, None)]), {origin}
        while ways:
            here, walked = ways.popleft()
            for step in self._steps(here):
                way = step if walked is None else walked.then(step)
                if step.place_set == place:
                    return way
                if step.place_set not in seen:
                    seen.add(step.place_set)
                    ways.append((step.place_set, way))
        return None

    def _steps(self, origin: str) -> list[Crosswalk]:
        steps = [walk for walk in self.crosswalks if walk.origin_set == origin]
        here = self.sets.get(origin)
        if here is not None and here.parent_set:
            frame = pd.DataFrame({"origin": here.codes, "place": here.frame["parent"].to_numpy(), "share": 1.0})
            steps.append(Crosswalk(origin, here.parent_set, frame, worded("summed over {many}", many=here.many)))
        return steps
