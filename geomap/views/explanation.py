"""One place explained: what its scores are made of, what would put them in another class, what they rest on, and whose weights would rank it otherwise."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.balance import BY, balance, banner, rank_changes
from geomap.assessment.class_change import ClassChange, NextClass, class_change
from geomap.assessment.explain import Explanation, explain, explain_all, worst_part
from geomap.assessment.own_unit import value_at
from geomap.assessment.panels import panel_ranks
from geomap.language import noted, say, say_many
from geomap.methodology.recipe import Methodology
from geomap.scoring.classes import class_of, limits_of
from geomap.symbology.numbers import STATUS, interval, number, ordinal, signed

ARITHMETIC = noted("This is what the score is made of. It does not say what brought it about, nor what would change it on the ground.")
IN_CLASS = {
    "worse": noted("{title} is {score}, in the class {ends}; higher needs attention."),
    "better": noted("{title} is {score}, in the class {ends}; higher is better."),
}
AWAY = {
    1: noted("That is {points} above the city's median score, {city}."), -1: noted("That is {points} below the city's median score, {city}."),
    0: noted("That is at the city's median score, {city}."),
}  # fmt: skip
MEDIAN_PLACE = {
    1: noted("A {one} with the median of every indicator that is known here, the city's median place, would score {place}, which is {points} above that median score."),
    -1: noted("A {one} with the median of every indicator that is known here, the city's median place, would score {place}, which is {points} below that median score."),
    0: noted("A {one} with the median of every indicator that is known here, the city's median place, would score {place}, about the same."),
}  # fmt: skip
WORST = {
    "worse": noted("Its worst part is {title}: {value} of 10, where higher needs attention. The score of the whole can hide that."),
    "better": noted("Its worst part is {title}: {value} of 10, where higher is better. The score of the whole can hide that."),
}
TOGETHER = {
    True: noted("All indicators at once would have to be {points} points of ten better."),
    False: noted("All indicators at once would have to be {points} points of ten worse."),
}
WITHOUT_OTHER = noted(
    "Without police records it would be {other} instead of {rank} of {count}; {changed} {many} change their rank, by {steps} on average."
)
WITHOUT_SAME = noted("Without police records it would stay {rank} of {count}; {changed} {many} change their rank, by {steps} on average.")
SHOWN = 4
POLICE = "police"
Moves = Callable[[], pd.DataFrame | None]


@dataclass(frozen=True)
class Row:
    """One indicator or domain in one score: what it adds, in points; its number here and the city's middle, in words."""

    node: Node
    points: float
    words: str
    middle: str


@dataclass(frozen=True)
class Step:
    """What one class next to its own would take. goal: which class; alone: a phrase for each single indicator, the nearest first; together: all at once."""

    goal: str
    alone: tuple[str, ...]
    together: str

    @property
    def lead(self) -> str:
        """What the phrases of *alone* are."""
        if not self.alone:
            return say("No single indicator could take it there while the others stay.")
        return (
            say("One of these alone would do, while the others stay:")
            if len(self.alone) > 1
            else say("This alone would do, while the others stay:")
        )

    @property
    def sentences(self) -> str:
        """All of it, in a line."""
        listed = f" {'; '.join(self.alone)}." if self.alone else ""
        return f"{self.goal} {self.lead}{listed} {self.together}"


@dataclass(frozen=True)
class Told:
    """One index or domain of one place, told.

    parts: what it is directly made of; indicators: what it is made of in the end, those that add most first. rounding and gap: the two lines that make
    the sum exact. worst, ranks_without, panels: a sentence each, or nothing where there is nothing to say; balance: per cent by kind of evidence and by
    provider.
    """

    explanation: Explanation
    change: ClassChange
    standing: str
    distance: str
    parts: tuple[Row, ...]
    indicators: tuple[Row, ...]
    worst: str
    changes: tuple[Step, ...]
    balance: dict[str, dict[str, float]]
    banner: str
    ranks_without: str
    panels: str

    @property
    def node(self) -> Node:
        """The index or domain."""
        return self.explanation.node


def explanation(
    assessment: Assessment, methodology: Methodology, code: str, node_id: str = "", *, moves: Moves | None = None
) -> tuple[Told, ...]:
    """Everything that can be said of one index or domain of *code*, or of all of them; *moves* = how ranks move without police records, where somebody keeps it."""
    asked = (explain(assessment, methodology, code, node_id),) if node_id else explain_all(assessment, methodology, code)
    moved = moves() if moves else ranks_without_police(assessment, methodology)
    return tuple(_told(assessment, methodology, one, moved) for one in asked)


def ranks_without_police(assessment: Assessment, methodology: Methodology) -> pd.DataFrame | None:
    """How the ranks of all places move without police records, by index; None where there are none, where there is nothing else, and in the public tier."""
    kinds = {node.evidence for node in assessment.of_kind("indicator")}
    asked = assessment.tier != "public" and POLICE in kinds and len(kinds) > 1
    return rank_changes(assessment, methodology, [POLICE]) if asked else None


def in_words(assessment: Assessment, code: str, told: Sequence[Told]) -> str:
    """The explanation as text to read or to print."""
    place = assessment.places.loc[code]
    within = f", {place['parent_name']}" if place["parent_name"] else ""
    head = f"{place['name']} ({code}{within}), {assessment.title}, {assessment.period}"
    notes = "\n".join([ARITHMETIC, *assessment.caveats])
    return "\n\n".join([head, *("\n".join(_paragraph(one)) for one in told), notes])


def as_data(assessment: Assessment, code: str, told: Sequence[Told]) -> dict[str, object]:
    """The explanation as plain values; nothing where there is no number."""
    place = assessment.places.loc[code]
    return {"code": code, "name": str(place["name"]), "level": assessment.level, "scores": [_data(one) for one in told], "note": ARITHMETIC}


def _told(assessment: Assessment, methodology: Methodology, found: Explanation, moved: pd.DataFrame | None) -> Told:
    node, code = found.node, found.code
    change = class_change(assessment, methodology, code, node.id)
    rows = [_row(assessment, found, name) for name in found.points.index]
    indicators = [row for row in rows if row.node.kind == "indicator"]
    return Told(
        found, change, _standing(assessment, change, code), _distance(found, assessment),
        tuple(row for row in rows if row.node.id in node.parts),
        tuple(sorted(indicators, key=lambda row: math.inf if math.isnan(row.points) else -abs(row.points))),
        _worst(assessment, node, code), tuple(_change(assessment, methodology, code, one) for one in change.next),
        {by: balance(assessment, node.id, by).to_dict() for by in BY}, banner(assessment, node.id),
        _without(assessment, node, code, moved), _panels(assessment, methodology, node, code),
    )  # fmt: skip


def _row(assessment: Assessment, found: Explanation, name: str) -> Row:
    node, table = assessment.node(name), assessment.numbers[name]
    middle = table["value"].median() if node.kind == "indicator" else found.middle[name]
    points, row = float(found.points[name]), table.loc[found.code]
    unit = f" {node.unit}" if node.unit and node.kind == "indicator" and not math.isnan(row["value"]) else ""
    stand_in = say("; a stand-in is counted") if row["status"] == "suppressed" and not math.isnan(points) else ""
    return Row(node, points, f"{_value(row, node)}{unit}{stand_in}", number(middle, node.digits))


def _value(row: pd.Series, node: Node) -> str:
    return number(row["value"], node.digits) if row["status"] in ("value", "zero") else STATUS[row["status"]]


def _standing(assessment: Assessment, change: ClassChange, code: str) -> str:
    node, row = change.node, assessment.numbers[change.node.id].loc[code]
    if math.isnan(change.score):
        return say("{title} has no score here: too little is known.", title=node.title)
    doubt = interval(row["low"], row["high"], node.digits)
    score = number(change.score, node.digits)
    said = say(IN_CLASS[node.up], title=node.title, score=f"{score} ({doubt})" if doubt else score, ends=_class(change))
    other = [end for end in (row["low"], row["high"]) if not math.isnan(end) and class_of(end) != class_of(change.score)]
    reached = [_ends(*limits_of(int(class_of(end)))) for end in other]
    if not reached:
        return said
    if len(reached) == 1:
        return said + " " + say("As surely as the data allow, it could as well be in {ends}.", ends=reached[0])
    return said + " " + say("As surely as the data allow, it could as well be in {ends} and {other}.", ends=reached[0], other=reached[1])


def _distance(found: Explanation, assessment: Assessment) -> str:
    if math.isnan(found.distance):
        return ""
    city, place = number(found.city, 2), number(found.median_place, 2)
    said = say(AWAY[_side(found.distance)], points=number(abs(found.distance), 2), city=city)
    return said + " " + say(MEDIAN_PLACE[_side(found.gap)], one=assessment.one, place=place, points=number(abs(found.gap), 2))


def _side(points: float) -> int:
    """1 above, -1 below, 0 where no two decimals show the difference."""
    return 0 if abs(points) < 0.005 else 1 if points > 0 else -1


def _worst(assessment: Assessment, node: Node, code: str) -> str:
    worst = worst_part(assessment, code, node.id) if assessment.tier != "public" else None
    if worst is None or len(node.parts) < 2:
        return ""
    return say(WORST[worst.up], title=worst.title, value=number(assessment.numbers[worst.id].at[code, "value"], worst.digits))


def _change(assessment: Assessment, methodology: Methodology, code: str, found: NextClass) -> Step:
    ends = _ends(found.low, found.high)
    goal = (
        say("The better class next to it is {ends}.", ends=ends)
        if found.better
        else say("The worse class next to it is {ends}.", ends=ends)
    )
    own = pd.Series({name: assessment.numbers[name].at[code, "scaled"] for name in found.alone.index}, dtype=float)
    order = (found.alone["score"] - own).abs().round(9).sort_values(kind="stable").index  # alike but for the last bits is alike
    listed = [_single(assessment, methodology, code, name, found.alone.loc[name]) for name in order[:SHOWN]]
    more = [say("and {count} more", count=len(order) - SHOWN)] if len(order) > SHOWN else []
    if math.isnan(found.together):
        together = say("All indicators at their best would not do.") if found.better else say("All indicators at their worst would not do.")
        return Step(goal, (*listed, *more), together)
    points = number(_outward(found.together, 0.0, 2), 2)
    return Step(goal, (*listed, *more), say(TOGETHER[found.better], points=points))


def _single(assessment: Assessment, methodology: Methodology, code: str, name: str, goal: pd.Series) -> str:
    node, row = assessment.node(name), assessment.numbers[name].loc[code]
    if math.isnan(goal["value"]):
        score, now = number(goal["score"], 1), number(row["scaled"], 1)
        return say("{title} at a score of {score} of 10 (now {now})", title=node.title, score=score, now=now)
    now = row["value"] if not math.isnan(row["value"]) else value_at(assessment, methodology, name, row["scaled"])
    enough = number(_outward(goal["value"], now, node.digits), node.digits)
    told = f"{_value(row, node)}; {node.unit}" if node.unit else _value(row, node)
    if goal["value"] < now:
        return say("{title} at {enough} or less (now {now})", title=node.title, enough=enough, now=told)
    return say("{title} at {enough} or more (now {now})", title=node.title, enough=enough, now=told)


def _outward(value: float, now: float, digits: int) -> float:
    """Rounded away from where it stands now, so that the rounded number is enough, and told apart from the one that stands there."""
    step, side = 10.0**-digits, -1.0 if value < now else 1.0
    rounded = side * math.ceil(side * value / step - 1e-6) * step
    return rounded + side * step if side * (rounded - now) < step / 2 else rounded


def _without(assessment: Assessment, node: Node, code: str, moved: pd.DataFrame | None) -> str:
    if moved is None or node.kind != "index" or POLICE not in balance(assessment, node.id):
        return ""
    if node.id not in moved or math.isnan(moved.at[code, node.id]):
        return say("Without police records it would have no score.")
    step, moves = moved.at[code, node.id], moved[node.id].dropna().abs()
    rank, many = assessment.numbers[node.id].at[code, "rank"], assessment.many
    gaps = {"rank": ordinal(rank), "count": len(moves), "changed": int((moves > 0).sum()), "many": many, "steps": number(moves.mean(), 1)}
    return say(WITHOUT_OTHER, other=ordinal(rank + step), **gaps) if step else say(WITHOUT_SAME, **gaps)


def _panels(assessment: Assessment, methodology: Methodology, node: Node, code: str) -> str:
    found = panel_ranks(assessment, methodology, node.id) if assessment.tier != "public" else None
    if found is None or math.isnan(found.agreed[code]):
        return ""
    low, high, count = found.low[code], found.high[code], int(found.agreed.notna().sum())
    groups = ", ".join(
        f"{panel.group}{f' ({people(panel.people)})' if panel.people else ''} {ordinal(found.by_group.at[code, panel.group])}"
        for panel in found.panels
    )
    gaps = {"count": count, "low": ordinal(low), "groups": groups, "agreed": ordinal(found.agreed[code])}
    if low == high:
        return say("Of {count}, it ranks {low} under the weights of every group: {groups}; by the agreed weights {agreed}.", **gaps)
    return say(
        "Of {count}, it ranks between {low} and {high}, by whose weights are taken: {groups}; by the agreed weights {agreed}.",
        high=ordinal(high), **gaps,
    )  # fmt: skip


def people(count: int) -> str:
    """So many people."""
    return say_many("{count} person", "{count} people", count)


def _class(change: ClassChange) -> str:
    return _ends(change.low, change.high)


def _ends(low: float, high: float) -> str:
    return interval(low, high, 0)


def _paragraph(one: Told) -> list[str]:
    lines = [one.standing]
    if not math.isnan(one.explanation.distance):
        parts = () if all(row.node.kind == "indicator" for row in one.parts) else one.parts
        lines += [
            one.distance,
            *_table("By part, in points", parts),
            *_table("By indicator, in points", one.indicators),
            *_sum(one.explanation),
            one.worst,
        ]
        lines += [*(step.sentences for step in one.changes), one.ranks_without, one.panels]
    shares = [f"by {what}: " + "; ".join(f"{name} {percent:.0f} %" for name, percent in one.balance[by].items()) for by, what in BY.items()]
    return [line for line in (*lines, f"! {one.banner}" if one.banner else "", *(f"Its weight {share}." for share in shares)) if line]


def _table(title: str, rows: Sequence[Row]) -> list[str]:
    return [f"{title}:", *(_line(row) for row in rows)] if rows else []


def _line(row: Row) -> str:
    if math.isnan(row.points):
        return f"  {'':>6}  {row.node.title}: not in the score ({row.words})"
    return f"  {signed(row.points):>6}  {row.node.title}: {row.words}, city's middle {row.middle}"


def _sum(found: Explanation) -> list[str]:
    named = [("rounding of scores on the way", found.rounding), ("from the median place to the city's median score", found.gap)]
    return [
        *(f"  {signed(points):>6}  {what}" for what, points in named if abs(points) >= 0.005),
        f"  {signed(found.distance):>6}  together: the distance from the city's median score",
    ]


def _data(one: Told) -> dict[str, object]:
    found, change = one.explanation, one.change
    return {
        "node": one.node.id, "title": one.node.title, "kind": one.node.kind, "up": one.node.up, "score": _known(found.score), "median_place": _known(found.median_place),
        "city_median": _known(found.city), "points": {name: _known(points) for name, points in found.points.items()}, "rounding": _known(found.rounding),
        "gap": _known(found.gap), "distance": _known(found.distance), "class": [_known(change.low), _known(change.high)],
        "next": [_next_data(side) for side in change.next], "worst": one.worst, "balance": one.balance, "banner": one.banner,
        "sentences": [line for line in (one.standing, one.distance, one.worst, *(step.sentences for step in one.changes), one.ranks_without, one.panels) if line],
    }  # fmt: skip


def _next_data(side: NextClass) -> dict[str, object]:
    alone = {name: {"score": _known(row["score"]), "value": _known(row["value"])} for name, row in side.alone.iterrows()}
    return {"class": [side.low, side.high], "better": side.better, "alone": alone, "together": _known(side.together)}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
