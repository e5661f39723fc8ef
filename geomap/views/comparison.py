"""Two to five neighbourhoods side by side: their numbers, which can be told apart, and how surely one needs attention more than another."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.worse import surest, told_apart
from geomap.language import noted, percent, say
from geomap.symbology.numbers import STATUS, interval, number

SAME = noted("cannot be told apart")
UNKNOWN = noted("cannot be compared")
NEVER = 0.001  # draws cannot tell a smaller chance from none


def compare(assessment: Assessment, codes: Sequence[str], worse: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """A row per index, domain and indicator: kind, id, title, unit, one column a code with value and interval in words, and verdict.

    worse: what *worse_than* found for the same codes. A verdict names every pair that can be told apart, all pairs of the row looked at together.
    """
    names = assessment.places["name"].reindex(list(codes)).tolist()
    return pd.DataFrame([_row(assessment, node, codes, names, worse[node.id]) for node in assessment.nodes])


def chances(assessment: Assessment, node_id: str, codes: Sequence[str], worse: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """How surely the place of the row needs attention more than that of the column, in words, by name; empty on the diagonal and where one has no number."""
    names = assessment.places["name"].reindex(list(codes)).tolist()
    labels = [name if names.count(name) == 1 else f"{name} · {code}" for name, code in zip(names, codes, strict=True)]
    words = [["" if np.isnan(chance) else in_hundred(chance) for chance in row] for row in worse[node_id]]
    return pd.DataFrame(words, index=labels, columns=labels)


def really_worse(assessment: Assessment, node_id: str, codes: Sequence[str], worse: Mapping[str, np.ndarray]) -> str:
    """The answer in a sentence to "is the first really worse than the second?", and for more places how many pairs can be told apart."""
    node, found = assessment.node(node_id), worse[node_id]
    names = assessment.places["name"].reindex(list(codes)).tolist()
    if len(codes) > 2:
        apart, pairs = len(told_apart(found)), len(codes) * (len(codes) - 1) // 2
        return say(
            "{apart} of {pairs} pairs can be told apart by {title}. With so many pairs a single one counts only where it is at least {least} sure, so that all of them together are wrong at most once in twenty.",
            apart=apart, pairs=pairs, title=node.title, least=percent(100 * surest(len(codes)), 2),
        )  # fmt: skip
    if np.isnan(found[0, 1]):
        return say(
            "{one} and {other} cannot be compared by {title}: one of them has no number.", one=names[0], other=names[1], title=node.title
        )
    one, other = (0, 1) if found[0, 1] >= 0.5 else (1, 0)
    chance = in_hundred(found[one, other])
    if told_apart(found):
        return say(
            "{one} needs attention more than {other} by {title}: {chance} sure.",
            one=names[one],
            other=names[other],
            title=node.title,
            chance=chance,
        )
    return say(
        "{one} may need attention more than {other} by {title}, but the data are only {chance} sure of it: the two cannot be told apart.",
        one=names[one], other=names[other], title=node.title, chance=chance,
    )  # fmt: skip


def in_hundred(chance: float) -> str:
    """A probability in words; no draw is so sure that it would be certain."""
    if chance < NEVER:
        return say("under {share}", share=percent(100 * NEVER, 1))
    if chance > 1 - NEVER:
        return say("over {share}", share=percent(100 * (1 - NEVER), 1))
    return percent(100 * chance, 0 if 0.01 < chance < 0.99 else 1)


def _row(assessment: Assessment, node: Node, codes: Sequence[str], names: Sequence[str], worse: np.ndarray) -> dict[str, str]:
    table = assessment.numbers[node.id]
    values = {code: _words(table.loc[code], node) for code in codes}
    return {"kind": node.kind, "id": node.id, "title": node.title, "unit": node.unit, **values, "verdict": _verdict(names, worse)}


def _words(row: pd.Series, node: Node) -> str:
    if row["status"] not in ("value", "zero"):
        return say(STATUS[row["status"]])
    doubt = interval(row["low"], row["high"], node.digits)
    return number(row["value"], node.digits) + (f" ({doubt})" if doubt else "")


def _verdict(names: Sequence[str], worse: np.ndarray) -> str:
    if np.isnan(worse[~np.eye(len(worse), dtype=bool)]).all():
        return say(UNKNOWN)
    apart = told_apart(worse)
    lines = [say("{one} needs attention more than {other}", one=names[one], other=names[other]) for one, other in apart]
    return "; ".join(lines) if lines else say(SAME)
