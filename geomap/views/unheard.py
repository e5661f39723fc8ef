"""Who has not been heard, in words; and a survey's scales for the city and its groups."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.language import known, noted, say
from geomap.symbology.labelled import Words, labelled_map
from geomap.symbology.numbers import interval, number
from geomap.symbology.payload import MapPayload

CANNOT_ADD = noted("Weighting raises the answers of those who were reached; it cannot add the views of those who were not.")
COLOURS = {
    noted("nobody"): "#7d3c3c",
    noted("not heard enough"): "#c9825f",
    noted("heard"): "#d9d3c4",
    noted("heard more than others"): "#3d8588",
    noted("cannot tell"): "#efece4",
}


def coverage_map(assessment: Assessment, who: pd.DataFrame, title: str) -> MapPayload:
    """Where people were heard as often as they live there, less, or not at all."""
    rows = who[who["kind"] == assessment.level].drop_duplicates("code").set_index("code").reindex(assessment.places.index)
    hover = [
        say("{heard}: {ratio} of their share", heard=say(row["heard"]), ratio=_ratio(row))
        if isinstance(row["heard"], str)
        else say("nobody lives here")
        for _, row in rows.iterrows()
    ]
    words = Words(
        say("Who was heard: {title}", title=title),
        say("{title}, by {one}", title=title, one=assessment.one),
        say("Hatched: too few answers to tell, or nobody lives there."),
        say(CANNOT_ADD),
    )
    return labelled_map(assessment.places, rows["heard"], COLOURS, words, hover)


def sentences(who: pd.DataFrame, names: dict[str, str]) -> tuple[str, ...]:
    """One for all places or groups of a kind that nobody was heard from, then one for each that was not heard enough. names: of places by code."""
    nobody = who[who["heard"] == "nobody"].groupby("variable", sort=False)
    few = who[who["heard"] == "not heard enough"]
    said = (*(_nobody(str(name), rows, names) for name, rows in nobody), *(_sentence(row, names) for _, row in few.iterrows()))
    if said:
        return (*said, say(CANNOT_ADD))
    unsure = int((who["heard"] == "cannot tell").sum())
    if unsure:
        return (say("Nobody is known to be unheard; of {count} group(s) or place(s) it cannot be told.", count=unsure),)
    return (say("Every group and place that is known of was heard."),)


def _nobody(variable: str, rows: pd.DataFrame, names: dict[str, str]) -> str:
    listed = ", ".join(names.get(code, code) for code in rows["code"])
    return say(
        "Nobody was heard from {count} of the {variable} ({people} residents): {names}.",
        count=len(rows), variable=variable.replace("_", " "), people=number(float(rows["people"].sum()), 0), names=listed,
    )  # fmt: skip


def table(who: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Who, answers, residents, the ratio with its interval in words, and how they were heard; those nobody heard first."""
    ratio = [_ratio(row) for _, row in who.iterrows()]
    return pd.DataFrame(
        {
            say("of"): who["variable"].str.replace("_", " "), say("who"): who["code"].map(lambda code: names.get(code, code)), say("answers"): who["answered"],
            say("residents"): who["people"], say("ratio"): ratio, say("heard"): who["heard"].map(say),
        }
    )  # fmt: skip


def scales(pillars: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Scale, for whom, mean score with its interval in words, Cronbach's alpha, answers, and what must be said of the row."""
    score = [
        f"{number(row['mean'], 1)} ({interval(row['low'], row['high'], 1)})" if row["status"] == "value" else "–"
        for _, row in pillars.iterrows()
    ]
    return pd.DataFrame(
        {
            say("scale"): pillars["title"], say("by"): pillars["by"].str.replace("_", " "), say("who"): pillars["group"].map(lambda code: names.get(code, code)),
            say("mean score"): score, say("from"): pillars["lowest"], say("to"): pillars["highest"], say("alpha"): pillars["alpha"].round(2), say("answers"): pillars["n"],
            say("note"): pillars["note"].map(known),
        }
    )  # fmt: skip


def _ratio(row: "pd.Series[object]") -> str:
    if row["ratio"] != row["ratio"]:
        return say("under {high}", high=number(float(row["high"]), 2))
    return f"{number(float(row['ratio']), 2)} ({interval(float(row['low']), float(row['high']), 2)})"


def _sentence(row: "pd.Series[object]", names: dict[str, str]) -> str:
    code = str(row["code"])
    whom = names.get(code, f"{str(row['variable']).replace('_', ' ')} {code}")
    if row["ratio"] != row["ratio"]:
        return say(
            "{name}: {ratio} of their share, for {people} residents; how many answered is withheld.",
            name=whom, ratio=_ratio(row), people=number(float(row["people"]), 0),
        )  # fmt: skip
    return say(
        "{name}: {answers} answers for {people} residents, {ratio} of their share.",
        name=whom, answers=number(float(row["answered"]), 0), people=number(float(row["people"]), 0), ratio=_ratio(row),
    )  # fmt: skip
