"""The cards of the demonstration city; each says that it is invented."""

from typing import Any

from geomap.demo.codebook import DONT_KNOW, INSTITUTIONS, ON_HATE, instrument, trust_codebook
from geomap.demo.issues import SPEAK_TO
from geomap.demo.names import CITY, NOTICE
from geomap.demo.survey import PILLARS, QUESTIONS

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
COMMON: dict[str, Any] = {
    "$schema": SCHEMA,
    "sources": [{"title": f"Invented for {CITY}"}],
    "licenses": [{"name": "CC0-1.0", "title": "Creative Commons Zero 1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
}
HERE = {"boundaries": "neighbourhoods", "field": "neighbourhood"}
REVIEWED = {
    "by": "The statistician of another city, who is invented too",
    "on": "2025-11-03",
    "said": "The weights are sound; the young are too few to speak for.",
}
XY = {"x": "longitude", "y": "latitude", "crs": "EPSG:4326"}


def fields(text: str = "", numbers: str = "", dates: str = "", unit: str = "") -> list[dict[str, str]]:
    """Field descriptors from names separated by spaces."""
    kinds = (("string", text), ("number", numbers), ("date", dates))
    return [
        {"name": name, "type": kind, **({"unit": unit} if unit and kind == "number" else {})}
        for kind, names in kinds
        for name in names.split()
    ]


def boundary_cards() -> dict[str, dict[str, Any]]:
    """The cards of neighbourhoods and districts."""
    shapes = {"name": "polygons", "format": "geojson"}
    return {
        "neighbourhoods": COMMON
        | {
            "name": "neighbourhoods", "title": f"Neighbourhoods of {CITY}", "description": NOTICE, "contributors": [{"title": "geomap demo", "roles": ["publisher"]}],
            "geomap:level": "neighbourhood", "geomap:date": "2024-01-01", "geomap:code": "code", "geomap:name": "name",
            "geomap:parent": {"boundaries": "districts", "field": "district"}, "geomap:working_crs": "EPSG:32628",
            "geomap:one": "neighbourhood", "geomap:many": "neighbourhoods", "resources": [shapes | {"path": "neighbourhoods.geojson"}],
        },
        "districts": COMMON
        | {
            "name": "districts", "title": f"Districts of {CITY}", "description": NOTICE, "contributors": [{"title": "geomap demo", "roles": ["publisher"]}],
            "geomap:level": "district", "geomap:date": "2024-01-01", "geomap:code": "code", "geomap:name": "name", "geomap:working_crs": "EPSG:32628",
            "geomap:one": "district", "geomap:many": "districts", "resources": [shapes | {"path": "districts.geojson"}],
        },
    }  # fmt: skip


def card(
    name: str,
    title: str,
    about: tuple[str, str, str, str, str],
    sentences: tuple[str, str],
    data: dict[str, Any],
    *,
    further: tuple[dict[str, Any], ...] = (),
    **more: object,
) -> dict[str, Any]:
    """A layer's card. about: kind, topic, period, evidence, provider; sentences: what is skewed and which wrong decision that could lead to."""
    kind, topic, period, evidence, provider = about
    skewed, misreading = sentences
    return COMMON | {
        "name": name, "title": title, "description": f"{title}. {NOTICE}", "contributors": [{"title": provider, "roles": ["provider"]}],
        "geomap:kind": kind, "geomap:topic": topic, "geomap:period": period, "geomap:evidence": evidence,
        "geomap:sensitivity": "open", "geomap:tier": "public", "geomap:skewed": skewed, "geomap:misreading": misreading, "geomap:review_by": "2026-12-31",
        **{f"geomap:{key}": value for key, value in more.items()},
        "resources": [{"name": "data", **data}, *further],
    }  # fmt: skip


def csv(columns: list[dict[str, str]], path: str = "data.csv", name: str = "data") -> dict[str, Any]:
    """A CSV resource."""
    return {
        "name": name,
        "path": path,
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"fieldsMatch": "subset", "missingValues": [""], "fields": columns},
    }


def layer_cards() -> dict[str, dict[str, Any]]:
    """The cards of all layers, by name."""
    council, police = f"{CITY} City Council", f"{CITY} Police"
    answers = fields("neighbourhood period age_group sex why_council would_help", " ".join([*QUESTIONS, *INSTITUTIONS, ON_HATE[0]]))
    items = fields(
        "neighbourhood age_group sex",
        " ".join(f"{pillar}_{number}" for pillar, words in PILLARS.items() for number in range(1, len(words) + 1)),
    )
    people_margins = csv(fields("period variable category", "people"), "margins.csv", "margins")
    fieldwork = {"frame": "address register", "mode": "paper and web", "response_rate": 0.19, "weight_field": None, "reason": "Weighted here to age and sex.",
                 "sample": "non-probability", "representative": False, "dont_know": [DONT_KNOW], "groups": ["age_group", "sex"]}  # fmt: skip
    found = [
        card("residents", "Residents by age and sex", ("table", "population", "2024 and 2025", "administrative", council),
             ("People who never register, most of all the young and newcomers, are not counted.", "A rate among too few counted residents looks higher than it is."),
             csv(fields("neighbourhood period age_group sex", "people", unit="residents")), places=HERE, period_field="period"),
        card("living-conditions", "Income, housing, work, schooling and health", ("table", "socioeconomic", "2024 and 2025", "administrative", council),
             ("Households that do not claim benefits are not counted as being in low income.", "Cutting advice services where few claim would leave those who do not claim with even less."),
             csv(fields("neighbourhood period", "residents households households_low_income households_overcrowded adults adults_without_work "
                        "adults_without_qualifications residents_long_illness")), places=HERE, period_field="period"),
        card("incidents", "Incidents recorded by the police", ("incidents", "incidents", "2023 to 2025", "police", police),
             ("Only what was reported and recorded is here; where trust in the police is low, fewer people report.",
              "Fewer records can mean less trust rather than less harm; taking victim support away there would make it worse."),
             csv(fields("kind", "longitude latitude", "date")), places=XY, date_field="date", sensitivity="counts", biases=["police-reporting"]),
        card("trust-survey", "Trust survey, respondents", ("survey", "trust", "2024 and 2025", "survey", council),
             ("Young people answered about a fifth as often as others, and they trust less.", "Reading the average as everyone's view would hide that young people were hardly asked."),
             csv(answers), places=HERE, period_field="period", sensitivity="survey", tier="partners", biases=["young-not-heard"], survey=fieldwork | {"questions": trust_codebook(), "reviewed": REVIEWED},
             further=(people_margins,)),
        card("resilience-survey", "Five pillars of community resilience, respondents", ("survey", "trust", "2025", "survey", council),
             ("People who were at home in the evening answered more often.", "No answer here says anything about what a person will do; it must never be used to judge people."),
             csv(items), places=HERE, sensitivity="survey", tier="partners", survey=fieldwork | {"instrument": instrument(PILLARS)}),
        card("assets-formal", "Registered protective places", ("assets", "assets", "2025", "administrative", council),
             ("Groups that meet in homes or rented rooms are not registered.", "An area without a registered place may be full of people who help; ask before building."),
             csv(fields("id kind formality audience opening", "capacity longitude latitude")), places=XY, biases=["registered-only"]),
        card("assets-informal", "Informal groups and circles, by neighbourhood", ("assets", "assets", "2025", "community", "Interfaith Table of Marrowmere"),
             ("The list was made by asking around, so well-known groups are on it and quiet ones are not.", "A group not listed may be the one people turn to first."),
             csv(fields("neighbourhood kind formality audience opening", "capacity")), places=HERE),
        card("online-log", "What was seen online, city-wide", ("observations", "online", "2024 and 2025", "online", "Newcomers' Welcome Network"),
             ("Only open channels are watched, a few hours a week.", "A rise can be a rise in watching; it says nothing about any neighbourhood."),
             csv(fields("week platform content narrative target method", "severity hours_watched count")), tier="partners", biases=["loud-channels"]),
        card("engagement", "Who was heard", ("register", "engagement", "2024 and 2025", "community", council),
             ("Meetings are held where there is a hall and a group that asks for one.", "Those who come are heard twice, those who do not are not heard at all."),
             csv(fields("neighbourhood method group organised_by", "people", "date")), places=HERE, date_field="date", tier="partners"),
        card("stakeholders", "Organisations that can help", ("register", "stakeholders", "2025", "professional", council),
             ("Organisations with staff answer requests; volunteers often do not.", "Leaving out those who did not answer leaves out the people only they reach."),
             csv(fields("organisation kind issue role district consent_to_be_listed")), tier="partners"),
        card("mechanisms", "Committees, forums and circles", ("register", "mechanisms", "2025", "professional", council),
             ("Formal bodies are easy to list, informal ones are not.", "A new board may double a circle that already works."),
             csv(fields("name formality issue meets checked"))),
        card("interventions", "What is being done", ("register", "interventions", "2025", "professional", council),
             ("Only funded work is listed.", "A place without funded work may be helping itself well."),
             csv(fields("id name neighbourhood issue theory_of_change indicator start end", "baseline target")), tier="partners"),
        card("biases", "Known biases", ("register", "biases", "2025", "professional", "Mapping team"),
             ("Only biases somebody looked for are listed.", "A layer without an entry is not a layer without bias."),
             csv(fields("id source layer mechanism direction groups severity evidence mitigation residual owner review_by"))),
        card("people-raster", "Residents on a 100 m grid", ("raster", "population", "2025", "model", council),
             ("Residents are spread evenly over each neighbourhood, which no city is.", "Single cells mean nothing; only sums over areas do."),
             {"path": "people.tif", "format": "tif"}),
        card("green-raster", "Share of green on a 100 m grid", ("raster", "assets", "2025", "model", council),
             ("A satellite sees lawns behind fences as well as parks.", "Green that nobody may enter protects nobody."),
             {"path": "green.tif", "format": "tif"}),
    ]  # fmt: skip
    return {one["name"]: {**one, "geomap:issues": list(SPEAK_TO[one["name"]])} for one in found}
