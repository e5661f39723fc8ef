"""Another methodology from an agreed one: what-if is another value, checked like the first; the agreed one stays as it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from geomap.errors import MethodologyError
from geomap.methodology.parts import Domain, Index
from geomap.methodology.recipe import Methodology
from geomap.methodology.rules import MissingRule
from geomap.methodology.weighting import Weighting
from geomap.scoring.combine import Combine, Missing
from geomap.worded import worded

REASON = "Exploration, not the agreed method."


def reweighted(methodology: Methodology, weights: Mapping[str, Mapping[str, float]]) -> Methodology:
    """With other weights: by domain or index, one for each of its parts; a part that is not named keeps its own."""
    return _with(methodology, {whole: {"weights": _weights(methodology, whole, given)} for whole, given in weights.items()})


def recombined(methodology: Methodology, ways: Mapping[str, Combine]) -> Methodology:
    """With other ways to combine, by domain or index."""
    return _with(methodology, {whole: {"combine": way} for whole, way in ways.items()})


def with_missing(methodology: Methodology, rule: Missing, least_share: float = 2 / 3) -> Methodology:
    """With another rule for what is missing, everywhere."""
    made = MissingRule.read(
        {"rule": rule, "least_share": least_share, "reason": REASON}, where="The rule for what is missing", error=MethodologyError
    )
    alike = _with(
        methodology,
        {whole.id: {"missing": None if isinstance(whole, Domain) else made} for whole in (*methodology.domain, *methodology.index)},
    )
    return _checked({**dict(alike), "missing": made})


def without(methodology: Methodology, indicators: Iterable[str]) -> Methodology:
    """Without some indicators; a domain of which nothing is left goes too, and indices do without it."""
    out = set(indicators)
    if unknown := sorted(out - {indicator.id for indicator in methodology.indicator}):
        raise MethodologyError(
            worded(
                "There is no indicator {unknown}. There are {known}.",
                unknown=str(unknown),
                known=str([indicator.id for indicator in methodology.indicator]),
            )
        )
    kept = tuple(indicator for indicator in methodology.indicator if indicator.id not in out)
    if not kept:
        raise MethodologyError(worded("Nothing is left when every indicator is left out. Keep at least one."))
    domains, alive = [], {indicator.domain for indicator in kept}
    for domain in reversed(methodology.domain):
        if domain.id in alive:
            domains.insert(0, domain)
            alive.add(domain.domain)
    left = {domain.id for domain in domains} | {indicator.id for indicator in kept}
    indices: list[Index] = []
    for index in methodology.index:
        of = tuple(part for part in index.of if part in left)
        if of:
            indices.append(index.model_copy(update={"of": of, "weights": _narrowed(index.weights, index.of, of)}))
            left.add(index.id)
    full = {domain.id: tuple(part.id for part in methodology.parts_of(domain)) for domain in domains}
    domains = [
        domain.model_copy(
            update={"weights": _narrowed(domain.weights, full[domain.id], tuple(part for part in full[domain.id] if part in left))}
        )
        for domain in domains
    ]
    return _checked({**dict(methodology), "indicator": kept, "domain": tuple(domains), "index": tuple(indices), "panel": ()})


def _weights(methodology: Methodology, whole: str, given: Mapping[str, float]) -> Weighting:
    found = next((one for one in (*methodology.domain, *methodology.index) if one.id == whole), None)
    if found is None:
        raise MethodologyError(
            worded(
                "There is no domain or index '{whole}' to weigh. There are {known}.",
                whole=str(whole),
                known=str([one.id for one in (*methodology.domain, *methodology.index)]),
            )
        )
    parts = {part.id: part.weight for part in methodology.parts_of(found)} if isinstance(found, Domain) else dict.fromkeys(found.of, 1.0)
    shares = None if found.weights == Weighting() else found.weights.shares(tuple(parts))
    agreed = dict(zip(parts, shares, strict=True)) if shares else parts
    if unknown := sorted(set(given) - set(parts)):
        raise MethodologyError(
            worded(
                "'{whole}' is not made of {unknown}. Its parts are {parts}.", whole=str(whole), unknown=str(unknown), parts=str(list(parts))
            )
        )
    if wrong := {part: weight for part, weight in given.items() if not weight >= 0}:
        raise MethodologyError(worded("The weights {wrong} are below 0; give 0 or more.", wrong=str(wrong)))
    named = {**agreed, **{part: float(weight) for part, weight in given.items()}}
    if not sum(named.values()) > 0:
        raise MethodologyError(worded("The weights of '{whole}' are all 0; give one of its parts more than 0.", whole=str(whole)))
    return Weighting(named=named)


def _narrowed(weights: Weighting, parts: tuple[str, ...], left: tuple[str, ...]) -> Weighting:
    """The weights of the parts that are left: those that were written, or the judgements between them."""
    if parts == left or weights == Weighting():
        return weights
    stay = [place for place, part in enumerate(parts) if part in left]
    if weights.ahp:
        return weights.model_copy(update={"ahp": tuple(tuple(weights.ahp[row][column] for column in stay) for row in stay)})
    shares = weights.shares(parts)
    return weights if shares is None else Weighting(named={parts[place]: shares[place] for place in stay})


def _with(methodology: Methodology, changes: Mapping[str, Mapping[str, Any]]) -> Methodology:
    wholes = [one.id for one in (*methodology.domain, *methodology.index)]
    if unknown := sorted(set(changes) - set(wholes)):
        raise MethodologyError(
            worded("There is no domain or index {unknown}. There are {wholes}.", unknown=str(unknown), wholes=str(wholes))
        )
    domains = tuple(type(one).model_validate({**dict(one), **changes.get(one.id, {})}) for one in methodology.domain)
    indices = tuple(type(one).model_validate({**dict(one), **changes.get(one.id, {})}) for one in methodology.index)
    return _checked({**dict(methodology), "domain": domains, "index": indices})


def _checked(parts: Mapping[str, Any]) -> Methodology:
    return Methodology.model_validate(dict(parts))
