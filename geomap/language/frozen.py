"""Sentences of the software that editions hold, in English as they were frozen: recognised when they are shown, and said in the reader's language.

What a city wrote itself is never among them and stays as it is.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from geomap.language.current import DEFAULT, language
from geomap.language.numerals import numeral
from geomap.language.words import noted, say

RECOGNISED = "recognised where it is shown"  # the mark in the template of a sentence that is made in English
NUMBER = re.compile(r"[-+±−]?\d{1,3}(,\d{3})*(\.\d+)?")
GAP = re.compile(r"\{(\w+)\}")
SENTENCES = (
    noted("Numbers describe areas, not the people who live in them."),
    noted("Where numbers go together, that is association; it does not show what brings what about."),
    noted("Modelled, not measured: a change can be a change of the model."),
    noted("Not reviewed: nobody but its owner has looked at how this survey was made."),
    noted("Not reviewed: nobody but its owner has looked at how this survey was made. It stands behind: {titles}."),
    noted("Adjusted, not representative: the survey is not a probability sample of the city."),
    noted("Straight-line distance from the middle of each place; streets and opening hours are not looked at."),
    noted("On {day} the data of {late} of {count} indicators are past their review."),
    noted("Past its review: the data of '{name}' were to be looked at again by {day}."),
    noted("Past its review: the data of {late} of the {count} indicators in it."),
    noted("Why here: {reason}"),
    noted("Speaks to: {issues}."),
    noted("Known bias ({mechanism}, {direction}, {groups}): {text}"),
    noted("Known bias ({mechanism}, {direction}): {text}"),
    noted("{places} place(s) have fewer than {least} recorded events; their counts are withheld."),
    noted("{places} place(s) have too few who agreed or did not, or they could be told from the others; their shares are withheld and the rest of the city stands in for them."),
    noted("{places} place(s) have fewer than {least} answers; their shares are withheld and the rest of the city stands in for them."),
    noted("{people} people answered; after weighting they count as much as {effective}."),
    noted("The answers of the people least reached count up to {most} times, those of the best reached {least} times."),
    noted("Not heard enough: {group} is {answers} of answers but {residents} of residents (ratio {ratio}, {low}–{high}). Weighting raises their answers; it cannot add the views of those who did not answer."),
    noted("The source publishes no error for this number. Its interval is assumed: ±{points} points on the scale of 0 to 10. {reason}"),
    noted("These {many} cannot be told apart by {title}: the differences are no larger than chance alone would make (Cochran's Q, p = {p})."),
    noted("{title} rests for {percent} % on one kind of evidence: {evidence}, and for {share} % on one provider: {provider}."),
    noted("{title} rests for {percent} % on one provider: {provider}."),
    noted("{title} rests for {percent} % on one kind of evidence: {evidence}."),
    noted("its interval is narrow and what it rests on is known"),
    noted("it has no interval"),
    noted("its interval is {width} points of ten wide"),
    noted("{percent} % of its weight has no number here"),
    noted("{percent} % of its weight comes from a larger place or a model"),
    noted("{percent} % of its weight is under a known bias of severity 2 or more"),
    noted("Weighted mean of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    noted("Geometric mean, so that a high part cannot make up for a low one, of {parts}, each on a scale of 0 to 10; the interval covers the doubt of the inputs, not the choice of method."),
    noted("Recorded events per {scale} of {people} ({layer}) a year over {years} years; exact Poisson interval."),
    noted("Recorded events per {scale} of {people} ({layer}); exact Poisson interval."),
    noted("Recorded events, each counted as much as its kind weighs in '{weights}', per {scale} of {people} ({layer}) a year over {years} years; gamma interval (Fay and Feuer)."),
    noted("Recorded events, each counted as much as its kind weighs in '{weights}', per {scale} of {people} ({layer}); gamma interval (Fay and Feuer)."),
    noted("Weights of the kinds: {title} ({provider}, {period})."),
    noted("{weight} % of the weight of all places comes from {events} % of the events, those of the kind '{kind}'."),
    noted("{places} place(s) have fewer than {least} recorded events of some kind; these counts are withheld, and of the weighted sum only the band is told."),
    noted("withheld: fewer than {least} events of '{kind}'"),
    noted("{part} as a share of {whole}; Wilson interval (what chance alone does in a place of this size)."),
    noted("Share who answered {answers} to '{question}', weighted to the population by {margins}; Korn–Graubard interval."),
    noted("Straight-line metres from the middle of the place to the nearest of '{layer}'."),
    noted("'{layer}' within {metres} m, straight line, of the middle of the place, per {scale} of people living within it."),
    noted("Mean of the cells of '{layer}' in the place; border cells by the part inside, exact."),
    noted("withheld: too few who agreed or did not, or they could be told from the others; the rest of the city stands in"),
    noted("withheld: fewer than {least} answers; the rest of the city stands in"),
    noted("withheld: fewer than {least} events"),
    noted("no one to count against"),
    noted("Exploration, not the agreed method."),
    noted("Exploration, not the agreed method. What if: nothing is changed."),
    noted("Exploration, not the agreed method. What if: {question}."),
    noted("Neighbours are no more alike or unlike than chance makes them (Moran's I {statistic}, p {p}), so no clusters are shown."),
    noted("Only {count} {many} have a number; under {least} no map of clusters is drawn, since it could hardly find any."),
    noted("Over all places, {here} and what neighbours have of {around} go together no more than chance makes them (r {r}, p {p}), so no clusters are shown."),
    noted("Such {many} lie side by side no more often than chance puts them there (p {p}), so no clusters are shown."),
    noted("Such {many} lie side by side less often than chance puts them there (p {p}), so no clusters are shown."),
    noted("Neighbours: places that share a border or a corner; {mean} a place on average, and every place has some."),
    noted("Neighbours: places that share a border or a corner; {mean} a place on average. {count} place(s) have none: {codes}."),
    noted("Marshall's empirical Bayes, from the counts that are shown"),
    noted("'{title}' is {yes} in {some} of {whole} {many} with a number; there is nothing to lie together or apart. Take another threshold."),
    noted("Only {count} {many} have both '{first}' and '{second}', or one of them does not vary; at least {least} are needed."),
    noted("Answers describe how people in a place see things together; they are not a prediction of any person's behaviour."),
    noted("not compared: whether the scale means the same in these groups (measurement invariance) was not shown"),
    noted("fewer than {base} answers, or they could be told from the others"),
    noted("few answers"),
    noted("withheld: too few answers, too few who agreed or did not, or they could be told from the others"),
    noted("modelled (weight of its own answers {own})"),
    noted("modelled, mostly borrowed from the other places (weight of its own answers {own})"),
    noted("modelled, all of it borrowed: fewer than {base} answers here that may be used"),
    noted("modelled with {covariates} (weight of its own answers {own})"),
    noted("modelled with {covariates}, mostly borrowed from the other places (weight of its own answers {own})"),
    noted("modelled with {covariates}, all of it borrowed: fewer than {base} answers here that may be used"),
    noted("fewer than {base} answers, and too few places for a model"),
    noted("survey not reviewed"),
    noted("{title} (not reviewed): what people said"),
    noted("{title} (not reviewed): who answered, against who lives here"),
    noted("{title} (not reviewed): its scales"),
    noted("{title}: what people said"),
    noted("{title}: who answered, against who lives here"),
    noted("{title}: its scales"),
    noted("the same: measured alike in both editions"),
    noted("bridged: one of the two was brought to the measure of the other"),
    noted("not comparable: shown side by side, never as a difference"),
)  # fmt: skip
LABELS = (
    noted("high need, little access"), noted("high need or little access"), noted("neither"), noted("cannot tell"),
    noted("not significant"), noted("no neighbours"), noted("no number"), noted("together"), noted("has it not"),
    noted("direct"), noted("modelled"), noted("withheld"),
    noted("hot in both"), noted("hot as counted only"), noted("hot when smoothed only"), noted("not hot"),
    noted("got better"), noted("got worse"), noted("no change we could see"), noted("cannot be compared"),
)  # fmt: skip


def known(text: str) -> str:
    """A text that comes out of an edition: in the reader's language where it is a sentence of ours, or several with semicolons between; else as it is."""
    return text if language() == DEFAULT or not text else _known(text, language())


@lru_cache(maxsize=4096)
def _known(text: str, code: str) -> str:
    pieces = _pieces(text.split("; "))
    return SEMICOLON.get(code, "; ").join(pieces) if pieces else text


def _pieces(parts: list[str]) -> list[str]:
    """*parts*, between which there were semicolons, as sentences of ours, the shortest first; nothing where some are none."""
    for count in range(1, len(parts) + 1):
        first, others = _retold("; ".join(parts[:count])), parts[count:]
        if first is not None and (not others or (rest := _pieces(others))):
            return [first, *rest] if others else [first]
    return []


SEMICOLON = {"fr": " ; ", "ar": "؛ "}


def _retold(text: str) -> str | None:
    """*text* in the language of now; nothing where it is no sentence of ours."""
    for sure, pattern, sentence in _patterns():
        if sure in text and (found := pattern.fullmatch(text)):
            return say(sentence, **{name: text if "version" in name else _gap(text) for name, text in found.groupdict().items()})
    return None


def _gap(text: str) -> str:
    """What stood in a gap of an English sentence: a number as the language of now writes it, sentences of ours in it; any other text as it is."""
    return numeral(text) if NUMBER.fullmatch(text) else known(text)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Each sentence with its longest part that is no gap and what finds it, those of fewest gaps first."""
    ordered = sorted({*SENTENCES, *_worded()}, key=lambda one: (one.count("{"), -len(one), one))
    return tuple((max(GAP.split(sentence)[::2], key=len), _pattern(sentence), sentence) for sentence in ordered)


def _worded() -> Iterator[str]:
    """Every sentence that is made in English (geomap.worded), as the template of the catalogues marks it."""
    from babel.messages.pofile import read_po

    with files("geomap.language").joinpath("template.pot").open("rb") as source:
        yield from (message.id for message in read_po(source) if RECOGNISED in message.auto_comments)


def _pattern(sentence: str) -> re.Pattern[str]:
    """What finds *sentence* with anything in its gaps; a gap that comes again holds the same again."""
    parts, found = GAP.split(sentence), ""
    for at, part in enumerate(parts):
        found += re.escape(part) if not at % 2 else f"(?P={part})" if part in parts[1:at:2] else f"(?P<{part}>.+?)"
    return re.compile(found, re.DOTALL)
