"""What people said: a trust survey that young people seldom answer, and a survey of five pillars of resilience."""

import numpy as np
import pandas as pd

from geomap.demo.codebook import DONT_KNOW, INSTITUTIONS, ON_HATE, WHY, WOULD_HELP
from geomap.demo.people import PERIODS, Truth

QUESTIONS = {"trust_council": 0.5, "trust_police": 0.7, "neighbours_help": 0.9, "belonging": 1.0}
UNDERSAMPLED, ANSWER_RATE = "16-24", 0.22
PILLARS = {
    "identity": (
        "I feel at home with where I come from.",
        "I can keep the customs that matter to me here.",
        "I know whom to ask about my family's history.",
    ),
    "bridging": (
        "I talk with people of other backgrounds every week.",
        "I would ask a neighbour of another background for help.",
        "Clubs here are open to all.",
    ),
    "linking": ("I know how to reach the council.", "When I complain, somebody answers.", "People like me are heard in decisions."),
    "behaviours": (
        "I have seen a fight over beliefs here this year.",
        "Threats are common at local events.",
        "People here settle scores themselves.",
    ),
    "beliefs": (
        "Some arguments are only settled by force.",
        "People who insult us deserve what they get.",
        "Rules do not apply when one is insulted.",
    ),
}


def trust_share(truth: Truth, question: str, period: str) -> pd.Series:
    """The true share of residents aged 16 and over who agree, per neighbourhood; NaN where nobody lives."""
    rows = truth.residents[(truth.residents["period"] == period) & (truth.residents["age_group"] != "0-15")]
    agree = rows["people"] * _agrees(rows["neighbourhood"].map(truth.strain), rows["age_group"] == UNDERSAMPLED, question, period)
    people = rows["people"].groupby(rows["neighbourhood"]).sum()
    return agree.groupby(rows["neighbourhood"]).sum() / people.where(people > 0)


def trust_survey(truth: Truth, generator: np.random.Generator) -> pd.DataFrame:
    """One row a respondent: neighbourhood, period, age group, sex, and answers from 1 to 5 or 9 for don't know."""
    rows = truth.residents[truth.residents["age_group"] != "0-15"].reset_index(drop=True)
    rate = np.where(rows["age_group"] == UNDERSAMPLED, ANSWER_RATE, 1.0) * 0.0175
    people = rows.loc[
        rows.index.repeat(generator.binomial(rows["people"], rate)), ["neighbourhood", "period", "age_group", "sex"]
    ].reset_index(drop=True)
    young = people["age_group"] == UNDERSAMPLED
    for question in QUESTIONS:
        strain = people["neighbourhood"].map(truth.strain)
        chance = pd.concat([_agrees(strain, young, question, period)[people["period"] == period] for period in PERIODS]).sort_index()
        people[question] = _answers(chance.to_numpy(), generator)
    return _asked_further(people, truth, generator.spawn(1)[0])


def _asked_further(people: pd.DataFrame, truth: Truth, generator: np.random.Generator) -> pd.DataFrame:
    """Trust in other institutions, trust in the council on one issue, reasons, and what would help."""
    strain, young = people["neighbourhood"].map(truth.strain), people["age_group"] == UNDERSAMPLED
    later = np.where(people["period"] == "2025", -0.10, 0.0)
    for column, lean in (*((name, lean) for name, (_, lean) in INSTITUTIONS.items()), ON_HATE):
        people[column] = _answers((1 / (1 + np.exp(-(lean + 0.7 - 2.2 * strain - 0.6 * young + later)))).to_numpy(), generator)
    distrusts = (people["trust_council"] <= 2).to_numpy()
    people["why_council"] = np.where(distrusts, _named(WHY, len(people), generator), "")
    people["would_help"] = _named(WOULD_HELP, len(people), generator)
    return people


def _named(codes: tuple[str, ...], count: int, generator: np.random.Generator) -> np.ndarray:
    """One or two of *codes* for each person, joined as coders write them."""
    first, step = generator.integers(0, len(codes), count), generator.integers(0, len(codes), count)
    listed = np.array(codes, dtype=object)
    second = np.where(step > 0, "; " + listed[(first + step) % len(codes)], "")
    return listed[first] + second


def pillar_survey(truth: Truth, generator: np.random.Generator) -> pd.DataFrame:
    """One row a respondent of 2025: three items for each of five pillars, 1 to 5."""
    people = truth.people("2025")
    codes = generator.choice(people.index.to_numpy(), 1_200, p=people / people.sum())
    table = pd.DataFrame({"neighbourhood": np.sort(codes)})
    table["age_group"] = generator.choice(["16-24", "25-44", "45-64", "65+"], len(table), p=[0.14, 0.35, 0.28, 0.23])
    table["sex"] = generator.choice(["female", "male"], len(table))
    strain = table["neighbourhood"].map(truth.strain).to_numpy()
    for pillar, wordings in PILLARS.items():
        lean = generator.normal(0, 0.6, len(table)) + (
            0.9 - 1.4 * strain if pillar in ("identity", "bridging", "linking") else -0.8 + 0.7 * strain
        )
        for number, _ in enumerate(wordings, 1):
            table[f"{pillar}_{number}"] = np.clip(np.round(3 + lean + generator.normal(0, 0.8, len(table))), 1, 5).astype(int)
    return table


def _agrees(strain: pd.Series, young: pd.Series, question: str, period: str) -> pd.Series:
    later = -0.10 if period == "2025" else 0.0
    lean = QUESTIONS[question] + 0.7 - 3.0 * strain - 0.9 * young + later
    return 1 / (1 + np.exp(-lean))


def _answers(chance: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    agrees = generator.random(len(chance)) < chance
    high, low = generator.choice([4, 5], len(chance), p=[0.65, 0.35]), generator.choice([1, 2, 3], len(chance), p=[0.2, 0.35, 0.45])
    return np.where(generator.random(len(chance)) < 0.03, DONT_KNOW, np.where(agrees, high, low))
