"""Linters of honesty: what a methodology must not do, and what its readers must be told, each with its reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from geomap.indicators.measure import Measure
from geomap.indicators.nearest import Nearest
from geomap.indicators.pillar import Pillar
from geomap.indicators.rate import Rate
from geomap.indicators.reach import Reach
from geomap.indicators.rows import window
from geomap.indicators.severity import Severity
from geomap.indicators.share import Share
from geomap.indicators.small_area import SmallArea
from geomap.indicators.standardised_rate import StandardisedRate
from geomap.indicators.standardised_ratio import StandardisedRatio
from geomap.indicators.survey_mean import SurveyMean
from geomap.indicators.survey_share import SurveyShare
from geomap.indicators.value import Value
from geomap.indicators.zonal import Zonal
from geomap.layers.card import LayerCard
from geomap.methodology import protected as words
from geomap.methodology.parts import Indicator
from geomap.methodology.recipe import Methodology
from geomap.worded import worded

INSTEAD = (
    "Nobody is a risk for what they are, so such a share has no direction and no weight. It serves as a population base (per, rake) and for outreach; "
    "take the indicator out."
)
ALONE = "Give it a domain of its own that no index names, or take covariates out."
INSTEAD_OF_COVARIATE = "What people think is not to be guessed from who they are. Take it out."
Asked = SurveyShare | SurveyMean | SmallArea | Pillar


@dataclass(frozen=True)
class Remark:
    """What is to be said of a methodology. kind: protected, circular, double, against. about: the indicators it speaks of."""

    kind: Literal["protected", "circular", "double", "against"]
    severity: Literal["error", "warning"]
    about: tuple[str, ...]
    sentence: str


def remarks(methodology: Methodology, cards: Mapping[str, LayerCard]) -> tuple[Remark, ...]:
    """All that is to be said of *methodology*, errors first; *cards* are those of its layers, by name."""
    found = [*protected(methodology, cards), *circular(methodology, cards), *leaning(methodology), *doubled(methodology)]
    return tuple(sorted(found, key=lambda one: one.severity))


def protected(methodology: Methodology, cards: Mapping[str, LayerCard]) -> tuple[Remark, ...]:
    """Indicators that count a share of people by a protected characteristic; what is recorded as done to a group is no such share."""
    return tuple(
        remark
        for indicator in methodology.indicator
        if indicator.measure.layer in cards and (remark := _protected(indicator, cards[indicator.measure.layer]))
    )


def circular(methodology: Methodology, cards: Mapping[str, LayerCard]) -> tuple[Remark, ...]:
    """Indicators from which another one was modelled: an error where both feed the same whole, for then one is partly counted twice."""
    feeds, by_id = feeding(methodology), {indicator.id: indicator for indicator in methodology.indicator}
    found = []
    for modelled in methodology.indicator:
        for name in modelled.modelled_from:
            sources = [by_id[name]] if name in by_id else [one for one in methodology.indicator if one.measure.layer == name]
            found += [
                _circle(modelled, source, _shared(modelled, source, feeds, methodology)) for source in sources if source.id != modelled.id
            ]
            if name not in by_id and name not in cards:
                found.append(
                    Remark("circular", "warning", (modelled.id,), f"Indicator '{modelled.id}' was modelled from '{name}', which is neither an indicator nor a layer here. Check the spelling; if it is elsewhere, nothing here is counted twice through it.")
                )  # fmt: skip
    return tuple(found)


def leaning(methodology: Methodology) -> tuple[Remark, ...]:
    """Numbers that lean on covariates and do not stand alone, or lean on a protected characteristic: errors both."""
    feeds = feeding(methodology)
    asked = {one.id: one.measure.covariates for one in methodology.indicator if isinstance(one.measure, SmallArea)}
    for rule in methodology.survey:
        asked[f"survey {rule.layer}"] = rule.covariates
    found = [
        Remark("protected", "error", (name,), f"'{name}' lets its model lean on {of}: '{text}'. {INSTEAD_OF_COVARIATE}")
        for name, covariates in asked.items()
        for text, of in [words.any_of([text for one in covariates for text in (one.title, one.field)])]
        if of
    ]
    for indicator in methodology.indicator:
        whole = _in_company(indicator, feeds[indicator.id], methodology) if asked.get(indicator.id) else ""
        if whole:
            said = worded(
                "Indicator '{indicator}' is modelled with covariates and counts in '{whole}', where what it leans on would count again.",
                indicator=indicator.id,
                whole=whole,
            )
            found.append(Remark("circular", "error", (indicator.id,), f"{said} {ALONE}"))
    return tuple(found)


def _in_company(indicator: Indicator, wholes: tuple[str, ...], methodology: Methodology) -> str:
    """The whole in which an indicator is combined with others, or nothing where it stands alone."""
    if len(wholes) > 1:
        return wholes[-1]
    others = [one for one in methodology.indicator if one.domain == indicator.domain and one.id != indicator.id]
    return indicator.domain if others else ""


def doubled(methodology: Methodology) -> tuple[Remark, ...]:
    """Pairs of indicators that count the same things, or ask the same question, in one whole; an error where they are the same number."""
    feeds = feeding(methodology)
    return tuple(
        remark
        for one, other in combinations(methodology.indicator, 2)
        if (whole := _shared(one, other, feeds, methodology)) and (remark := _double(one, other, whole, methodology.methodology.period))
    )


def feeding(methodology: Methodology) -> dict[str, tuple[str, ...]]:
    """The wholes that each indicator feeds, directly or through others, by its id: domains from the inside out, then indices."""
    above = {domain.id: domain.domain for domain in methodology.domain}
    found: dict[str, tuple[str, ...]] = {}
    for indicator in methodology.indicator:
        chain, name = [], indicator.domain
        while name:
            chain.append(name)
            name = above.get(name, "")
        for index in methodology.index:
            if set(index.of) & set(chain):
                chain.append(index.id)
        found[indicator.id] = tuple(chain)
    return found


def _shared(one: Indicator, other: Indicator, feeds: Mapping[str, tuple[str, ...]], methodology: Methodology) -> str:
    """The smallest whole that both feed at some level, or nothing."""
    levels = methodology.methodology.levels
    if not set(one.levels or levels) & set(other.levels or levels):
        return ""
    return next((whole for whole in feeds[one.id] if whole in feeds[other.id]), "")


def _protected(indicator: Indicator, card: LayerCard) -> Remark | None:
    measure = indicator.measure
    columns, told = _texts(measure, card)
    named = [indicator.title, indicator.id, *columns, *told]
    titles = [card.title, card.name.replace("-", " - ")]
    if isinstance(measure, Asked):
        return _if_named(indicator, card, [text for text in named if not words.says(text, words.ATTITUDES)])
    if _of_harm(card, titles, columns):
        done_by = any(words.says(text, words.DOERS) for text in (*named, *titles))
        return _if_named(indicator, card, [*named, *titles]) if done_by else None
    if card.kind == "assets" or isinstance(measure, Nearest | Reach):
        return _if_named(indicator, card, [*named, *titles], places=True) if _counts_against(indicator) else None
    texts = [text for text in named if not words.says(text, f"{words.HARM}|{words.ATTITUDES}")]
    buildings = [text for text in texts if words.says(text, words.BUILDINGS)]
    if buildings and indicator.up == "worse" and not words.says(f"{indicator.title} {indicator.unit}", words.FAR):
        return _if_named(indicator, card, buildings, places=True)
    return _if_named(indicator, card, [text for text in texts if text not in buildings]) or _of_layer(indicator, card, columns, told)


def _of_harm(card: LayerCard, titles: list[str], columns: tuple[str, ...]) -> bool:
    """Whether the layer records what is done to people, not who they are."""
    hate = any(words.says(title, words.HATE) for title in titles)
    return card.kind == "incidents" or (hate and not any(words.says(column, words.HEADS) for column in columns))


def _of_layer(indicator: Indicator, card: LayerCard, columns: tuple[str, ...], told: tuple[str, ...]) -> Remark | None:
    """What the layer's own title says of a column that says nothing itself."""
    titled = [title for title in (card.title, card.name.replace("-", " - ")) if words.characteristic(title)]
    titled = [title for title in titled if not words.says(title, f"{words.ATTITUDES}|{words.BUILDINGS}")]
    if not titled or (columns and all(words.total(column) for column in columns)):
        return None
    if words.only_about(titled[0]):
        return _if_named(indicator, card, titled)
    if not any(words.opaque(column, *told) for column in columns):
        return None
    return Remark(
        "protected", "warning", (indicator.id,),
        f"Indicator '{indicator.id}' uses {list(columns)} of the layer '{card.name}', whose title names {words.characteristic(titled[0])} among other things, and nothing "
        f"says what these columns hold. Give them a title in the card. {INSTEAD}",
    )  # fmt: skip


def _if_named(indicator: Indicator, card: LayerCard, texts: Iterable[str], *, places: bool = False) -> Remark | None:
    text, found = words.any_of(texts)
    if places and not text:
        text = next(
            (
                text
                for text in texts
                if words.says(text, words.BUILDINGS) and words.says(text, "worship|church(?:es)?|mosques?|temples?|synagogues?|gurdwaras?")
            ),
            "",
        )
        found = "religion or belief" if text else ""
    if not found:
        return None
    how = f"counts places of {found} against a neighbourhood" if places else f"is a share of people by {found}"
    return Remark(
        "protected", "error", (indicator.id,), f"Indicator '{indicator.id}' {how}: '{text.strip()}' (layer '{card.name}'). {INSTEAD}"
    )


def _counts_against(indicator: Indicator) -> bool:
    """Whether more of the assets, or nearer ones, make a place worse."""
    return indicator.up == ("better" if isinstance(indicator.measure, Nearest) else "worse")


def _texts(measure: Measure, card: LayerCard) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that are counted, by name, and what the card and the filter say of them."""
    columns = _counted(measure)
    known = {column.name: column for resource in card.resources for column in resource.columns.fields}
    if isinstance(measure, Asked):
        where: dict[str, tuple[object, ...]] = {}
    else:
        where = dict(measure.where)
    told = [
        text for name in (*columns, *where) if name in known for text in (known[name].title, words.first_words(known[name].description))
    ]
    told += [str(text) for name, values in where.items() for text in (name, *values)]
    return columns, tuple(text for text in told if text)


def _counted(measure: Measure) -> tuple[str, ...]:
    if isinstance(measure, Value):
        return (measure.field,)
    if isinstance(measure, Share):
        return measure.part
    if isinstance(measure, Asked):
        return (measure.subscale,) if isinstance(measure, Pillar) else (measure.question,)
    return measure.events if isinstance(measure, Rate | Severity | StandardisedRate | StandardisedRatio) else ()


def _circle(modelled: Indicator, source: Indicator, whole: str) -> Remark:
    pair = (modelled.id, source.id)
    if not whole:
        return Remark("circular", "warning", pair, worded(
            "Indicator '{modelled}' was modelled from '{source}' (layer '{layer}'). They feed different indices; do not read agreement between these as a finding.",
            modelled=modelled.id, source=source.id, layer=source.measure.layer,
        ))  # fmt: skip
    return Remark("circular", "error", pair, worded(
        "Indicator '{modelled}' was modelled from '{source}' (layer '{layer}'), and both feed '{whole}': the second is in part the first again, counted twice. Take one out of '{whole}', or model '{modelled}' without it.",
        modelled=modelled.id, source=source.id, layer=source.measure.layer, whole=whole,
    ))  # fmt: skip


def _double(one: Indicator, other: Indicator, whole: str, period: str) -> Remark | None:
    first, second = one.measure, other.measure
    if first.layer != second.layer:
        return None
    pair, both = (one.id, other.id), {"one": one.id, "other": other.id, "whole": whole}
    if _plainly(one) == _plainly(other):
        return Remark("double", "error", pair, worded("Indicators '{one}' and '{other}', both in '{whole}', are the same number. Take one out; to make it count more, give it a weight.", **both))  # fmt: skip
    if isinstance(first, Asked) and isinstance(second, Asked) and not isinstance(first, Pillar) and not isinstance(second, Pillar):
        said = worded("Indicators '{one}' and '{other}', both in '{whole}', ask the same question '{question}'. It counts twice; say why, or take one out.", question=first.question, **both)  # fmt: skip
        return Remark("double", "warning", pair, said) if first.question == second.question else None
    if not (_rows_meet(first, second) and _windows_meet(first, second, period)):
        return None
    if shared := _numerators_meet(first, second):
        return Remark("double", "warning", pair, worded("Indicators '{one}' and '{other}', both in '{whole}', count the same {shared} of the layer '{layer}'. They count twice; say why, or take one out.", shared=str(shared), layer=first.layer, **both))  # fmt: skip
    return None


def _plainly(indicator: Indicator) -> tuple[object, ...]:
    """An indicator without what only changes its unit."""
    return indicator.measure.model_copy(update={"scale": 1.0}).model_dump_json(), indicator.steps, indicator.scale, indicator.levels


def _numerators_meet(one: Measure, other: Measure) -> str:
    """What both count, in words; nothing where it differs."""
    if isinstance(one, Nearest | Reach | Zonal) or isinstance(other, Nearest | Reach | Zonal):
        same = type(one) is type(other) and getattr(one, "statistic", "") == getattr(other, "statistic", "")
        return ("cells" if isinstance(one, Zonal) else "places") if same else ""
    mine, theirs = _counted(one), _counted(other)
    if not mine and not theirs:
        return "rows"
    shared = [name for name in mine if name in theirs]
    return f"column(s) {shared}" if shared else ""


def _rows_meet(one: Measure, other: Measure) -> bool:
    """Whether the filters let some row through both, as far as the filters themselves can tell."""
    if one.where.keys() <= other.where.keys() or other.where.keys() <= one.where.keys():
        return all(set(one.where[name]) & set(other.where[name]) for name in one.where.keys() & other.where.keys())
    return False


def _windows_meet(one: Measure, other: Measure, period: str) -> bool:
    ends: Iterator[tuple[str, str]] = (window(measure, period) for measure in (one, other))
    (since, until), (other_since, other_until) = ends
    return max(since, other_since) <= min(until or "9999", other_until or "9999")
