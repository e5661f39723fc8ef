"""The tree of a methodology at one level, as scoring reads it: parts first, with their weights."""

from geomap.methodology.parts import Domain, Index, Whole
from geomap.methodology.recipe import Methodology
from geomap.methodology.weighting import Weighting, judged
from geomap.scoring.combine import least_share
from geomap.scoring.tree import Branch


def branches_at(methodology: Methodology, level: str) -> tuple[Branch, ...]:
    """Domains and indices as branches, parts first; a domain without an indicator at this level is left out, and so is an index that needs it."""
    branches: list[Branch] = []
    there = {indicator.id for indicator in methodology.at(level)}
    for domain in reversed(methodology.domain):
        all_parts = methodology.parts_of(domain)
        own = {part.id: part.weight for part in all_parts if part.id in there}
        if own:
            weights = own if _plain(domain.weights) else _weights(domain, tuple(part.id for part in all_parts))
            branches.append(_branch(domain, methodology, {part: weights[part] for part in own}, needs_all=False))
            there.add(domain.id)
    for index in methodology.index:
        if set(index.of) <= there:
            branches.append(_branch(index, methodology, _weights(index, index.of), needs_all=True))
            there.add(index.id)
    return tuple(branches)


def _branch(whole: Domain | Index, methodology: Methodology, weights: dict[str, float], *, needs_all: bool) -> Branch:
    rule = whole.missing or methodology.missing
    share = 1.0 if needs_all and whole.missing is None else least_share(rule.rule, rule.least_share)
    data = whole.weights.data or ""
    return Branch(whole.id, whole.up, whole.combine, tuple(weights), tuple(weights.values()), share, data, whole.digits)


def _plain(weights: Weighting) -> bool:
    return weights == Weighting()


def _weights(whole: Whole, parts: tuple[str, ...]) -> dict[str, float]:
    shares = whole.weights.shares(parts)
    if shares is None:
        shares = tuple(map(float, judged(whole.weights, whole.id))) if whole.weights.ahp else (1.0,) * len(parts)
    return dict(zip(parts, shares, strict=True))
