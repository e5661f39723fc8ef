"""What a layer says of itself: kind, places, period, sensitivity, and the two sentences that travel with every number."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from geomap.datapackage.package import SHAPES, Crs, Package, Resource, Standard
from geomap.layers.codebook import Question
from geomap.layers.instrument import Instrument
from geomap.layers.melt import Melt
from geomap.statistics.replicates import Method
from geomap.tiers import TIERS
from geomap.worded import worded


def _a_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(worded("is no day of the calendar; write it as 2026-12-31")) from None
    return text


Day = Annotated[str, AfterValidator(_a_day)]


class Agreement(Standard):
    """What an agency agreed to share: with whom it was agreed, where that is written, and the last day it holds."""

    agency: str = Field(alias="with", min_length=1)
    until: Day
    reference: str = ""

    def has_ended(self, today: date) -> bool:
        """Whether its last day lies behind us."""
        return date.fromisoformat(self.until) < today


class Places(Standard):
    """How rows find their place: by a code column of a boundary set, by two coordinate columns, or by the geometry of the file."""

    boundaries: str = ""
    field: str = ""
    x: str = ""
    y: str = ""
    crs: Crs = "EPSG:4326"
    geometry: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [bool(self.boundaries and self.field), bool(self.x and self.y), self.geometry]
        if sum(ways) != 1:
            raise ValueError(worded("must give either boundaries and field, or x and y, or geometry"))
        return self


class NotCovered(Standard):
    """Places the layer never looked at, and why."""

    codes: tuple[str, ...]
    boundaries: str
    reason: str = Field(min_length=1)


class Reviewed(Standard):
    """Who looked at a survey's method who is not its owner, when, and what they said."""

    by: str = Field(min_length=1)
    on: Day
    said: str = Field(min_length=1)


class ReplicateWeights(Standard):
    """Replicate weights that came with a survey: their columns, by name or a pattern such as rep_*, and how they were made.

    Each column holds whole weights, not factors. rho: of Fay's method. counts: what the squared deviation of each column counts for, where it is not
    the usual of the method; a stratified jackknife (JKn) has no usual one.
    """

    columns: tuple[str, ...] = Field(min_length=1)
    method: Method
    rho: float = Field(0.0, ge=0, lt=1)
    counts: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = []
        if self.method == "JKn" and not self.counts:
            faults.append(
                worded("counts: a stratified jackknife (JKn) needs one number a column, (n - 1)/n of its stratum's n primary units")
            )
        if (self.method == "Fay") != (self.rho > 0):
            faults.append(worded("rho: belongs to the method Fay, which needs it, between 0 and 1; it is in the survey's documentation"))
        if any(not count >= 0 for count in self.counts):
            faults.append(worded("counts: holds a number below 0; a deviation never counts less than nothing"))
        if faults:
            raise ValueError("\n".join(faults))
        return self


class Fieldwork(Standard):
    """How a survey was taken, and what was asked.

    sample: only a probability sample speaks for the whole city; focus groups never give a percentage. stratum, cluster and units_field: columns of
    the sampling design (units: primary units in the population of the row's stratum). groups: columns that answers may be shown by.
    """

    frame: str = ""
    mode: str = ""
    response_rate: float | None = Field(None, ge=0, le=1)
    weight_field: str | None = None
    stratum_field: str | None = None
    cluster_field: str | None = None
    units_field: str | None = None
    replicates: ReplicateWeights | None = None
    reason: str = ""
    sample: Literal["probability", "non-probability", "focus group", "open consultation"] | None = None
    representative: bool = False
    dont_know: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    questions: dict[str, Question] = Field(default_factory=dict)
    instrument: Instrument | None = None
    reviewed: Reviewed | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.representative and self.sample not in (None, "probability"):
            raise ValueError(
                worded(
                    "representative: a {sample} sample does not speak for the city; write false, or correct sample", sample=str(self.sample)
                )
            )
        if self.units_field and not (self.stratum_field or self.cluster_field):
            raise ValueError(worded("units_field: needs stratum_field or cluster_field, to say which units are meant"))
        if self.replicates and not self.weight_field:
            raise ValueError(worded("replicates: need weight_field, the column of the weights that they are replicates of"))
        return self

    def no_answer(self, question: str) -> tuple[int, ...]:
        """The codes of *question* that stand for no answer."""
        own = self.questions.get(question)
        return own.dont_know if own and own.dont_know else self.dont_know


class Mended(Standard):
    """One thing that was mended when a file was taken in, or is in doubt, in a sentence."""

    about: str = ""
    count: int = 0
    sentence: str = Field(min_length=1)


class Intake(Standard):
    """What was done to the file that was handed in: its name and hash, whether the copy was rewritten, and each repair."""

    file: str = ""
    sha256: str = ""
    rewritten: bool = False
    repairs: tuple[Mended, ...] = ()


class SameNames(Standard):
    """Names in the column of codes that are not quite those of the boundaries, and the code that each means; blank where it is none of theirs."""

    pairs: dict[str, str]
    confirmed: bool = False

    @model_validator(mode="after")
    def _was_looked_at(self) -> Self:
        if not self.confirmed:
            named = ", ".join(f"'{name}'" for name in list(self.pairs)[:5])
            raise ValueError(
                worded(
                    "holds {count} name(s) that are not quite those of the boundaries, such as {named}; correct the codes beside them, then write confirmed: true",
                    count=len(self.pairs),
                    named=str(named),
                )
            )
        return self


class LayerCard(Package):
    """The card of a layer."""

    kind: Literal["table", "incidents", "survey", "assets", "observations", "register", "raster", "streets", "backdrop"] = Field(
        alias="geomap:kind"
    )
    drawn_as: Literal["water", "green", "rail", "outline"] = Field("outline", alias="geomap:drawn_as")
    topic: str = Field("", alias="geomap:topic")
    places: Places | None = Field(None, alias="geomap:places")
    date_field: str = Field("", alias="geomap:date_field")
    period_field: str = Field("", alias="geomap:period_field")
    period: str = Field(alias="geomap:period", min_length=1)
    sensitivity: Literal["open", "counts", "survey"] = Field(alias="geomap:sensitivity")
    tier: Literal["public", "partners", "restricted"] = Field(alias="geomap:tier")
    evidence: Literal["census", "administrative", "police", "survey", "community", "online", "professional", "model"] = Field(
        alias="geomap:evidence"
    )
    origin: Literal["measured", "modelled"] | None = Field(None, alias="geomap:origin")
    agreement: Agreement | None = Field(None, alias="geomap:agreement")
    not_used: str = Field("", alias="geomap:not_used")
    not_covered: NotCovered | None = Field(None, alias="geomap:not_covered")
    skewed: str = Field(alias="geomap:skewed")
    misreading: str = Field(alias="geomap:misreading")
    review_by: str = Field("", alias="geomap:review_by")
    biases: tuple[str, ...] = Field((), alias="geomap:biases")
    issues: tuple[str, ...] = Field((), alias="geomap:issues")
    unplaceable: tuple[str, ...] = Field((), alias="geomap:unplaceable")
    least_match: float = Field(0.95, alias="geomap:least_match", ge=0, le=1)
    names: SameNames | None = Field(None, alias="geomap:names")
    overlapping: tuple[str, ...] = Field((), alias="geomap:overlapping")
    intake: Intake | None = Field(None, alias="geomap:intake")
    survey: Fieldwork | None = Field(None, alias="geomap:survey")
    melt: Melt | None = Field(None, alias="geomap:melt")
    resources: tuple[Resource, ...] = ()

    @field_validator("skewed", "misreading")
    @classmethod
    def _is_said(cls, sentence: str) -> str:
        if not sentence.strip():
            raise ValueError(
                worded("is blank; one sentence from somebody who knows the data is needed, because it is shown wherever the number is")
            )
        return sentence.strip()

    @model_validator(mode="after")
    def _online_has_no_ward(self) -> Self:
        if self.kind == "observations" and self.places is not None:
            raise ValueError(
                worded("an observation log speaks of the whole city; take geomap:places out, online posts do not belong to a neighbourhood")
            )
        if self.kind in ("table", "incidents", "survey", "assets") and self.places is None and not self.not_used:
            raise ValueError(worded("a layer of kind {kind} needs geomap:places, so that its rows find their place", kind=self.kind))
        return self

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = []
        if not self.resources and not self.not_used:
            faults.append(
                worded("resources: is missing; a card names at least one file, unless geomap:not_used says why the data are not used")
            )
        if not self.provider:
            faults.append(worded("contributors: is blank; name the organisation that provides the data"))
        if self.evidence == "model" and self.origin == "measured":
            faults.append(worded("geomap:origin: says measured, but geomap:evidence says model; correct one of them"))
        if self.melt and self.resources and self.resources[0].format != "csv":
            faults.append(worded("geomap:melt: turns columns of a table into rows; this layer's file is no table"))
        if faults:
            raise ValueError("\n".join(faults))
        return self

    @model_validator(mode="after")
    def _backdrop_is_only_drawn(self) -> Self:
        if self.kind != "backdrop":
            return self
        faults = []
        if self.places is not None:
            faults.append(worded("geomap:places: a backdrop is drawn, not counted by place; take them out"))
        if self.guarded:
            faults.append(worded("geomap:sensitivity: everybody sees a backdrop as it is; it must be open, or stay out of the workspace"))
        if any(one.format not in SHAPES for one in self.resources):
            faults.append(worded("resources: a backdrop is a file of lines or areas ({shapes})", shapes=", ".join(SHAPES)))
        if faults:
            raise ValueError("\n".join(faults))
        return self

    @property
    def guarded(self) -> bool:
        """Whether it is about people who could be told from small numbers, so that nothing of it is published but what the gate lets out."""
        return self.sensitivity != "open"

    @property
    def modelled(self) -> bool:
        """Whether the numbers were estimated by a model: they show no change over time, and must not be tested against what they were made from."""
        return self.origin == "modelled" or self.evidence == "model"

    @property
    def unreviewed(self) -> bool:
        """Whether this is a survey whose method nobody but its owner has looked at."""
        return self.kind == "survey" and (self.survey is None or self.survey.reviewed is None)

    def may_be_seen_in(self, tier: str) -> bool:
        """Whether an edition of *tier* may hold what comes of this layer."""
        return TIERS.index(self.tier) <= TIERS.index(tier)
