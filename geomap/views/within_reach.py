"""Which mechanisms exist for an issue, for some people, of a kind, within so many minutes on foot of here, and where there is nothing."""

from dataclasses import replace

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.at_hand import AtHand
from geomap.assessment.protects import Protects, Question, Reached, within_reach
from geomap.language import noted, say
from geomap.symbology.labelled import Words, labelled_map
from geomap.symbology.numbers import number
from geomap.symbology.payload import MapPayload

FORMAL_NEAR, ONLY_INFORMAL, NOTHING, UNKNOWN = (
    noted("something formal within reach"), noted("only informal or shielded, in the place itself"), noted("nothing within reach"), noted("cannot be told"),
)  # fmt: skip
COLOURS = {FORMAL_NEAR: "#2f7f86", ONLY_INFORMAL: "#a9cfc9", NOTHING: "#b3541e", UNKNOWN: "#efece4"}
STREETS = noted("Ways go along streets, from the middle of each place, at 4.8 km an hour.")
STRAIGHT = noted("Ways are straight lines from the middle of each place at 4.8 km an hour; along streets it takes longer.")
REGISTERED = noted(
    "Only what is registered is found, and what does not say for whom or on which issue is taken to fit; where nothing is found, ask before building."
)
LISTED = ("what", "kind", "minutes", "where", "run_by", "audience", "opening", "capacity", "formality", "listed_by", "checked")


def reach_labels(found: Reached) -> pd.Series:
    """What there is for each place, in words, by code."""
    here = found.here
    return pd.Series(NOTHING, index=here.index).mask(here["informal"] > 0, ONLY_INFORMAL).mask(here["formal"] > 0, FORMAL_NEAR)


def reach_map(assessment: Assessment, found: Reached) -> MapPayload:
    """The places by what is within reach."""
    rows = zip(reach_labels(found), found.here.itertuples(), strict=True)
    hover = [
        say(
            "{label}: {formal} formal, {informal} informal or shielded",
            label=say(label),
            formal=int(row.formal),
            informal=int(row.informal),
        )
        + ("" if pd.isna(row.nearest) else "; " + say("the nearest at {minutes} minutes", minutes=number(row.nearest, 0)))
        for label, row in rows
    ]
    colours = {say(label): colour for label, colour in COLOURS.items()}
    title = say("Within {minutes} minutes on foot", minutes=number(found.asked.minutes, 0))
    words = Words(title, title, say(STREETS if found.streets else STRAIGHT), say(REGISTERED))
    return labelled_map(assessment.places, reach_labels(found).map(say), colours, words, hover)


def reach_list(assessment: Assessment, found: Reached, there: AtHand, protects: Protects, code: str) -> pd.DataFrame:
    """What fits and is within reach of *code*, nearest first: the columns LISTED. Mechanisms of the register that are active there come after, without minutes."""
    places, asked = assessment.places["name"], found.asked
    near = found.pairs[found.pairs["code"] == code].merge(found.fitting, on="id", suffixes=("_from", ""))
    unpinned = found.fitting[found.fitting["longitude"].isna()]
    own = unpinned[protects.placed(unpinned, places.index) == code]
    rows = pd.concat([near.assign(minutes=near["minutes"].round(1)), own.assign(minutes=float("nan"))], ignore_index=True)
    at = protects.placed(rows, places.index)
    rows = rows.assign(what=rows["name"].where(rows["name"] != "", rows["kind"]), where=at.map(places).fillna(""))
    return pd.concat([rows[list(LISTED)], _registered(there, code, asked)], ignore_index=True)


def reach_words(assessment: Assessment, found: Reached, listed: pd.DataFrame, protects: Protects, code: str) -> str:
    """The answer for *code* and for the city, in sentences; an empty one says what to widen."""
    name = str(assessment.places.at[code, "name"])
    minutes = number(found.asked.minutes, 0)
    lines = [say("{count} found for {name} within {minutes} minutes on foot.", count=len(listed), name=name, minutes=minutes)]
    if listed.empty:
        lines = [
            say("Nothing is found for {name} within {minutes} minutes on foot.", name=name, minutes=minutes),
            *_widen(assessment, found, protects, code),
        ]
    labels = reach_labels(found)
    for label in (FORMAL_NEAR, ONLY_INFORMAL, NOTHING):
        some = found.here[labels == label]
        living = some["people"].sum(min_count=1)
        told = "" if pd.isna(living) else say(", where {people} people live", people=number(living, 0))
        lines.append(
            say(
                "{label}: {count} of {whole} {many}{people}.",
                label=say(label).capitalize(),
                count=len(some),
                whole=len(labels),
                many=assessment.many,
                people=told,
            )
        )
    return "\n".join([*lines, say(STREETS if found.streets else STRAIGHT), say(REGISTERED)])


def reach_table(assessment: Assessment, found: Reached) -> pd.DataFrame:
    """A row a place: code, name, what is within reach, how many formal and informal, minutes to the nearest, people."""
    table = found.here.assign(name=assessment.places["name"], within_reach=reach_labels(found), nearest=found.here["nearest"].round(1))
    return table.reset_index(names="code")[["code", "name", "within_reach", "formal", "informal", "nearest", "people"]]


def _registered(there: AtHand, code: str, asked: Question) -> pd.DataFrame:
    """The mechanisms of the register that are active in *code*; they tell neither kind nor people, so a question for either is not theirs to answer."""
    if asked.kind or asked.people or there.mechanisms.empty:
        return pd.DataFrame(columns=list(LISTED))
    rows = there.active(there.mechanisms, code, [asked.issue] if asked.issue else set(there.mechanisms["issue"]))
    told = pd.DataFrame({name: rows.get(name, "") for name in LISTED}, index=rows.index)
    opening = rows["meets"] if "meets" in rows else told["opening"]
    return told.assign(
        what=rows["name"],
        kind=say("mechanism"),
        minutes=float("nan"),
        opening=opening,
        where=rows["active_in"].replace("", say("the whole city")),
    )


def _widen(assessment: Assessment, found: Reached, protects: Protects, code: str) -> list[str]:
    """What would find something: more minutes, or one condition less."""
    asked, lines = found.asked, []
    nearest = found.here.at[code, "nearest"]
    if not pd.isna(nearest):
        lines.append(say("The nearest that fits is {minutes} minutes away; widen the minutes.", minutes=number(nearest, 0)))
    for name, word in (("issue", say("any issue")), ("people", say("anybody")), ("kind", say("any kind"))):
        if getattr(asked, name):
            wider = replace(asked, **{name: ""})
            count = int(within_reach(assessment, protects, wider).here.loc[code, ["formal", "informal"]].sum())
            if count:
                lines.append(say("With {word} there would be {count}.", word=word, count=count))
    return lines or [say("Nothing of the kind is registered nearby, whatever is asked; ask who knows the place.")]
