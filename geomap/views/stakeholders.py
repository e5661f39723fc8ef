"""Who works on which issue where: a matrix, its holes, and whom to call."""

import pandas as pd

from geomap.assessment.at_hand import ACTIVE, AtHand
from geomap.language import noted, say

CITY = noted("the whole city")
HOLE = noted("An empty cell says that nobody is listed, not that nobody is there: informal groups are seldom on a register.")


def matrix(there: AtHand, names: dict[str, str], issues: list[str]) -> pd.DataFrame:
    """Organisations (counts, each once) by place they are active in (rows, by name) and issue (columns). names: by code, of the places that count."""
    rows = there.partners[there.partners[ACTIVE].isin(["", *names]) & there.partners["issue"].isin(issues)]
    places = [*(CITY,) * bool((rows[ACTIVE] == "").any()), *names.values()]
    counted = rows.assign(place=rows[ACTIVE].map({**names, "": CITY})).drop_duplicates(["organisation", "place", "issue"])
    wide = pd.crosstab(counted["place"], counted["issue"]) if len(counted) else pd.DataFrame()
    return wide.reindex(index=places, columns=issues, fill_value=0).astype(int)


def holes(found: pd.DataFrame) -> tuple[str, ...]:
    """A sentence for each issue that nobody works on somewhere; one that says so where there is no hole."""
    if CITY in found.index:
        found = found.drop(index=CITY).add(found.loc[CITY], axis=1)
    said = [
        say(
            "{issue}: nobody is listed for {count} of {whole} ({names}).",
            issue=issue.replace("-", " ").capitalize(),
            count=str(len(empty)),
            whole=str(len(found)),
            names=", ".join(map(str, empty)),
        )
        for issue in found.columns
        if len(empty := found.index[found[issue] == 0])
    ]
    return tuple(said) or (say("Every issue has somebody listed everywhere."),)


def partners(there: AtHand, code: str, issue: str) -> pd.DataFrame:
    """The organisations that work on *issue* in *code*, those that lead first: organisation, kind, role and where."""
    rows = there.active(there.partners, code, [issue])
    shown = [name for name in ("organisation", "kind", "role") if name in rows]
    lead = rows["role"].ne("lead") if "role" in rows else pd.Series(0, index=rows.index)
    return rows.assign(_lead=lead).sort_values(["_lead", "organisation"])[shown].drop_duplicates().reset_index(drop=True)


def mechanisms(there: AtHand, *, issue: str = "", formality: str = "") -> pd.DataFrame:
    """What exists already, by issue and by whether it is formal; columns that say nothing are left out."""
    rows = there.mechanisms
    rows = rows[(rows["issue"] == issue) | (not issue)]
    rows = rows[(rows["formality"] == formality) | (not formality)]
    return rows.drop(columns=[name for name in rows if not rows[name].astype(bool).any()]).reset_index(drop=True)
