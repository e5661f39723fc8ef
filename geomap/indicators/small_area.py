"""The share of answers in places where few were asked: each place's own answers, pulled towards the city as far as they are in doubt."""

from typing import ClassVar, Literal, TypedDict, Unpack

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field
from scipy.special import ndtri

from geomap.indicators.covariate import Covariate, covariates_at
from geomap.indicators.measure import Cell, Measure, Observed
from geomap.indicators.respondents import NOBODY, Aside, Respondents, agreeing, answers_of, respondents, weighted_by
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.statistics.design import Design
from geomap.statistics.domains import Domains, domain_means
from geomap.statistics.fay_herriot import Modelled, benchmark, fay_herriot, smoothed_variance
from geomap.statistics.intervals import korn_graubard_interval
from geomap.statistics.telling_apart import homogeneity
from geomap.worded import below_zero, worded, worded_each

FEWEST_PLACES = 5
MOSTLY_BORROWED = 0.3
ALIKE = 0.05
MORE_THAN_COVARIATES = 3
NO_MORE = worded("Beyond the covariates the places cannot be told apart: what is shown of each is mostly what the covariates let expect.")
NOTHING_TO_LEAN_ON = worded("too few answers of its own to show, and a covariate of the model is not known here")


class KeptOut(TypedDict, total=False):
    """Whose answers stay out of a number. without, aside: as in *SurveyShare*; silent: places of the level whose own answers stay out of every number, though how many answered is told."""

    without: frozenset[str]
    silent: frozenset[str]
    aside: Aside


class SmallArea(Measure):
    """Answers among *agree* to *question*, modelled where a place's own answers are too few (Fay and Herriot 1979, REML, a common mean).

    A place's answers stand by themselves from *direct_from* effective answers on, if half their interval is at most *within*; otherwise the model
    speaks. Places with fewer than *own_base* answers add none of them, nor do those under the base of the gate, since whoever has a modelled number, the
    weight in it and the city's share has the place's own: what is shown there is the city's, or what the covariates let expect.
    *covariates* lend strength where the number stands alone; inside a composite a model that knows of deprivation would count deprivation twice.
    """

    measure: Literal["small_area"] = "small_area"
    question: str
    agree: tuple[Cell, ...] = Field(min_length=1)
    rake: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    direct_from: int = Field(30, ge=1)
    within: float = Field(0.10, gt=0, le=0.5)
    own_base: int = Field(10, ge=5)
    covariates: tuple[Covariate, ...] = ()
    scale: float = Field(100.0, gt=0)
    counting: ClassVar[bool] = False
    answering: ClassVar[bool] = True
    floor: ClassVar[float | None] = 0.0

    def from_base(self, base: int) -> "SmallArea":
        """The measure that takes in no answers of places with fewer than *base*."""
        return self.model_copy(update={"own_base": max(self.own_base, base)})

    def layers(self) -> tuple[str, ...]:
        """The survey, and the layers of the covariates."""
        return tuple(dict.fromkeys([*super().layers(), *(name for one in self.covariates for name in one.layers())]))

    def heard(self, sources: Sources) -> tuple[Layer, NDArray[np.bool_]]:
        """Those who answered the question."""
        rows = rows_of(sources.layer(self.layer), self, sources.period)
        return rows, answers_of(rows, self.question)[1]

    def observe(self, sources: Sources, level: str, **kept: Unpack[KeptOut]) -> Observed:
        """The share per place, direct or modelled, with its interval; flags say which, and how much a modelled one borrows."""
        table, notes = self.estimates(sources, level, **kept)
        frame = table[["value", "low", "high"]] * self.scale
        frame = frame.assign(
            **table[["answered", "agreed"]].rename(columns={"answered": "n"}),
            status=np.where(table["value"].notna(), "value", "missing"),
            hidden=False,
            flags=table["flags"],
        )
        return Observed(frame, "modelled", notes)

    def estimates(
        self,
        sources: Sources,
        level: str,
        *,
        without: frozenset[str] = frozenset(),
        silent: frozenset[str] = frozenset(),
        aside: Aside = NOBODY,
    ) -> tuple[pd.DataFrame, tuple[str, ...]]:
        """Direct and modelled side by side, shares from 0 to 1, per place of *level*, and sentences; without, silent, aside: as in *KeptOut*.

        Columns: answered, agreed (how many people of those), n (NaN under *own_base*), effective, direct, direct_low, direct_high, modelled, modelled_low, modelled_high, own (γ), shown
        (direct, modelled or empty), value, low, high, flags.
        """
        rows, answered = self.heard(sources)
        who = respondents(rows, sources, self.rake, bounds=self.bounds, aside=aside)
        own, places = who.places(sources, level)
        agrees, _ = agreeing(who, self.question, self.agree)
        left = own.isin(without).to_numpy()
        table, notes = self.estimates_of(who, sources, level, left=left | places.isin(silent).to_numpy())
        people = pd.DataFrame({"answered": 1.0, "agreed": agrees.astype(float)}).groupby(places.where(answered & ~left).to_numpy()).sum()
        return table.drop(columns="answered").join(people.reindex(table.index).fillna(0.0)), notes

    def estimates_of(
        self, who: Respondents, sources: Sources, level: str, *, left: NDArray[np.bool_]
    ) -> tuple[pd.DataFrame, tuple[str, ...]]:
        """As *estimates*, of respondents that are weighted already; left: whose answers stay out."""
        agrees, answered = agreeing(who, self.question, self.agree)
        _, places = who.places(sources, level)
        groups = places.where(answered & ~left)
        bases = groups.value_counts()
        groups = groups.where(groups.map(bases) >= self.own_base).to_numpy(dtype=object)
        codes = sources.atlas[level].codes
        table = _direct(who.design, np.where(answered, agrees, 0.0), groups, codes).assign(answered=bases.reindex(codes).fillna(0.0))
        lent = covariates_at(self.covariates, sources, level)
        leaning = lent.notna().all(axis=1)
        fewest = max(FEWEST_PLACES, len(self.covariates) + MORE_THAN_COVARIATES)
        if (table["direct"].notna() & leaning).sum() < fewest:
            return _chosen(table, self), (
                *who.notes,
                f"Fewer than {fewest} places have {self.own_base} answers or more, too few for a model.",
            )
        city = float(np.average(table["direct"].dropna(), weights=table["weight"][table["direct"].notna()]))
        variance = smoothed_variance(city, table["effective"])
        design = np.column_stack([np.ones(len(lent)), lent.fillna(0.0).to_numpy()])
        found = fay_herriot(table["direct"].where(leaning), np.where(table["direct"].notna(), variance, np.nan), design)
        table = _chosen(_modelled(table, found, leaning.to_numpy()), self)
        return table, (*who.notes, *_told(table, variance, found), *self._lent(found))

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        layer = sources.layer(self.layer)
        said = worded(
            "Share who answered {answers} to '{question}', {weighted}; where few were asked a model pulls it towards the city's share (Fay–Herriot), and says so.",
            answers=", ".join(map(str, self.agree)), question=layer.called(self.question), weighted=weighted_by(layer, self.rake),
        )  # fmt: skip
        return f"{said} {worded('Strength is lent by {titles}.', titles=listed(self.covariates))}" if self.covariates else said

    def _lent(self, found: Modelled) -> tuple[str, ...]:
        """What each covariate lent, in points per standard deviation of the places."""
        if not self.covariates:
            return ()
        slopes = zip(self.covariates, found.beta[1:] * self.scale, ndtri(0.975) * found.beta_se[1:] * self.scale, strict=True)
        told = ", ".join(f"{one.title} {below_zero(f'{slope:+.1f}')} (±{half:.1f})" for one, slope, half in slopes)
        said = worded(
            "Covariates lent strength to the model, in points of the share for each standard deviation between places: {slopes}. That is association, not cause, and this number counts in no composite.",
            slopes=told,
        )
        return (said, *((NO_MORE,) if found.between == 0 else ()))


def listed(covariates: tuple[Covariate, ...]) -> str:
    """Their titles, in words."""
    *first, last = [one.title for one in covariates]
    return f"{', '.join(first)} and {last}" if first else last


def _direct(design: Design, agrees: np.ndarray, groups: np.ndarray, places: pd.Index) -> pd.DataFrame:
    means = domain_means(design, agrees, Domains.of(groups))
    means = means[means["n"] > 0]
    low, high = korn_graubard_interval(means["mean"], means["se"], means["n"], means["df"].clip(lower=1))
    found = means[["n", "effective"]].assign(direct=means["mean"], direct_low=low, direct_high=high)
    found["weight"] = pd.Series(design.weights).groupby(pd.Series(groups, dtype=object)).sum().reindex(found.index)
    return found.reindex(places).fillna({"weight": 0.0, "effective": 0.0})


def _modelled(table: pd.DataFrame, found: Modelled, leaning: np.ndarray) -> pd.DataFrame:
    known = table["direct"].notna().to_numpy() & leaning
    whole = float(np.average(table["direct"][known], weights=table["weight"][known]))
    _, factor = benchmark(found.estimate[known], table["weight"].to_numpy()[known], whole)
    half = ndtri(0.975) * np.sqrt(found.mse)
    middle = np.where(leaning, np.clip(found.estimate * factor, 0, 1), np.nan)
    sides = {"modelled_low": np.clip(middle - half, 0, 1), "modelled_high": np.clip(middle + half, 0, 1)}
    return table.assign(modelled=middle, **sides, own=np.where(leaning, found.own, np.nan))


def _chosen(table: pd.DataFrame, rule: SmallArea) -> pd.DataFrame:
    if "modelled" not in table:
        table = table.assign(modelled=np.nan, modelled_low=np.nan, modelled_high=np.nan, own=np.nan)
    half = (table["direct_high"] - table["direct_low"]) / 2
    direct = (table["effective"] >= rule.direct_from) & (half <= rule.within)
    shown = np.where(direct, "direct", np.where(table["modelled"].notna(), "modelled", ""))
    values = {
        name: table[f"direct{end}"].where(direct, table[f"modelled{end}"])
        for name, end in (("value", ""), ("low", "_low"), ("high", "_high"))
    }
    nobody = (table["direct"].isna()) & (shown == "modelled")
    none = worded("fewer than {base} answers, and too few places for a model", base=rule.own_base)
    flags = np.select(
        [shown == "direct", nobody, (shown == "modelled") & (table["own"] < MOSTLY_BORROWED), shown == "modelled"],
        ["", *_flags(table["own"].round(2).astype(str), rule)],
        default=none if table["modelled"].isna().all() else NOTHING_TO_LEAN_ON,
    )
    return table.assign(shown=shown, flags=flags, **values)


def _flags(own: pd.Series, rule: SmallArea) -> tuple[str | pd.Series, pd.Series, pd.Series]:
    """What is said of a place that is modelled altogether, of one that is mostly, and of any other, by the weight of its *own* answers."""
    whole = worded("modelled, all of it borrowed: fewer than {base} answers here that may be used")
    most = worded("modelled, mostly borrowed from the other places (weight of its own answers {own})")
    some = worded("modelled (weight of its own answers {own})")
    if rule.covariates:
        whole = worded("modelled with {covariates}, all of it borrowed: fewer than {base} answers here that may be used")
        most = worded("modelled with {covariates}, mostly borrowed from the other places (weight of its own answers {own})")
        some = worded("modelled with {covariates} (weight of its own answers {own})")
    lent = {"covariates": listed(rule.covariates)} if rule.covariates else {}
    return worded(whole, base=str(rule.own_base), **lent), worded_each(most, own, **lent), worded_each(some, own, **lent)


def _told(table: pd.DataFrame, variance: np.ndarray, found: Modelled) -> tuple[str, ...]:
    counts = table["shown"].value_counts()
    borrowed = int((table["own"][table["shown"] == "modelled"] < MOSTLY_BORROWED).sum())
    own, modelled = counts.get("direct", 0), counts.get("modelled", 0)
    said = [
        worded(
            "{own} place(s) are shown by their own answers, {modelled} by a model, of which {borrowed} mostly borrow from the others.",
            own=int(own),
            modelled=int(modelled),
            borrowed=borrowed,
        ),
        worded("A modelled value shows no change over time."),
    ]
    test = homogeneity(table["direct"], np.sqrt(variance))
    if (found.between == 0 and len(found.beta) == 1) or test.p > ALIKE:
        said.append(
            worded(
                "These places cannot be told apart by this question (homogeneity p = {p}): differences between them may be chance.",
                p=f"{test.p:.2f}",
            )
        )
    return tuple(said)
