"""What somebody asked "what if" about, as one value that the command line and the dashboard make alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geomap.assessment.assessment import Assessment
from geomap.assessment.explore import Explored, elsewhere, explore
from geomap.errors import UsageError
from geomap.methodology.recipe import Methodology
from geomap.methodology.whatif import recombined, reweighted, with_missing, without
from geomap.scoring.combine import Combine, Missing
from geomap.worded import worded

LABEL = worded("Exploration, not the agreed method.")
WAYS = {
    "arithmetic": worded("weighted mean"), "geometric": worded("geometric mean"), "harmonic": worded("harmonic mean"), "scaled_geometric": worded("scaled geometric mean"),
    "ordered": worded("mean, the highest first"), "max": worded("the highest part"), "min": worded("the lowest part"),
}  # fmt: skip
GAPS = {
    "share": worded("a whole needs the agreed share of its parts"), "propagate": worded("a whole needs all its parts"),
    "renormalise": worded("a whole makes do with the parts there are"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """weights: by domain or index, then by part. combine: by domain or index. out: indicators left out; evidence: kinds of evidence left out."""

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    combine: Mapping[str, Combine] = field(default_factory=dict)
    out: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    missing: Missing | None = None

    @property
    def nothing(self) -> bool:
        """Whether the agreed method is asked for as it is."""
        return not (self.weights or self.combine or self.out or self.evidence or self.missing)

    def changes(self, assessment: Assessment, methodology: Methodology) -> Methodology:
        """The methodology with everything that was asked; its errors say which part does not exist."""
        changed = reweighted(methodology, self.weights) if self.weights else methodology
        changed = recombined(changed, self.combine) if self.combine else changed
        changed = with_missing(changed, self.missing, methodology.missing.least_share) if self.missing else changed
        out = {*self.out, *self._resting(assessment)} & {indicator.id for indicator in methodology.indicator}
        if not (self.out or self.evidence):
            return changed
        return without(changed, sorted(out | set(self.out) | elsewhere(assessment, methodology)))

    def run(self, assessment: Assessment, methodology: Methodology, *, draws: int = 200) -> Explored:
        """What comes of it; UsageError of a public edition, which holds no ranks to be moved."""
        if assessment.tier == "public":
            raise UsageError(worded("A public edition holds no ranks, so none can be seen to move. Ask this of a partners edition."))
        return explore(assessment, self.changes(assessment, methodology), draws=draws)

    def sentence(self, assessment: Assessment) -> str:
        """What was asked, in words."""
        titles = {node.id: node.title for node in assessment.nodes}
        said = [
            worded(
                "the weights of {whole} are {parts}",
                whole=titles.get(whole, whole),
                parts=", ".join(f"{titles.get(part, part)} × {weight:g}" for part, weight in parts.items()),
            )
            for whole, parts in self.weights.items()
        ]
        said += [
            worded("the parts of {whole} are combined so: {way}", whole=titles.get(whole, whole), way=WAYS[way])
            for whole, way in self.combine.items()
        ]
        out = sorted({*self.out, *self._resting(assessment)})
        said += [worded("without {parts}", parts=", ".join(titles.get(name, name) for name in out))] if out else []
        said += [worded("missing parts: {rule}", rule=GAPS[self.missing])] if self.missing else []
        if not said:
            return worded("Exploration, not the agreed method. What if: nothing is changed.")
        return worded("Exploration, not the agreed method. What if: {question}.", question="; ".join(said))

    def _resting(self, assessment: Assessment) -> list[str]:
        found = {node.id: node.evidence for node in assessment.of_kind("indicator")}
        if unknown := sorted(set(self.evidence) - set(found.values())):
            raise UsageError(
                worded(
                    "No indicator rests on {unknown}. There is {examples}.", unknown=str(unknown), examples=str(sorted(set(found.values())))
                )
            )
        return [name for name, kind in found.items() if kind in self.evidence]


def asked_in_words(
    weights: Sequence[str] = (), combine: Sequence[str] = (), out: Sequence[str] = (), evidence: Sequence[str] = (), missing: str = ""
) -> Asked:
    """What was asked in the form pressure.incidents=3 (a weight) and risk=arithmetic (a way to combine); UsageError when a form is off."""
    by_whole: dict[str, dict[str, float]] = {}
    for words in weights:
        whole, dot, rest = words.partition(".")
        part, equals, number = rest.partition("=")
        if not (dot and equals) or not _is_weight(number):
            raise UsageError(
                worded("'{examples}' is no weight; write WHOLE.PART=NUMBER, such as pressure.incidents=3.", examples=str(words))
            )
        by_whole.setdefault(whole, {})[part] = float(number)
    ways = dict(words.partition("=")[::2] for words in combine)
    if wrong := [words for words in combine if words.partition("=")[2] not in Combine.__args__]:
        raise UsageError(
            worded(
                "{wrong} are no ways to combine; write WHOLE=WAY, with one of {known}.", wrong=str(wrong), known=str(list(Combine.__args__))
            )
        )
    if missing and missing not in Missing.__args__:
        raise UsageError(
            worded(
                "'{missing}' is no rule for what is missing; there are {known}.", missing=str(missing), known=str(list(Missing.__args__))
            )
        )
    return Asked(by_whole, ways, tuple(out), tuple(evidence), missing or None)


def _is_weight(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False
