"""What people said, as tables and sentences: by institution, by group, over the years, and of one place."""

import math

import pandas as pd

from geomap.assessment.assessment import NOT_REVIEWED, SURVEY_NOT_REVIEWED
from geomap.language import known, noted, say
from geomap.symbology.numbers import interval, number

CITY = "city"
CITY_WORD = noted("city")
WITHHELD = noted("too few answers to show")
SUMMED = noted("Several answers could be given, so shares add up to more than 100 %.")
MOST_NAMED = 3


def in_words(row: "pd.Series[object]") -> str:
    """A share with its interval, and whether it is modelled: "41 % (33 to 49)"."""
    value = float(row["value"])
    if math.isnan(value):
        return say(WITHHELD)
    doubt = interval(float(row["low"]), float(row["high"]), 0)
    if str(row["shown"]) == "modelled":
        return say("{share} % ({interval}, modelled)", share=number(value, 0), interval=doubt)
    return say("{share} % ({interval})", share=number(value, 0), interval=doubt)


def latest(answers: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last period."""
    return answers[answers["period"] == answers["period"].max()]


def by_place(answers: pd.DataFrame, level: str) -> pd.DataFrame:
    """Questions (rows, by their wording) times places (columns) of *level* in the last period, the city first; shares in words."""
    rows = latest(answers)
    rows = rows[rows["level"].isin([CITY, level]) & (rows["by"] == "") & (rows["answer"] == "")]
    return _wide(rows, rows["code"].where(rows["level"] == level, say(CITY_WORD)))


def by_group(answers: pd.DataFrame, by: str, *, level: str = CITY, code: str = CITY) -> pd.DataFrame:
    """Questions times the groups of *by*, in the city or in one place, in the last period; a mean over groups is never given alone."""
    rows = latest(answers)
    rows = rows[(rows["level"] == level) & (rows["code"] == code) & rows["by"].isin(["", by]) & (rows["answer"] == "")]
    return _wide(rows, rows["group"].where(rows["by"] == by, say("all")))


def over_time(answers: pd.DataFrame, question: str, *, level: str = CITY) -> pd.DataFrame:
    """Period, place, value, low, high and how it is shown, of one question whose wording stayed the same; modelled values are left out.

    A modelled value borrows from the other places, so a line through it would show their change as its own.
    """
    rows = answers[(answers["question"] == question) & (answers["level"] == level) & (answers["by"] == "") & (answers["answer"] == "")]
    kept = rows[rows["shown"] == "direct"]
    return kept[["period", "code", "value", "low", "high", "n", "shown"]].sort_values(["code", "period"]).reset_index(drop=True)


def reasons(answers: pd.DataFrame, question: str, *, level: str = CITY, code: str = CITY) -> pd.DataFrame:
    """The coded answers that explain *question*, or those to a question of several answers itself, most named first."""
    rows = latest(answers)
    rows = rows[((rows["explains"] == question) | (rows["question"] == question)) & (rows["answer"] != "") & (rows["by"] == "")]
    rows = rows[(rows["level"] == level) & (rows["code"] == code)].sort_values("value", ascending=False)
    return pd.DataFrame({"answer": rows["answer"], "share": [in_words(row) for _, row in rows.iterrows()], "n": rows["n"]}).reset_index(
        drop=True
    )


def of_place(answers: pd.DataFrame, level: str, code: str) -> tuple[str, ...]:
    """What people said in one place: a sentence for each question about an institution, with the reasons named most, in the city where here are too few.

    The last sentence says so where nobody but its owner has looked at how the survey was made.
    """
    rows = latest(answers)
    rows = rows[
        (rows["level"] == level) & (rows["code"] == code) & (rows["by"] == "") & (rows["answer"] == "") & (rows["institution"] != "")
    ]
    return (*(_sentence(row, answers, level, code) for _, row in rows.iterrows()), *not_reviewed(rows))


def not_reviewed(answers: pd.DataFrame) -> tuple[str, ...]:
    """A sentence where nobody but its owner has looked at how the survey was made, else nothing."""
    return (known(NOT_REVIEWED),) if answers["flags"].fillna("").str.contains(SURVEY_NOT_REVIEWED, regex=False).any() else ()


def _sentence(row: "pd.Series[object]", answers: pd.DataFrame, level: str, code: str) -> str:
    institution, issue, said = str(row["institution"]), str(row["issue"]).replace("-", " "), in_words(row)
    if said == say(WITHHELD):
        told = say("{title}: {text}.", title=institution, text=said)
        return say("On {issue}, {text}", issue=issue, text=told) if row["issue"] else told
    why = reasons(answers, str(row["question"]), level=level, code=code)
    head = say("{share} trust {institution}", share=said, institution=institution)
    head = say("On {issue}, {text}", issue=issue, text=head) if row["issue"] else head
    if len(why) and (why["share"] != say(WITHHELD)).any():
        named = ", ".join(why["answer"].head(MOST_NAMED))
        return say("{text}; main reasons given by those who do not: {reasons}.", text=head, reasons=named)
    named = ", ".join(reasons(answers, str(row["question"]))["answer"].head(MOST_NAMED))
    return say("{text}; main reasons given in the city by those who do not: {reasons}.", text=head, reasons=named) if named else f"{head}."


def _wide(rows: pd.DataFrame, columns: pd.Series) -> pd.DataFrame:
    cells = pd.DataFrame({"question": rows["wording"], "column": columns, "cell": [in_words(row) for _, row in rows.iterrows()]})
    order = list(dict.fromkeys(cells["column"]))
    wide = cells.set_index(["question", "column"])["cell"].unstack()  # noqa: PD010  cells are words, so nothing is to be aggregated
    return wide.reindex(index=list(dict.fromkeys(cells["question"])), columns=order)
