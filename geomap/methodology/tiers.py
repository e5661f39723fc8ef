"""The part of a methodology that an edition of a tier may hold."""

from dataclasses import dataclass
from typing import Any

from geomap.errors import MethodologyError
from geomap.methodology.parts import Domain, Indicator
from geomap.methodology.recipe import Methodology


@dataclass(frozen=True)
class TierPart:
    """A methodology and, in words for people, how much of the agreed one it lacks."""

    methodology: Methodology
    missing: str


def part_for(methodology: Methodology, tier: str, layers: frozenset[str]) -> TierPart:
    """The methodology with what can be made of *layers*, as an edition of *tier*; MethodologyError where nothing can.

    A domain goes with more than its rule for missing parts allows to be missing, and an index with any of its parts: a number never keeps its name
    and quietly means less.
    """
    kept = [one for one in methodology.indicator if set(one.measure.layers()) <= layers]
    domains = _domains(methodology, kept)
    names = {one.id for one in domains}
    kept = [one for one in kept if one.domain in names]
    indices: list[Any] = []
    for index in methodology.index:
        if set(index.of) <= names:
            indices.append(index)
            names.add(index.id)
    if not kept:
        raise MethodologyError(
            f"No indicator may be in a {tier} edition. Ask the providers of the layers what they may share, and say so in their cards."
        )
    panels = tuple(one for one in methodology.panel if one.index in names)
    surveys = tuple(one for one in methodology.survey if set(one.layers()) <= layers)
    if (len(kept), len(indices), len(surveys)) == (len(methodology.indicator), len(methodology.index), len(methodology.survey)):
        return TierPart(_with(methodology, tier, {}), "")
    parts = {"indicator": tuple(kept), "domain": tuple(domains), "index": tuple(indices), "panel": panels, "survey": surveys}
    gone = (len(methodology.indicator) - len(kept), len(methodology.domain) - len(domains), len(methodology.index) - len(indices))
    said = "{} indicator(s), {} domain(s) and {} index(es) of the agreed method are not in this edition, because what they are made of may not be shared so widely."
    return TierPart(_with(methodology, tier, parts), said.format(*gone))


def _with(methodology: Methodology, tier: str, parts: dict[str, Any]) -> Methodology:
    heading = type(methodology.methodology).model_validate({**methodology.methodology.model_dump(exclude_unset=True), "tier": tier})
    return Methodology.model_validate(
        {**{name: getattr(methodology, name) for name in methodology.model_fields_set}, **parts, "methodology": heading}
    )


def _domains(methodology: Methodology, kept: list[Indicator]) -> list[Domain]:
    """The domains that still speak, with weights for the parts they still have; larger ones first, as in the file."""
    left: list[Domain] = list(methodology.domain)
    while True:
        some = [one for one in left if _speaks(methodology, one, kept, left)]
        if len(some) == len(left):
            return [_reweighted(methodology, one, kept, left) for one in left]
        left = [one for one in some if not one.domain or one.domain in {other.id for other in some}]


def _speaks(methodology: Methodology, domain: Domain, kept: list[Indicator], left: list[Domain]) -> bool:
    parts = methodology.parts_of(domain)
    there = {one.id for one in (*kept, *left)}
    rule = domain.missing or methodology.missing
    share = sum(one.weight for one in parts if one.id in there) / sum(one.weight for one in parts)
    return share > 0 and (share == 1 or (rule.rule != "propagate" and share >= rule.least_share))


def _reweighted(methodology: Methodology, domain: Domain, kept: list[Indicator], left: list[Domain]) -> Domain:
    before, there = [one.id for one in methodology.parts_of(domain)], {one.id for one in (*kept, *left)}
    after = [name for name in before if name in there]
    if after == before or not (domain.weights.named or domain.weights.given):
        return domain
    shares = dict(zip(before, domain.weights.shares(tuple(before)), strict=True))
    written = {name: getattr(domain, name) for name in domain.model_fields_set}
    return Domain.model_validate({**written, "weights": {name: shares[name] for name in after}})
