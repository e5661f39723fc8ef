"""A planner's list: which places, for which reasons, how sure, what exists there already, and who to call."""

import math

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.at_hand import AtHand
from geomap.assessment.balance import nominal_weights
from geomap.assessment.trust_badge import badges
from geomap.language import known, noted, say
from geomap.scoring.scale import TOP
from geomap.symbology.numbers import fifth_in_words, interval, number

REASONS = 3
NOTHING, NOBODY, NONE_LISTED = noted("nothing stands out beyond chance"), noted("nobody on the register"), noted("none on the register")
READ = noted(
    "Reasons are what the score is made of where the whole interval is on the worse side of the city's median; they say what goes together with it, not what brought it about. Places stand in the order of the score, but only the ranks from and to say how sure that order is."
)
READ_PUBLIC = noted(
    "Reasons are what the score is made of where the whole interval is on the worse side of the city's median. Places stand in the order of their names."
)


def priorities(assessment: Assessment, node_id: str, there: AtHand) -> pd.DataFrame:
    """A row a place: code, name, within, score with its interval, rank from and to (in a public edition the fifth), trust A to D, reasons, issues, mechanisms, partners.

    Those that need attention most first, never with a rank that stands alone; in a public edition by name. reasons: at most three indicators, those that add
    most to the score first, each beyond doubt on the worse side of the city's median.
    """
    node, table, places = assessment.node(node_id), assessment.numbers[node_id], assessment.places
    order, named = _reasons(assessment, node_id)
    titles = np.array([assessment.node(name).title for name in named] + [""], dtype=object)
    first, *rest = (titles[column] for column in order.T)
    reasons = pd.Series(first, index=places.index).str.cat(
        [pd.Series(np.where(some == "", "", "; " + some), index=places.index) for some in rest]
    )
    columns = {
        "name": places["name"], "within": places["parent_name"].fillna(""),
        "score": [_score(*row, node.digits) for row in zip(table["value"], table["low"], table["high"], strict=True)],
    } | _standing(assessment, node_id)  # fmt: skip
    trust = badges(assessment, node_id, there.biases)
    columns |= {"trust": trust["grade"], "trust_because": trust["why"].map(known), "reasons": reasons.mask(reasons == "", say(NOTHING))}
    listed = pd.DataFrame(columns, index=places.index).join(_at_hand(assessment, order, named, there))
    worst_first = table["value"].sort_values(ascending=node.up != "worse", na_position="last", kind="stable").index
    listed = listed.sort_values("name", kind="stable") if assessment.tier == "public" else listed.reindex(worst_first)
    return listed.reset_index(names="code")


def issues_of(listed: pd.DataFrame) -> list[str]:
    """Every issue that some row of the list names."""
    return sorted({issue for cell in listed["issues"] for issue in cell.split("; ") if issue})


def narrowed(listed: pd.DataFrame, *, issue: str = "", within: str = "", trusted: str = "D", uncovered: bool = False) -> pd.DataFrame:
    """The rows on *issue*, in the larger place *within*, whose trust is *trusted* or better; uncovered: only where no mechanism or no partner is listed."""
    kept = listed[listed["trust"] <= trusted]
    if issue:
        kept = kept[[issue in cell.split("; ") for cell in kept["issues"]]]
    if within:
        kept = kept[kept["within"] == within]
    return kept[(kept["mechanisms"] == say(NONE_LISTED)) | (kept["partners"] == say(NOBODY))] if uncovered else kept


def _standing(assessment: Assessment, node_id: str) -> dict[str, object]:
    table = assessment.numbers[node_id]
    if assessment.tier == "public":
        return {"fifth": [fifth_in_words(*limits) for limits in zip(table["fifth_low"], table["fifth_high"], strict=True)]}
    limits = zip(table["rank_low_all"].round(), table["rank_high_all"].round(), strict=True)
    return {
        "rank": ["" if math.isnan(low) else say("{low} to {high}", low=f"{low:.0f}", high=f"{high:.0f}") for low, high in limits],
        "in_worst_tenth": table["p_worst_tenth"],
    }


def _reasons(assessment: Assessment, node_id: str) -> tuple[np.ndarray, list[str]]:
    """(places, 3) positions in the list of indicators, those that add most first; the position after the last where there is no further reason."""
    weights = nominal_weights(assessment, node_id)
    named = list(weights.index)
    worse = [assessment.node(name).up == "worse" for name in named]
    tables = [assessment.numbers[name] for name in named]
    own = np.column_stack([table["scaled"] if up else TOP - table["scaled"] for table, up in zip(tables, worse, strict=True)])
    end = np.column_stack([table["scaled_low"] if up else TOP - table["scaled_high"] for table, up in zip(tables, worse, strict=True)])
    known = np.column_stack([table["value"].notna() for table in tables])
    middle = np.array([np.nan if np.isnan(column).all() else np.nanmedian(column) for column in own.T])
    adds = np.where(known & (end > middle) & (own > middle), weights.to_numpy() * (own - middle), 0.0)
    adds = np.column_stack([adds, np.zeros((len(adds), REASONS))])
    order = np.argsort(-adds, axis=1, kind="stable")[:, :REASONS]
    return np.where(np.take_along_axis(adds, order, axis=1) > 0, order, len(named)), named


def _at_hand(assessment: Assessment, order: np.ndarray, named: list[str], there: AtHand) -> pd.DataFrame:
    """Issues, mechanisms and partners of each place, looked up once for each set of issues among places where the same is active."""
    issues = [assessment.node(name).issues for name in named] + [()]
    found: dict[tuple[tuple[str, str], tuple[str, ...]], tuple[str, str, str]] = {}
    rows = []
    for code, reasons in zip(assessment.places.index, order, strict=True):
        key = there.standing(code), tuple(sorted({issue for at in reasons for issue in issues[at]}))
        if key not in found:
            found[key] = _row(there, code, key[1])
        rows.append(found[key])
    return pd.DataFrame(rows, index=assessment.places.index, columns=["issues", "mechanisms", "partners"])


def _row(there: AtHand, code: str, issues: tuple[str, ...]) -> tuple[str, str, str]:
    spoken = "; ".join(issue.replace("-", " ") for issue in issues)
    if there.mechanisms.empty and there.partners.empty:
        return spoken, say(NONE_LISTED), say(NOBODY)
    exist = there.active(there.mechanisms, code, issues)["name"].drop_duplicates()
    help_ = there.active(there.partners, code, issues)["organisation"].drop_duplicates()
    return spoken, "; ".join(exist) or say(NONE_LISTED), "; ".join(help_) or say(NOBODY)


def _score(value: float, low: float, high: float, digits: int) -> str:
    doubt = interval(low, high, digits)
    return f"{number(value, digits)} ({doubt})" if doubt else number(value, digits)
