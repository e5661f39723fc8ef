"""The methodology of the demonstration city, as the text of its file."""

from geomap.demo.names import CITY, NOTICE
from geomap.methodology.default import MODEL

HEAD = f"""# How {CITY} is measured. Every choice has its reason beside it; change a choice here, never in the program.
# {NOTICE}

[methodology]
name = "{CITY.lower()}"
title = "{CITY}: neighbourhood pressure and capacity"
version = "1.1.0"
period = "2025"
baseline = "2024"
levels = ["neighbourhoods", "districts"]
tier = "partners"
notice = "{NOTICE}"

[[changes]]
version = "1.0.0"
date = "2024-12-02"
reason = "First edition, on data of 2024."

[[changes]]
version = "1.1.0"
date = "2025-12-01"
reason = "Green cover was added after residents named it in the neighbourhood walks; the edition of 2024 was rebuilt with it."

[missing]
rule = "share"
least_share = 0.66
reason = "A domain speaks when two thirds of its weight are known; otherwise it says so and stays grey. Nothing is filled in."

[disclosure]
threshold = 5
survey_base = 30
reason = "One to four recorded incidents could point to people; fewer than thirty answers say too little and could point to those who gave them."

[uncertainty]
draws = 1000
seed = 2026
unknown_error = 0.5
unknown_reason = "A judgement, half a point of ten: distances and the green raster come without an error, and to show none would make their ranks look certain."

[choices]
draws = 500
weights = "dirichlet"
concentration = 30
scales = ["percentile", "z"]
combine = ["arithmetic", "geometric"]
leave_out = 0.2
reason = "Nobody can prove these choices right: equal weights, the scale, and how much one part may make up for another. What they do to ranks is shown apart."

[scale]
low = 5
high = 95
reason = "The 5th and 95th percentile of the 2024 baseline, frozen, so that each year is measured with the same ruler."
"""

PANELS = """
[[panel]]
group = "Residents"
index = "risk"
people = 64
date = "2025-09-18"
weights = { incidents = 30, socioeconomic = 45, capacity = 25 }
reason = "Three evenings in three districts; each table had a hundred points to share, and these are the means of the tables."

[[panel]]
group = "Youth council"
index = "risk"
people = 22
date = "2025-10-02"
weights = { incidents = 20, socioeconomic = 25, capacity = 55 }
reason = "They asked what there is to go to before they asked what goes wrong."

[[panel]]
group = "Police and council officers"
index = "risk"
people = 17
date = "2025-10-09"
weights = { incidents = 60, socioeconomic = 25, capacity = 15 }
reason = "They answer for what is recorded; kept apart, so that nobody's view is averaged away."
"""

SURVEYS = """
[[survey]]
layer = "trust-survey"
rake = ["age_group", "sex"]
by = ["age_group", "sex"]
people = { layer = "residents", field = "people" }
reason = "Trust is asked by institution and on one issue, and shown by place and group, because the average hides who was hardly asked."

[[survey]]
layer = "resilience-survey"
by = ["age_group", "sex"]
reason = "The baseline of community resilience. Scales about violence stay switched off."

[[survey]]
layer = "engagement"
counted = "people"
people = { layer = "residents", field = "people" }
reason = "Meetings are where halls are; who came is held against who lives there, so that the next one goes elsewhere."
"""

RESIDENTS = '{ layer = "residents", field = "people" }'

INDICATORS = (
    ("hate_incidents", "Recorded hate incidents", "incidents", "worse", "per 1,000 residents a year", 2,
     "The harm this mapping is about; two years are taken together because single years are too small to show.",
     f'{{ measure = "rate", layer = "incidents", where = {{ kind = ["hate incident"] }}, window_years = 2, years = 2, per = {RESIDENTS} }}'),
    ("harassment", "Recorded harassment", "incidents", "worse", "per 1,000 residents a year", 2,
     "Harassment in public is what people meet long before anything worse.",
     f'{{ measure = "rate", layer = "incidents", where = {{ kind = ["harassment"] }}, window_years = 2, years = 2, per = {RESIDENTS} }}'),
    ("damage", "Recorded criminal damage", "incidents", "worse", "per 1,000 residents a year", 2,
     "Broken windows and daubed walls make people feel that no one looks after the street.",
     f'{{ measure = "rate", layer = "incidents", where = {{ kind = ["criminal damage"] }}, window_years = 2, years = 2, per = {RESIDENTS} }}'),
    ("low_income", "Households in low income", "socioeconomic", "worse", "% of households", 1,
     "Money is the first thing households fall back on.",
     '{ measure = "share", layer = "living-conditions", part = ["households_low_income"], whole = ["households"] }'),
    ("without_work", "Adults without work", "socioeconomic", "worse", "% of adults", 1,
     "Work gives income, contacts and a place in the city.",
     '{ measure = "share", layer = "living-conditions", part = ["adults_without_work"], whole = ["adults"] }'),
    ("no_qualifications", "Adults without qualifications", "socioeconomic", "worse", "% of adults", 1,
     "Schooling opens work and a say in the city.",
     '{ measure = "share", layer = "living-conditions", part = ["adults_without_qualifications"], whole = ["adults"] }'),
    ("overcrowding", "Overcrowded households", "socioeconomic", "worse", "% of households", 1,
     "Too few rooms strain families and neighbours.",
     '{ measure = "share", layer = "living-conditions", part = ["households_overcrowded"], whole = ["households"] }'),
    ("long_illness", "Residents with a long illness", "socioeconomic", "worse", "% of residents", 1,
     "Long illness narrows what a household can do.",
     '{ measure = "share", layer = "living-conditions", part = ["residents_long_illness"], whole = ["residents"] }'),
    ("trust_council", "People who trust the council", "trust", "better", "% of answers", 0,
     "Trust in the institution that has to act.",
     '{ measure = "survey_share", layer = "trust-survey", question = "trust_council", agree = [4, 5], rake = ["age_group", "sex"] }'),
    ("trust_police", "People who trust the police", "trust", "better", "% of answers", 0,
     "Trust in the institution that incidents are reported to.",
     '{ measure = "survey_share", layer = "trust-survey", question = "trust_police", agree = [4, 5], rake = ["age_group", "sex"] }'),
    ("neighbours_help", "People who say that neighbours help each other", "trust", "better", "% of answers", 0,
     "What holds a street together when something happens.",
     '{ measure = "survey_share", layer = "trust-survey", question = "neighbours_help", agree = [4, 5], rake = ["age_group", "sex"] }'),
    ("meeting_distance", "Distance to the nearest library or community centre", "assets", "worse", "m", 0,
     "Somewhere to go that is open to everyone.",
     f'{{ measure = "nearest", layer = "assets-formal", where = {{ kind = ["library", "community centre"] }}, mean_by = {RESIDENTS} }}'),
    ("places_in_reach", "Registered places within 1.5 km", "assets", "better", "per 10,000 residents in reach", 1,
     "How many people share each place within a twenty-minute walk.",
     f'{{ measure = "reach", layer = "assets-formal", within = 1500, per = {RESIDENTS}, mean_by = {RESIDENTS} }}'),
    ("informal_groups", "Informal groups and circles", "assets", "better", "per 10,000 residents", 1,
     "Groups without an office are often the first people turn to; counted by neighbourhood, never shown as a point.",
     f'{{ measure = "rate", layer = "assets-informal", per = {RESIDENTS}, scale = 10000 }}'),
    ("green", "Green cover", "assets", "better", "% of the area", 0,
     "Places to be outside and meet without paying.",
     '{ measure = "zonal", layer = "green-raster" }'),
)  # fmt: skip

WHY_HERE = {
    "hate_incidents": "Victim support named it first when the issues were listed in March 2025.",
    "green": "Residents named it in the neighbourhood walks of 2025.",
}


def methodology() -> str:
    """The text of methodology.toml."""
    blocks = [
        f'\n[[indicator]]\nid = "{key}"\ntitle = "{title}"\ndomain = "{domain}"\nup = "{up}"\nunit = "{unit}"\ndigits = {digits}\nreason = "{reason}"\n{_why_here(key)}measure = {measure}\n'
        for key, title, domain, up, unit, digits, reason, measure in INDICATORS
    ]
    return HEAD + "".join(blocks) + MODEL + PANELS + SURVEYS


def _why_here(key: str) -> str:
    return f'why_here = "{WHY_HERE[key]}"\n' if key in WHY_HERE else ""
