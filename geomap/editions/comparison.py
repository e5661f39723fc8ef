"""Two editions compared: by grade, with the reasons, and only where a difference means something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.editions.carried import Walk, carried
from geomap.editions.change import change_table, error_of
from geomap.editions.difference import GRADES, Difference, Effect, Grade
from geomap.editions.split import Scored, split
from geomap.editions.yardstick import Yardstick, with_posts_of
from geomap.errors import ComparisonError
from geomap.worded import worded

ORDER: tuple[Effect, ...] = ("none", "bridge", "break")
OF_SCORES = frozenset({"scale", "direction", "weight", "combination", "missing", "index"})
SEEDS = ([1], [2])


@dataclass(frozen=True)
class Comparison:
    """Two editions at one level.

    old, new: their assessments, each in its own places. methods: how each measured. differences: what differs. walk: the crosswalk that carries the old
    edition's places over, or nothing. unlike: places of the new edition that are not compared, since they were redrawn. periods: what each speaks of;
    baseline: the period whose numbers the new edition holds beside its own, as they are known today; dated: the
    indicators whose data tell one period from another, without which the numbers of the baseline would be today's own.
    """

    old: Assessment
    new: Assessment
    methods: tuple[Yardstick, Yardstick]
    differences: tuple[Difference, ...]
    periods: tuple[str, str]
    walk: Walk | None = None
    unlike: pd.Index | None = None
    baseline: str = ""
    dated: frozenset[str] = frozenset()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """What both editions hold."""
        return tuple(node for node in self.new.nodes if node.id in self.old.numbers)

    @property
    def grade(self) -> Grade:
        """The grade of the whole: the worst among the indices, or the domains where there is none."""
        wholes = [node.id for node in self.new.of_kind("index") or self.new.of_kind("domain")]
        return max((self.grade_of(name) for name in wholes), default="C")

    def grade_of(self, name: str) -> Grade:
        """A, B or C: whether *name* may be compared."""
        return GRADES[max((one.effect for one in self.reasons(name)), key=ORDER.index, default="none")]

    def reasons(self, name: str) -> tuple[Difference, ...]:
        """The differences that touch *name*, or anything it is made of."""
        inside = _inside(self.new, name) | _inside(self.old, name)
        kinds = {node.id: node.kind for node in (*self.old.nodes, *self.new.nodes)}
        if name not in self.old.numbers or name not in self.new.numbers:
            return tuple(one for one in self.differences if name in one.nodes) or (
                Difference("index", worded("'{title}' is in one of the two editions only.", title=name), "break", (name,)),
            )
        return tuple(
            one
            for one in self.differences
            if (not one.nodes or ({name} if one.alone else inside) & set(one.nodes))
            and not (kinds[name] == "indicator" and one.kind in OF_SCORES)
        )

    def change(self, name: str) -> pd.DataFrame:
        """The change of *name* in each place of the new edition (see change_table); ComparisonError with every reason where there can be none."""
        self._demand(name)
        up = self.new.node(name).up
        if self.new.node(name).kind == "indicator":
            then, now = (some.numbers[name] for some in (self.then, self.new))
            values = [np.where(self._blank[name], np.nan, table["value"].to_numpy(dtype=float)) for table in (then, now)]
            table = change_table(*values, (error_of(then), error_of(now)), up=up)
        else:
            scores = [self._common.scores(some, self._blank)[name] for some in (self.then, self.new)]
            errors = tuple(found[name] for found in self._errors)
            table = change_table(*(np.where(self._apart(name), np.nan, one) for one in scores), errors, up=up)
        return table.set_axis(self.new.places.index)

    def split(self, name: str) -> pd.DataFrame:
        """The published change of *name* in each place, in its parts; they add up exactly. ComparisonError where there can be none."""
        self._demand(name)
        if self.new.node(name).kind == "indicator":
            then, now = (some.numbers[name]["value"].to_numpy(dtype=float) for some in (self.then, self.new))
            revised = self._revised(name)
            found = Scored(then, then, then, now, revised_new=revised)
        else:
            first, second = self.methods
            by_new, both = self._by(second), first.fits(self.new)
            by_old = self._by(first) if both else None
            published = self.then.numbers[name]["value"].to_numpy(dtype=float) if self.walk else first.scores(self.then, self._blank)[name]
            found = Scored(
                published, first.scores(self.then, self._blank)[name], by_new["old"][name], by_new["new"][name],
                by_old["new"][name] if by_old else None, by_new.get("revised", {}).get(name), (by_old or {}).get("revised", {}).get(name),
            )  # fmt: skip
        table = split(found).set_axis(self.new.places.index)
        return table.mask(pd.Series(self._apart(name), index=table.index))

    @cached_property
    def then(self) -> Assessment:
        """The old edition in the places of the new one."""
        if self.walk:
            return carried(self.old, self.walk, self.new)
        places = self.new.places.index
        numbers = {name: table.reindex(places) for name, table in self.old.numbers.items()}
        return replace(self.old, places=self.new.places, numbers=numbers)

    @cached_property
    def _common(self) -> Yardstick:
        """The new method, with the old edition's goalposts wherever its ruler is the same."""
        return with_posts_of(self.methods[1], self.methods[0])

    @cached_property
    def _errors(self) -> tuple[Mapping[str, np.ndarray], ...]:
        return tuple(self._common.errors(some, self._blank, seed) for some, seed in zip((self.then, self.new), SEEDS, strict=True))

    @cached_property
    def _blank(self) -> dict[str, np.ndarray]:
        """Per indicator, the places where it is not compared: withheld in either, known in one only, or redrawn."""
        blank = {}
        redrawn = self.new.places.index.isin(self.unlike) if self.unlike is not None else np.zeros(len(self.new.places), dtype=bool)
        for name in {*self.methods[0].names, *self.methods[1].names}:
            tables = [some.numbers[name] for some in (self.then, self.new) if name in some.numbers]
            hidden = np.logical_or.reduce([(table["status"] == "suppressed").to_numpy() for table in tables])
            known = np.stack([table["value"].notna().to_numpy() for table in tables])
            blank[name] = hidden | (known.any(axis=0) != known.all(axis=0)) | redrawn
        return blank

    def _apart(self, name: str) -> np.ndarray:
        """The places where anything that *name* is made of is not compared."""
        leaves = [one for one in _inside(self.new, name) if one in self._blank]
        return np.logical_or.reduce([self._blank[one] for one in leaves])

    def _by(self, method: Yardstick) -> dict[str, Mapping[str, np.ndarray]]:
        """The scores of old, new and, where it is known, revised data by one method."""
        found = (
            {"old": method.scores(self.then, self._blank), "new": method.scores(self.new, self._blank)} if method.fits(self.then) else {}
        )
        if (revised := self._as_known_today) is not None:
            found["revised"] = method.scores(revised, self._blank) if method.fits(revised) else {}
        return found

    @cached_property
    def _as_known_today(self) -> Assessment | None:
        """The old period's numbers as the new edition knows them; nothing where its baseline is another period."""
        if self.walk or not any(self._revised(name) is not None for name in self.methods[1].names):
            return None
        numbers = dict(self.then.numbers)
        for name in self.methods[1].names:
            if name in numbers and (revised := self._revised(name)) is not None:
                then = numbers[name]["value"].to_numpy(dtype=float)
                numbers[name] = numbers[name].assign(value=np.where(np.isnan(revised), then, revised))
        return replace(self.then, numbers=numbers)

    def _revised(self, name: str) -> np.ndarray | None:
        if self.baseline != self.periods[0] or name not in self.dated:
            return None
        found = self.new.numbers[name]["previous"].to_numpy(dtype=float)
        return None if np.isnan(found).all() else found

    def _demand(self, name: str) -> None:
        self.new.node(name)
        if self.grade_of(name) == "C":
            raise not_comparable(self, name)


def not_comparable(found: Comparison, name: str) -> ComparisonError:
    """The error that says why *name* has no difference, and what can be done."""
    told = [
        worded("{sentence} What to do: {remedy}", sentence=one.sentence, remedy=one.remedy) if one.remedy else one.sentence
        for one in found.reasons(name)
        if one.effect == "break"
    ]
    title = next((node.title for node in found.new.nodes if node.id == name), name)
    refusal = worded(
        "'{title}' of {before} and of {after} cannot be compared, and no difference is shown:",
        title=title, before=found.periods[0], after=found.periods[1],
    )  # fmt: skip
    return ComparisonError(refusal, tuple(told))


def _inside(assessment: Assessment, name: str) -> set[str]:
    """*name* and everything it is made of, at any depth."""
    parts = {node.id: node.parts for node in assessment.nodes}
    found: set[str] = set()
    ways: Sequence[str] = [name]
    while ways:
        found.update(ways)
        ways = [part for one in ways for part in parts.get(one, ()) if part not in found]
    return found
