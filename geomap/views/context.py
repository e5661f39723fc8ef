"""An issue beside a condition: in words, as a scatter, as a map of what the line leaves, and as data. The sentence ASSOCIATION goes with each of them, always."""

import math
from collections.abc import Iterator

import numpy as np

from geomap.assessment.assessment import Assessment
from geomap.assessment.context import Context, Relation
from geomap.language import known, noted, say
from geomap.symbology.classes import SIGNS
from geomap.symbology.labelled import capital
from geomap.symbology.markup import for_html
from geomap.symbology.numbers import STATUS, number, p_value
from geomap.symbology.payload import Entry, MapPayload, withheld_entries

ASSOCIATION = noted("Association, not cause: places are compared, not people, and what both go with may be something else.")
CUTS = (-1.5, -0.5, 0.5, 1.5)
COLOURS = ("#2f5f87", "#9fc3d1", "#f0ece2", "#e0a17d", "#8f2d3c")
LABELS = (noted("far lower"), noted("lower"), noted("about as the line says"), noted("higher"), noted("far higher"))
TOGETHER = {
    0: noted("Among {count} {many} the two cannot be said to go together ({doubt})."),
    1: noted("Among {count} {many}, where one is higher the other tends to be higher ({doubt})."),
    -1: noted("Among {count} {many}, where one is higher the other tends to be lower ({doubt})."),
}
WIDE, HIGH, LEFT, BELOW = 420, 340, 56, 44  # as wide as the column it stands in, so that letters are as large as others


def residual_map(assessment: Assessment, found: Context) -> MapPayload:
    """Where the issue is higher or lower than the line through all places says, in standard deviations."""
    left, status = found.places["residual"], assessment.numbers[found.issue.id]["status"]
    step = np.searchsorted(CUTS, left.to_numpy())
    signs = [SIGNS.get(why, "M") if math.isnan(one) else str(at) for one, at, why in zip(left, step, status, strict=True)]
    counts = {sign: signs.count(sign) for sign in set(signs)}
    legend = [Entry(str(at), COLOURS[at], capital(say(LABELS[at])), counts.get(str(at), 0)) for at in reversed(range(len(LABELS)))]
    west, south, east, north = (float(side) for side in assessment.places.total_bounds)
    return MapPayload(
        title=say("{issue}, beside what {condition} says", issue=found.issue.title, condition=found.condition.title),
        legend_title=say("{issue} ({period}) beside the line with {condition}", issue=found.issue.title, period=found.issue.period, condition=found.condition.title),
        legend_note=say(ASSOCIATION), digits="".join(signs), faded="0" * len(signs), legend=(*legend, *withheld_entries(counts)), hover=tuple(_hover(found)),
        about=f"{found.issue.period}. {known(found.issue.caveats[0])}" if found.issue.caveats else found.issue.period, bounds=((south, west), (north, east)),
    )  # fmt: skip


def in_words(found: Context) -> str:
    """How far the two go together, here and at other levels, and what must be said with it."""
    lines = [
        say("{issue} beside {condition}, {period}.", issue=found.issue.title, condition=found.condition.title, period=found.issue.period),
        _sentence(found.relation),
        say(
            "Spatial error model: a standard deviation more of the one goes with {slope} of the other; neighbours share {shared} of what is left (λ).",
            slope=number(found.relation.slope, 2), shared=number(found.relation.shared, 2),
        ),
        *(say("At another level: {text}", text=_sentence(one)) for one in found.others), _levels(found),
        say(ASSOCIATION), *(f"! {known(caveat)}" for caveat in dict.fromkeys([*found.issue.caveats, *found.condition.caveats])),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def as_data(assessment: Assessment, found: Context) -> dict[str, object]:
    """The same as plain values; a number that is unknown is null."""
    rows = found.places.assign(name=assessment.places["name"]).reset_index(names="code").astype(object)
    relations = [{**vars(one), "r": vars(one.r)} for one in (found.relation, *found.others)]
    return {
        "issue": found.issue.id, "condition": found.condition.id, "level": assessment.level, "relations": relations, "note": ASSOCIATION, "words": in_words(found),
        "line": found.line.to_dict("list"), "places": rows.where(rows.notna(), None).to_dict("records"),
    }  # fmt: skip


def scatter(assessment: Assessment, found: Context) -> str:
    """A drawing (SVG) of all places with both numbers and the smooth line through them; its words are escaped."""
    both = found.places.dropna()
    (x0, x1), (y0, y1) = _ends(both["condition"]), _ends(both["issue"])

    def across(x: float) -> float:
        return round(LEFT + (x - x0) / (x1 - x0) * (WIDE - LEFT - 12), 1)

    def up(y: float) -> float:
        return round(HIGH - BELOW - (y - y0) / (y1 - y0) * (HIGH - BELOW - 12), 1)

    dots = "".join(
        f'<circle cx="{across(x)}" cy="{up(y)}" r="{1.2 if len(both) > 500 else 3}"/>'
        for x, y in zip(both["condition"], both["issue"], strict=True)
    )
    line = " ".join(f"{across(x)},{up(min(max(y, y0), y1))}" for x, y in zip(found.line["condition"], found.line["issue"], strict=True))
    label = for_html(
        say(
            "{count} {many}: {issue} against {condition}.",
            count=len(both),
            many=assessment.many,
            issue=found.issue.title,
            condition=found.condition.title,
        )
        + f" {_sentence(found.relation)} {say(ASSOCIATION)}"
    )
    ticks = [(LEFT, HIGH - BELOW + 16, "start", number(x0, found.condition.digits)), (WIDE - 12, HIGH - BELOW + 16, "end", number(x1, found.condition.digits)),
             (LEFT - 6, HIGH - BELOW, "end", number(y0, found.issue.digits)), (LEFT - 6, 22, "end", number(y1, found.issue.digits))]  # fmt: skip
    texts = "".join(
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="12" fill="#3f4b50">{for_html(text)}</text>'
        for x, y, anchor, text in ticks
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="100%" font-family="sans-serif" role="img" aria-label="{label}">'
        f'<path d="M{LEFT} 12V{HIGH - BELOW}H{WIDE - 12}" fill="none" stroke="#8d8a82"/><g fill="#0b5c6b" fill-opacity="0.4">{dots}</g>'
        f'<polyline points="{line}" fill="none" stroke="#8f2d3c" stroke-width="3"/>{texts}'
        f'<text x="{(WIDE + LEFT) / 2}" y="{HIGH - 10}" text-anchor="middle" font-size="13" fill="#1d2b30">{for_html(found.condition.title)} →</text>'
        f'<text x="16" y="{(HIGH - BELOW) / 2}" text-anchor="middle" font-size="13" fill="#1d2b30" transform="rotate(-90 16 {(HIGH - BELOW) / 2})">{for_html(found.issue.title)} →</text></svg>'
    )


def _sentence(one: Relation) -> str:
    r = one.r
    doubt = say(
        "r {r} ({low} to {high}), p {p}; being neighbours, these places are worth about {effective} independent ones",
        r=number(r.r, 2), low=number(r.low, 2), high=number(r.high, 2), p=p_value(r.p), effective=number(r.effective, 0),
    )  # fmt: skip
    return say(TOGETHER[one.sign], count=one.count, many=one.many, doubt=doubt)


def _levels(found: Context) -> str:
    """Whether the relation holds at the other levels; which areas are taken can make one, or undo it."""
    if not found.others:
        return say("The edition has no other level with enough places, so whether the relation depends on the areas taken cannot be said.")
    if all(one.sign == found.relation.sign for one in found.others):
        return say("The same can be said at the other level(s).")
    if all(one.r.r * found.relation.r.r > 0 for one in found.others):
        return say("It points the same way at every level, but cannot be told from none at each of them.")
    return say("It depends on which areas are taken: the levels do not say the same, so it is not to be read as a fact of either.")


def _ends(numbers: object) -> tuple[float, float]:
    low, high = float(np.min(numbers)), float(np.max(numbers))
    return low, high if high > low else low + 1


def _hover(found: Context) -> Iterator[str]:
    for row in found.places.itertuples():
        if math.isnan(row.residual):
            yield STATUS["missing"]
        else:
            kind = say(LABELS[int(np.searchsorted(CUTS, row.residual))])
            yield say(
                "{value} where the condition is {condition}: {kind}",
                value=number(row.issue, found.issue.digits), condition=number(row.condition, found.condition.digits), kind=kind,
            )  # fmt: skip
