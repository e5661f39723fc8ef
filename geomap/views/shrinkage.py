"""A place's own answers beside what a model makes of them, and how far it pulled."""

import math

import pandas as pd

from geomap.language import known, noted, say
from geomap.symbology.numbers import interval, number, signed

FEW, NO_MODEL = noted("too few answers to show"), noted("no model")


def side_by_side(answers: pd.DataFrame, question: str, level: str) -> pd.DataFrame:
    """Per place of *level* (its code the index), in the last period: own answers, model and what is shown in words, the weight of its own answers (γ), and what must be said.

    Rows run from those that are pulled most; places without a model come last.
    """
    rows = answers[(answers["question"] == question) & (answers["level"] == level) & (answers["by"] == "") & (answers["answer"] == "")]
    rows = rows[rows["period"] == answers["period"].max()].set_index("code")
    rows = rows.assign(pulled=rows["modelled"] - rows["direct"]).sort_values("pulled", key=lambda gap: -gap.abs())
    return pd.DataFrame(
        {
            say("own answers"): _words(rows, "direct", say(FEW)), say("answers"): rows["n"], say("modelled"): _words(rows, "modelled", say(NO_MODEL)),
            say("pulled by"): [say("{points} points", points=signed(gap, 0)) if not math.isnan(gap) else "–" for gap in rows["pulled"]],
            say("weight of its own answers"): [number(weight, 2) for weight in rows["own"]], say("shown"): rows["shown"].map(say), say("to know"): rows["flags"].fillna("").map(lambda flags: known(flags.rstrip("; "))),
        }
    )  # fmt: skip


def _words(rows: pd.DataFrame, name: str, none: str) -> list[str]:
    sides = zip(rows[name], rows[f"{name}_low"], rows[f"{name}_high"], strict=True)
    return [
        say("{share} % ({interval})", share=number(value, 0), interval=interval(low, high, 0)) if not math.isnan(value) else none
        for value, low, high in sides
    ]
