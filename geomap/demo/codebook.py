"""What the invented surveys asked: questions, scales, and the codes that are no answer."""

from typing import Any

DONT_KNOW = 9
INSTITUTIONS = {
    "trust_mayor": ("the mayor", 0.3),
    "trust_schools": ("schools", 1.2),
    "trust_health": ("health services", 1.1),
    "trust_courts": ("courts", 0.6),
    "trust_media": ("local media", 0.2),
    "trust_groups": ("community groups", 1.3),
}
ON_HATE = ("council_on_hate", 0.1)
WHY = ("they do not listen", "they are far away", "promises were not kept", "I was treated badly", "I hear nothing from them")
WOULD_HELP = ("answer when we write", "come to our street", "explain what was done", "hire people from here")
TRUST_SCALE = {"scale": [1, 5], "up": "better", "agree": [4, 5], "dont_know": [DONT_KNOW]}


def trust_codebook() -> dict[str, Any]:
    """The questions of the trust survey by column."""

    def trusts(words: str, institution: str, issue: str = "") -> dict[str, Any]:
        return {"wording": f"How much do you trust {words}?", **TRUST_SCALE, "institution": institution, "issue": issue}

    named = {column: trusts(institution, institution) for column, (institution, _) in INSTITUTIONS.items()}
    return {
        "trust_council": trusts("the city council", "the council"),
        "trust_police": trusts("the police", "the police"),
        **named,
        ON_HATE[0]: trusts("the city council to act when people are attacked for who they are", "the council", "hate-incidents"),
        "neighbours_help": {"wording": "Neighbours here help each other.", **TRUST_SCALE},
        "belonging": {"wording": "I feel that I belong to this neighbourhood.", **TRUST_SCALE},
        "why_council": {
            "wording": "If you do not trust the city council, why? (any that apply)",
            "kind": "several",
            "explains": "trust_council",
        },
        "would_help": {"wording": "What would help you to trust the city council more? (any that apply)", "kind": "several"},
    }


def instrument(pillars: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Five scales of three items; the last two ask about violence, so that they are for the whole city only. Invented, like the answers."""
    titles = {
        "identity": "Cultural identity and connectedness", "bridging": "Bridging capital", "linking": "Linking capital",
        "behaviours": "Violence-related behaviours", "beliefs": "Violence-related beliefs",
    }  # fmt: skip
    harsh = ("behaviours", "beliefs")
    return {
        "name": "Five pillars, demonstration items", "source": "Invented; the five scales follow BRAVE (Grossman and others 2020), the items do not.",
        "scale": [1, 5], "reverse": [], "score": "sum", "least_answered": 0.66,
        "subscales": {
            name: {"title": titles[name], "items": [f"{name}_{at}" for at in range(1, len(words) + 1)], "up": "worse" if name in harsh else "better",
                   **({"individual": True} if name in harsh else {})}
            for name, words in pillars.items()
        },
        "comparable": [{"groups": "sex", "invariance": "scalar", "source": "Invented for the demonstration"}],
    }  # fmt: skip
