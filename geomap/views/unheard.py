"""Who has not been heard, in words; and a survey's scales for the city and its groups."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.symbology.labelled import Words, labelled_map
from geomap.symbology.numbers import interval, number
from geomap.symbology.payload import MapPayload

CANNOT_ADD = "Weighting raises the answers of those who were reached; it cannot add the views of those who were not."
COLOURS = {
    "nobody": "#7d3c3c",
    "not heard enough": "#c9825f",
    "heard": "#d9d3c4",
    "heard more than others": "#3d8588",
    "cannot tell": "#efece4",
}


def coverage_map(assessment: Assessment, who: pd.DataFrame, title: str) -> MapPayload:
    """Where people were heard as often as they live there, less, or not at all."""
    rows = who[who["kind"] == assessment.level].drop_duplicates("code").set_index("code").reindex(assessment.places.index)
    hover = [
        f"{row['heard']}: {_ratio(row)} of their share" if isinstance(row["heard"], str) else "nobody lives here"
        for _, row in rows.iterrows()
    ]
    words = Words(
        f"Who was heard: {title}", f"{title}, by {assessment.one}", "Hatched: too few answers to tell, or nobody lives there.", CANNOT_ADD
    )
    return labelled_map(assessment.places, rows["heard"], COLOURS, words, hover)


def sentences(who: pd.DataFrame, names: dict[str, str]) -> tuple[str, ...]:
    """One for all places or groups of a kind that nobody was heard from, then one for each that was not heard enough. names: of places by code."""
    nobody = who[who["heard"] == "nobody"].groupby("variable", sort=False)
    few = who[who["heard"] == "not heard enough"]
    said = (*(_nobody(str(name), rows, names) for name, rows in nobody), *(_sentence(row, names) for _, row in few.iterrows()))
    return (*said, CANNOT_ADD) if said else ("Every group and place that is known of was heard.",)


def _nobody(variable: str, rows: pd.DataFrame, names: dict[str, str]) -> str:
    listed = ", ".join(names.get(code, code) for code in rows["code"])
    return f"Nobody was heard from {len(rows):,} of the {variable.replace('_', ' ')} ({number(float(rows['people'].sum()), 0)} residents): {listed}."


def table(who: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Who, answers, residents, the ratio with its interval in words, and how they were heard; those nobody heard first."""
    ratio = [_ratio(row) for _, row in who.iterrows()]
    return pd.DataFrame(
        {
            "of": who["variable"].str.replace("_", " "), "who": who["code"].map(lambda code: names.get(code, code)), "answers": who["answered"],
            "residents": who["people"], "ratio": ratio, "heard": who["heard"],
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
            "scale": pillars["title"], "by": pillars["by"].str.replace("_", " "), "who": pillars["group"].map(lambda code: names.get(code, code)),
            "mean score": score, "from": pillars["lowest"], "to": pillars["highest"], "alpha": pillars["alpha"].round(2), "answers": pillars["n"],
            "note": pillars["note"],
        }
    )  # fmt: skip


def _ratio(row: "pd.Series[object]") -> str:
    if row["ratio"] != row["ratio"]:
        return f"under {number(float(row['high']), 2)}"
    return f"{number(float(row['ratio']), 2)} ({interval(float(row['low']), float(row['high']), 2)})"


def _sentence(row: "pd.Series[object]", names: dict[str, str]) -> str:
    code = str(row["code"])
    whom = names.get(code, f"{str(row['variable']).replace('_', ' ')} {code}")
    if row["ratio"] != row["ratio"]:
        return f"{whom}: so few answers that their number is withheld, for {number(float(row['people']), 0)} residents."
    return f"{whom}: {number(float(row['answered']), 0)} answers for {number(float(row['people']), 0)} residents, {number(float(row['ratio']), 2)} ({interval(float(row['low']), float(row['high']), 2)}) of their share."
