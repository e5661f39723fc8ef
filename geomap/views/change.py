"""The change between two editions: a map of four labels, a table, words."""

from typing import Any

import numpy as np
import pandas as pd

from geomap.editions.change import BETTER, LABELS, UNKNOWN, UNSEEN, WORSE, counted
from geomap.editions.comparison import Comparison
from geomap.editions.difference import WORDS
from geomap.language import known, noted, say
from geomap.symbology.labelled import capital
from geomap.symbology.numbers import interval, number, signed
from geomap.symbology.payload import Entry, MapPayload

COLOURS = {WORSE: "#9f4d45", UNSEEN: "#d9d3c4", BETTER: "#3d8588", UNKNOWN: "#efece4"}
SIGNS = {WORSE: "2", UNSEEN: "1", BETTER: "0", UNKNOWN: "M"}
NOTE = noted("Of the places that are called better or worse, at most one in twenty is so by chance.")
MOST = 10


def change_map(found: Comparison, name: str) -> MapPayload:
    """The map of the change of *name* by its four labels; ComparisonError where there is no difference to show."""
    node, table = found.new.node(name), found.change(name)
    west, south, east, north = found.new.places.total_bounds
    told = counted(table)
    legend = tuple(Entry(SIGNS[label], COLOURS[label], capital(say(label)), told[label], hatched=label == UNKNOWN) for label in LABELS)
    return MapPayload(
        title=say("Change of {title}", title=node.title), legend_title=say("{title}, {first} to {last}", title=node.title, first=found.periods[0], last=found.periods[1]), legend_note=say(NOTE),
        digits="".join(SIGNS[label] for label in table["label"]), faded="0" * len(table), legend=legend, hover=tuple(map(_line, table.to_dict("records"))),
        about=say("Grade {grade}, {words}.", grade=found.grade_of(name), words=known(WORDS[found.grade_of(name)])), bounds=((float(south), float(west)), (float(north), float(east))),
    )  # fmt: skip


def change_rows(found: Comparison, name: str) -> pd.DataFrame:
    """A row a place, the surest changes first: code, name, both numbers, the change with its interval, its probability, its label and its parts."""
    table = found.change(name).join(found.split(name))
    table.insert(0, "name", found.new.places["name"])
    order = np.lexsort((-table["change"].abs().fillna(-1).to_numpy(), -table["p_real"].fillna(-1).to_numpy()))
    return table.iloc[order].rename_axis("code").reset_index()


def as_data(found: Comparison, names: list[str]) -> dict[str, Any]:
    """The comparison as plain values: grade, differences, and for each of *names* its grade, and its changes where there are any."""
    numbers = {}
    for name in names:
        grade = found.grade_of(name)
        numbers[name] = {"grade": grade, "reasons": [one.sentence for one in found.reasons(name)]}
        if grade != "C":
            rows = change_rows(found, name)
            numbers[name] |= {"counts": counted(rows), "places": rows.astype(object).where(rows.notna(), None).to_dict("records")}
    differences = [vars(one) | {"nodes": list(one.nodes)} for one in found.differences]
    return {"grade": found.grade, "periods": list(found.periods), "differences": differences, "numbers": numbers}


def in_words(found: Comparison, names: list[str]) -> str:
    """The comparison in sentences: the grade, what differs and what to do, then what moved."""
    lines = [f"{found.periods[0]} and {found.periods[1]}, by {found.new.many}: grade {found.grade}, {WORDS[found.grade]}."]
    lines += [_told(one.sentence, one.remedy, one.effect) for one in found.differences] or ["Nothing differs but the data."]
    for name in names:
        lines += ["", *_number(found, name)]
    return "\n".join(lines)


def _told(sentence: str, remedy: str, effect: str) -> str:
    mark = {"none": "-", "bridge": "~", "break": "x"}[effect]
    return f"  {mark} {sentence}" + (f"\n      {remedy}" if remedy else "")


def _number(found: Comparison, name: str) -> list[str]:
    title, grade = found.new.node(name).title, found.grade_of(name)
    if grade == "C":
        return [f"{title}: grade C. No difference is shown."]
    rows = change_rows(found, name)
    counts = "; ".join(f"{count:,} {label}" for label, count in counted(rows).items())
    moved = rows[rows["label"].isin([BETTER, WORSE])].head(MOST)
    lines = [
        f"  {row['name']} ({row['code']}): {_line(row)}, {row['p_real']:.1%} sure of its direction" for row in moved.to_dict("records")
    ]
    parts = found.split(name)[["data", "method", "boundary", "revision"]].mean()
    means = ", ".join(f"{part} {signed(value, 3)}" for part, value in parts.items())
    return [f"{title}: grade {grade}. {counts}.", f"  On average the published number moved by {means}.", *lines]


def _line(row: dict[str, Any]) -> str:
    if row["label"] == UNKNOWN:
        return say(UNKNOWN)
    digits = 2
    return say(
        "{old} → {new}: {change} ({interval}), {label}",
        old=number(row["old"], digits), new=number(row["new"], digits), change=signed(row["change"], digits),
        interval=interval(row["low"], row["high"], digits), label=say(row["label"]),
    )  # fmt: skip
