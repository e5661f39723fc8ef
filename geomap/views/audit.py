"""The findings of an audit as text to read, as a table, and as plain values."""

import math
from collections.abc import Sequence

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.finding import KINDS, Finding

HEADS = {"mend": "TO MEND", "look": "TO LOOK AT", "note": "TO KNOW"}
NOTE = (
    "An audit describes how the numbers behave. Whether a choice is right is for people to say, and no finding changes the agreed method."
)


def in_words(assessment: Assessment, findings: Sequence[Finding]) -> str:
    """The findings, what must be mended first, each under what it is about."""
    head = f"Audit of {assessment.title}, {assessment.period}: {len(assessment.places):,} {assessment.many}."
    counts = {severity: sum(one.severity == severity for one in findings) for severity in HEADS}
    summary = f"{counts['mend']} to mend, {counts['look']} to look at, {counts['note']} to know."
    blocks = [_block(severity, [one for one in findings if one.severity == severity]) for severity in HEADS if counts[severity]]
    return "\n\n".join([f"{head}\n{summary}", *blocks, NOTE])


def table(findings: Sequence[Finding]) -> pd.DataFrame:
    """A row a finding: what it is about, how serious it is, the sentence."""
    rows = [(KINDS[one.kind], HEADS[one.severity].lower(), one.sentence, ", ".join(one.about)) for one in findings]
    return pd.DataFrame(rows, columns=["kind", "severity", "sentence", "about"])


def as_data(assessment: Assessment, findings: Sequence[Finding]) -> dict[str, object]:
    """The findings as plain values; a number that is unknown is null."""
    told = [
        {
            "kind": one.kind,
            "severity": one.severity,
            "about": list(one.about),
            "sentence": one.sentence,
            "numbers": {name: float(value) if math.isfinite(value) else None for name, value in one.numbers.items()},
        }
        for one in findings
    ]
    return {"title": assessment.title, "level": assessment.level, "places": len(assessment.places), "findings": told, "note": NOTE}


def _block(severity: str, findings: Sequence[Finding]) -> str:
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in findings)]
    return "\n".join([HEADS[severity], *(line for kind in kinds for line in _lines(kind, [one for one in findings if one.kind == kind]))])


def _lines(kind: str, findings: Sequence[Finding]) -> list[str]:
    return [f" {KINDS[kind]}", *(f"  - {one.sentence}" for one in findings)]
