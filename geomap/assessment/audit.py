"""The audit of an assessment: what its numbers rest on, how its parts go together, and how far ranks move when choices are made otherwise."""

from collections.abc import Iterator, Sequence

import numpy as np

from geomap.assessment.assessment import Assessment
from geomap.assessment.coherent import against_their_domain, alphas, components, counted_twice, together, weights_in_effect
from geomap.assessment.finding import KINDS, Finding
from geomap.assessment.known import coverage, outliers
from geomap.assessment.moved import Agreed, agreed, rank_shifts
from geomap.assessment.robust import mean, one_left_out, one_otherwise, ranks_in_words
from geomap.assessment.trials import all_choices
from geomap.methodology.recipe import Methodology

SEVERITY = ("mend", "look", "note")


def audit(
    assessment: Assessment, methodology: Methodology, *, others: Sequence[Assessment] = (), samples: int = 256, seed: int = 1
) -> tuple[Finding, ...]:
    """Every finding, by kind and then what must be mended first, after the OECD and JRC's Handbook (2008, steps 3 to 7).

    others: the same level in other editions. samples: base samples of the uncertain choices, a power of 2.
    """
    base = agreed(assessment, methodology)
    found = [
        *coverage(assessment),
        *outliers(assessment),
        *counted_twice(assessment, methodology),
        *against_their_domain(assessment),
        *together(assessment),
        *alphas(assessment),
        *components(assessment),
        *weights_in_effect(assessment),
        *one_left_out(assessment, methodology, base),
        *one_otherwise(assessment, methodology, base),
        *all_choices(assessment, methodology, base, samples=samples, seed=seed),
        *(finding for other in others for finding in _beside(assessment, other, base)),
    ]
    kinds = list(KINDS)
    return tuple(sorted(found, key=lambda one: (kinds.index(one.kind), SEVERITY.index(one.severity))))


def _beside(assessment: Assessment, other: Assessment, base: Agreed) -> Iterator[Finding]:
    """How the ranks of each top index stand to those of another edition; under another methodology that is said."""
    method = (
        "" if assessment.fingerprint == other.fingerprint else " The two were made by different methodologies, so part of this is method."
    )
    for top in base.tops:
        if top.id not in other.numbers or other.node(top.id).up != top.up:
            continue
        sign = 1.0 if top.up == "worse" else -1.0
        then = sign * other.numbers[top.id]["value"].reindex(assessment.places.index).to_numpy(dtype=float)
        shift = rank_shifts(sign * assessment.numbers[top.id]["value"].to_numpy(dtype=float), then)
        if not np.isfinite(shift).any():
            continue
        said = (
            f"From {other.period} to {assessment.period} ranks of '{top.title}' differ by {ranks_in_words(mean(shift))} on average.{method}"
        )
        yield Finding("editions", "note", (top.id,), said, {"mean": mean(shift), "largest": float(np.nanmax(shift))})
