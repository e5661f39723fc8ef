"""Registers: who was heard, who can help, what exists, what is being done, what is known to be skewed; and the log of what was seen online."""

import numpy as np
import pandas as pd

from geomap.demo.names import CONTENT, MECHANISMS, NARRATIVES, ORGANISATIONS, PLATFORMS, TARGETS
from geomap.demo.people import Truth
from geomap.demo.survey import UNDERSAMPLED

BIASES = (
    ("police-reporting", "Incidents reported to the police", "incidents", "reporting", "under", "people who distrust the police", 2,
     "Trust in the police is lowest where strain is highest.", "Compared with what the survey says.", "Where trust is low, fewer incidents are recorded."),
    ("young-not-heard", "Trust survey", "trust-survey", "nonresponse", "over", f"residents aged {UNDERSAMPLED}", 2,
     "Young people answered about a fifth as often as others.", "Weighted to age and sex.", "Weighting cannot add the views of those who did not answer."),
    ("registered-only", "Register of protective places", "assets-formal", "coverage", "under", "groups without an office", 1,
     "Groups that meet in homes are not registered.", "Informal places are listed apart.", "An empty spot may hold more than is known."),
    ("loud-channels", "Observation log", "online-log", "measurement", "unknown", "users of closed channels", 2,
     "Only open channels are watched.", "Hours watched are kept beside each count.", "A rise can be a rise in watching."),
)  # fmt: skip


def biases() -> pd.DataFrame:
    """The bias register."""
    names = ["id", "source", "layer", "mechanism", "direction", "groups", "severity", "evidence", "mitigation", "residual"]
    return pd.DataFrame(BIASES, columns=names).assign(owner="Mapping team", review_by="2027-01-31")


def engagement(truth: Truth, generator: np.random.Generator) -> pd.DataFrame:
    """Who was heard, where, when and how; some neighbourhoods never."""
    lived_in = truth.people("2025")
    heard = generator.choice(lived_in.index[lived_in > 0].to_numpy(), 46)
    days = pd.Timestamp("2024-01-15") + pd.to_timedelta(np.sort(generator.integers(0, 700, len(heard))), unit="D")
    table = pd.DataFrame({"date": days.strftime("%Y-%m-%d"), "neighbourhood": heard})
    table["method"] = generator.choice(["focus group", "open house", "walk", "online meeting"], len(table))
    table["group"] = generator.choice(
        ["older people", "families", "newcomers", "young people", "shopkeepers"], len(table), p=[0.36, 0.26, 0.14, 0.08, 0.16]
    )
    table["people"], table["organised_by"] = (
        generator.integers(5, 45, len(table)),
        generator.choice([name for name, _, _ in ORGANISATIONS[:6]], len(table)),
    )
    return table


def stakeholders(generator: np.random.Generator) -> pd.DataFrame:
    """Organisations, never persons: kind, role, issue, where they are active."""
    issues = ("hate-incidents", "trust", "polarisation", "tension")
    rows = [
        (name, kind, issue, role if number else "lead", f"D{generator.integers(1, 9)}")
        for name, kind, role in ORGANISATIONS
        for number, issue in enumerate(issues)
        if generator.random() < 0.5
    ]
    return pd.DataFrame(rows, columns=["organisation", "kind", "issue", "role", "district"]).assign(consent_to_be_listed="2025-09-01")


def mechanisms() -> pd.DataFrame:
    """Committees, forums and circles that already exist."""
    return pd.DataFrame(MECHANISMS, columns=["name", "formality", "issue", "meets"]).assign(checked="2025-10-15")


def interventions(truth: Truth) -> pd.DataFrame:
    """What is being done, for which change, measured how."""
    first, second = truth.pressed[0], truth.pressed[-1]
    rows = [
        ("I1", "Street mediation", first, "tension", "fewer harassment incidents when disputes are heard early", "harassment", 3.7, 3.0, "2025-03-01", "2026-12-31"),
        ("I2", "Open club evenings", second, "polarisation", "more contact across backgrounds through shared sport", "neighbours_help", 26.0, 35.0, "2025-06-01", "2027-05-31"),
        ("I3", "Report-hate campaign", "", "hate-incidents", "more victims report; recorded incidents are expected to rise first", "hate_incidents", np.nan, np.nan, "2025-01-15", "2025-12-31"),
    ]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["id", "name", "neighbourhood", "issue", "theory_of_change", "indicator", "baseline", "target", "start", "end"]
    )


def online_log(generator: np.random.Generator) -> pd.DataFrame:
    """Counts by week, platform and kind of content for the city as a whole, with the hours watched; never an account, a text or a ward."""
    weeks = pd.date_range("2024-01-01", "2025-12-29", freq="W-MON").strftime("%Y-%m-%d")
    rows = []
    for number, week in enumerate(weeks):
        stirred = 2.6 if number in (34, 35, 78) else 1.0
        for platform in PLATFORMS:
            hours = int(generator.integers(4, 9))
            for content, usual in zip(CONTENT, (9, 3, 0.7, 4), strict=True):
                seen = int(generator.poisson(usual * hours / 6 * (stirred if content != "counter-speech" else 1.3)))
                rows.append(
                    (
                        week,
                        platform,
                        content,
                        NARRATIVES[generator.integers(4)],
                        int(generator.integers(1, 6)),
                        TARGETS[generator.integers(4)],
                        "two coders, keyword list",
                        hours,
                        seen,
                    )
                )
    return pd.DataFrame(
        rows, columns=["week", "platform", "content", "narrative", "severity", "target", "method", "hours_watched", "count"]
    )
