"""Whether each indicator runs the way its domain does, as far as the places show it; nothing is ever turned round."""

import numpy as np

from geomap.assessment.assessment import Assessment, Node
from geomap.methodology.honesty import Remark

Z = 1.959963984540054
FEWEST = 10


def against(assessment: Assessment) -> tuple[Remark, ...]:
    """A warning for each part of a domain that runs against the rest of it, beyond what chance does among so many places."""
    return tuple(remark for domain in assessment.of_kind("domain") for remark in _against(assessment, domain))


def turned_parts(assessment: Assessment, whole: Node) -> np.ndarray:
    """The scores of a whole's parts, (place, part), each from 0 to 10 in the direction of the whole."""
    from geomap.scoring.combine import turn

    scores = np.column_stack([part_scores(assessment, part) for part in whole.parts])
    return turn(scores, np.array([assessment.node(part).up != whole.up for part in whole.parts]))


def part_scores(assessment: Assessment, part: str) -> np.ndarray:
    """The scores (place,) of an indicator, a domain or an index."""
    column = "scaled" if assessment.node(part).kind == "indicator" else "value"
    return assessment.numbers[part][column].to_numpy(dtype=float)


def reach_of_chance(r: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval of a correlation among so many places, by Fisher's transformation; -1 to 1 where there are too few."""
    wide = np.asarray(places) < FEWEST
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, half = np.arctanh(np.clip(r, -0.9999999, 0.9999999)), Z / np.sqrt(np.maximum(places, 4) - 3.0)
    return np.where(wide, -1.0, np.tanh(middle - half)), np.where(wide, 1.0, np.tanh(middle + half))


def item_rest(assessment: Assessment, domain: Node) -> tuple[np.ndarray, np.ndarray]:
    """Per part its correlation with the sum of the others, and the upper end of what chance allows for it."""
    from geomap.statistics.coherence import item_rest_correlations

    parts = turned_parts(assessment, domain)
    r = item_rest_correlations(parts)
    return r, reach_of_chance(r, (~np.isnan(parts)).sum(axis=0))[1]


def _against(assessment: Assessment, domain: Node) -> list[Remark]:
    if len(domain.parts) < 2:
        return []
    found = zip(domain.parts, *item_rest(assessment, domain), strict=True)
    contrary = [(part, r) for part, r, high in found if r < 0 and high < 0]
    if len(domain.parts) == 2 and contrary:
        one, other = (assessment.node(part).title for part in domain.parts)
        return [
            _remark(
                domain.parts,
                f"'{one}' and '{other}' run against each other in '{domain.title}' (r = {contrary[0][1]:.2f}, {assessment.many})",
            )
        ]
    return [
        _remark((part,), f"'{assessment.node(part).title}' runs against the rest of '{domain.title}' (r = {r:.2f} with the other parts, {assessment.many})")
        for part, r in contrary
    ]  # fmt: skip


def _remark(about: tuple[str, ...], what: str) -> Remark:
    return Remark(
        "against",
        "warning",
        about,
        f"{what}. Look whether its direction is right, or whether it belongs elsewhere; the direction stays as agreed.",
    )
