"""The Social Progress Index of countries and of the municipalities of the Amazon, held to their published means."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, numbers, stored

COUNTRIES = "social_progress/spi2022.csv"
AMAZON = "social_progress/ips_amazonia_2014_2018_2021.csv.gz"
ROUNDED = 0.0075  # components are published with two decimals, and so are dimensions
PLANTED = {
    "weight": lambda data: node(data, "Social_progress").update(weights=[1, 1, 1.01]),
    "weight of a component": lambda data: node(data, "Opportunity").update(weights=[1, 1, 1, 1.01]),
}


@cache
def municipalities() -> pd.DataFrame:
    """The three editions under each other; edition, state and name together are the key."""
    text = stored(AMAZON)
    return text.assign(municipio=text["ano"] + " " + text["estado"] + " " + text["municipio"])


def amazon() -> dict[str, pd.DataFrame]:
    """The published means of each municipality, and of each edition."""
    text = municipalities()
    wanted = ["Necessidades Humanas Básicas", "Fundamentos para o Bem-Estar", "Oportunidades", "IPS Amazônia", "Media IPS"]
    found = text.set_index("municipio")[wanted].apply(pd.to_numeric)
    return {"": found, "ano": found.groupby(text["ano"].to_numpy()).first()}


CASES = (
    Case(
        index="social-progress-2022",
        title="dimensions, index and rank from components",
        files=(COUNTRIES,),
        table=lambda: stored(COUNTRIES),
        published=lambda: {"": numbers(COUNTRIES, "Country")},
        checks=(
            Check("Basic_human_needs", "Basic Human Needs", within=ROUNDED),
            Check("Foundations_of_wellbeing", "Foundations of Wellbeing", within=ROUNDED),
            Check("Opportunity", "Opportunity", within=ROUNDED),
            Check("Social_progress", "Social Progress Score", within=ROUNDED),
            Check("Rank", "Rank"),
        ),
        planted=PLANTED
        | {"ranked on rounded scores": lambda data: node(data, "Social_progress").update(steps=[{"step": "round", "digits": 2}])},
    ),
    Case(
        index="social-progress-amazonia",
        title="dimensions and index from components, mean of editions",
        files=(AMAZON,),
        table=municipalities,
        published=amazon,
        checks=(
            Check("Basic_human_needs", "Necessidades Humanas Básicas", within=ROUNDED),
            Check("Foundations_of_wellbeing", "Fundamentos para o Bem-Estar", within=ROUNDED),
            Check("Opportunity", "Oportunidades", within=ROUNDED),
            Check("Social_progress", "IPS Amazônia", within=ROUNDED),
            Check("Mean_of_edition", "Media IPS", by="ano"),
        ),
        planted=PLANTED,
    ),
)
