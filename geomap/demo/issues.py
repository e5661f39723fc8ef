"""The issues that the demonstration city maps, as the text of its issues.toml, and the layers that speak to each."""

from geomap.demo.names import NOTICE

HEARD = "Mapping team, with the Neighbourhood Forum Harbourside, March 2025"
ISSUES = (
    ("hate-incidents", "Hate incidents", "Acts against people for whom they are taken to be, recorded or not.", "Open Ear Victim Support, March 2025",
     "Incidents that the police record, and what victim support hears.", "A rise in records can be a rise in reporting.", "How many are never reported, and by whom."),
    ("polarisation", "Polarisation", "Groups of residents who no longer meet and expect the worst of each other.", HEARD,
     "The survey of five pillars asks for contact across backgrounds.", "Informal circles bring the same groups together every week.", "What those think who answer no survey."),
    ("tension", "Tension between groups", "Quarrels in streets, parks and schoolyards that could turn violent.", "Street mediators of Eastgarth, March 2025",
     "Harassment and damage that the police record.", "Mediators say that many quarrels are about noise and parking.", "Whether what quiets down in summer has ended."),
    ("extremism", "Extremism", "Ideas that deny others their rights, and the groups that spread them.", "Schools safeguarding panel, April 2025",
     "The observation log names the same narratives in both years.", "Counter-speech is in the log as well.", "What happens in closed channels, which nobody here reads."),
    ("trust", "Trust in local government", "Whether people expect the council and the police to be fair and to answer.", HEARD,
     "The trust survey asks for it by institution.", "Those who answer may trust more than those who do not.", "What would win back those who gave up on both."),
)  # fmt: skip

SPEAK_TO = {
    "residents": ("trust",), "living-conditions": ("polarisation", "tension"), "incidents": ("hate-incidents", "tension"), "trust-survey": ("trust",),
    "resilience-survey": ("polarisation", "extremism"), "assets-formal": ("tension", "trust"), "assets-informal": ("polarisation", "tension"),
    "online-log": ("extremism", "polarisation"), "engagement": ("trust",), "stakeholders": ("hate-incidents", "trust", "polarisation", "tension"),
    "mechanisms": ("hate-incidents", "trust", "polarisation", "tension", "extremism"), "interventions": ("hate-incidents", "polarisation", "tension"),
    "biases": ("hate-incidents", "trust"), "people-raster": ("trust",), "green-raster": ("tension",),
}  # fmt: skip
WORDS = ("id", "title", "definition", "named_by", "evidence_for", "evidence_against", "unknown")


def issues() -> str:
    """The text of issues.toml."""
    entries = ["[[issue]]\n" + "".join(f'{word} = "{said}"\n' for word, said in zip(WORDS, issue, strict=True)) for issue in ISSUES]
    return f"# The closed list of issues: each layer's card names those it speaks to. {NOTICE}\n\n" + "\n".join(entries)
