"""The rules of a methodology: what is missing, what stays inside, how values are scaled, how doubt is drawn."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.disclosure.gate import Rule
from geomap.disclosure.rules import PRESETS, CellKey, CountRule
from geomap.scoring.combine import Combine, Missing
from geomap.scoring.scale import Ruler

Reason = Annotated[str, Field(min_length=1)]


class MissingRule(Recipe):
    """What happens where a part has no value; there is no default. share: at least *least_share* of the weight must be there."""

    rule: Missing
    least_share: float = Field(2 / 3, ge=0, le=1)
    reason: Reason


class DisclosureRule(Recipe):
    """Which small numbers stay inside, by what the card of a layer says of its sensitivity.

    counts: the rule for layers of sensitivity counts; "threshold" withholds those from 1 to threshold - 1, the others are presets with a published source.
    openly: the rule for counts of open layers. survey_base: shares of fewer answers are withheld. cell_key: the noise, where a rule is "cell-key".
    """

    threshold: int = Field(5, ge=2)
    counts: Literal["threshold", "threshold-5", "ons-10-5", "nhs-1-7-5", "cell-key"] = "threshold"
    openly: Literal["shown", "threshold-5", "ons-10-5", "nhs-1-7-5", "cell-key"] = "shown"
    survey_base: int = Field(30, ge=1)
    cell_key: CellKey = CellKey()
    reason: Reason

    def rule(self) -> Rule:
        """The rule as the gate reads it."""
        return Rule(self.threshold, self.survey_base, self._preset(self.counts), self._preset(self.openly))

    def _preset(self, name: str) -> CountRule | None:
        return self.cell_key if name == "cell-key" else PRESETS.get(name)


class Uncertainty(Recipe):
    """How many times the doubt is drawn, for which interval, from which seed.

    unknown_error: half the width of the interval assumed for a number whose source publishes no error, in points of the scale of 0 to 10. Without
    it such numbers would look certain, and their ranks with them.
    """

    draws: int = Field(1_000, ge=20, le=100_000)
    level: Literal[0.95] = 0.95
    seed: int = Field(2026, ge=0)
    unknown_error: float = Field(0.5, ge=0, le=10)
    unknown_reason: str = ""


class ScaleRule(Recipe):
    """How a value becomes a score from 0 to 10; fitted to the baseline edition and then held still.

    goalposts: the *low*th and *high*th percentile of the baseline score 0 and 10. fixed: the values *low* and *high* do, in the indicator's unit.
    z: *low* and *high* standard deviations from the baseline's mean do. percentile: the share of baseline places below, times ten.
    """

    method: Literal["goalposts", "fixed", "z", "percentile"] = "goalposts"
    low: float | None = None
    high: float | None = None
    reason: Reason

    @model_validator(mode="after")
    def _posts(self) -> Self:
        low, high = self.posts
        if self.method == "fixed" and (self.low is None or self.high is None):
            raise ValueError("method = fixed needs low and high: the values that score 0 and 10")
        if self.method == "percentile" and (self.low, self.high) != (None, None):
            raise ValueError("method = percentile has no goalposts; take low and high out")
        if self.method == "goalposts" and not (0 <= low < high <= 100):
            raise ValueError("method = goalposts needs 0 ≤ low < high ≤ 100, percentiles of the baseline")
        if self.method == "z" and not low < high:
            raise ValueError("method = z needs low < high, in standard deviations from the mean")
        if self.method == "fixed" and low == high:
            raise ValueError("low and high are the same value, so that there is nothing between them")
        return self

    @property
    def posts(self) -> tuple[float, float]:
        """Low and high with the method's defaults."""
        low, high = {"goalposts": (5.0, 95.0), "z": (-2.5, 2.5)}.get(self.method, (0.0, 0.0))
        return low if self.low is None else self.low, high if self.high is None else self.high

    def ruler(self, steps: tuple = ()) -> Ruler:
        """The rule as scoring reads it, after *steps*."""
        return Ruler(self.method, *self.posts, steps)


class Choices(Recipe):
    """Which choices of method could as well have been made otherwise; the spread they bring is shown apart from the doubt of the data.

    weights: "dirichlet" draws them around the agreed ones, the closer the higher *concentration*; "band" changes each by up to *band* of itself.
    scales, combine, missing: alternatives, each as likely as the agreed one. leave_out: the chance that an indicator is left out of a draw.
    """

    draws: int = Field(500, ge=20, le=20_000)
    weights: Literal["agreed", "dirichlet", "band"] = "agreed"
    concentration: float = Field(20.0, gt=0)
    band: float = Field(0.25, gt=0, lt=1)
    scales: tuple[Literal["goalposts", "z", "percentile"], ...] = ()
    combine: tuple[Combine, ...] = ()
    missing: tuple[Missing, ...] = ()
    leave_out: float = Field(0.0, ge=0, le=0.5)
    reason: Reason


class Reliability(Recipe):
    """From when on a survey's number is called sure: few answers (30 to *flag_under* - 1) are flagged, and so is an error of over *cv* % of the number.

    The bands are those of Statistics Canada's guidelines for releasing estimates: up to 16.5 % no warning, up to 33.3 % with caution, beyond it poor.
    """

    flag_under: int = Field(100, ge=1)
    cv: tuple[float, float] = (16.5, 33.3)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 < self.cv[0] < self.cv[1]:
            raise ValueError("cv needs two rising percentages, such as [16.5, 33.3]")
        return self
