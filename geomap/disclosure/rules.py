"""Rules for counts of people: which are withheld, and how the others are blurred."""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap._recipe import Recipe
from geomap.disclosure.cell_key import noise, perturbation_table
from geomap.disclosure.protected import Protected, told
from geomap.worded import worded


class Withhold(Recipe):
    """Counts from 1 to below - 1 are withheld; the others are told to the nearest *nearest* (1: as they are). A true zero is told."""

    rule: Literal["withhold"] = "withhold"
    below: int = Field(5, ge=2)
    nearest: int = Field(1, ge=1)

    @property
    def words(self) -> str:
        """The rule in a sentence for people."""
        if self.nearest == 1:
            return worded("Counts from 1 to {most} are withheld.", most=self.below - 1)
        return worded(
            "Counts from 1 to {most} are withheld; the others are rounded to the nearest {nearest}.",
            most=self.below - 1,
            nearest=self.nearest,
        )

    def protect(self, counts: pd.Series, keys: pd.Series | None = None) -> Protected:
        """What may be told of each count; *keys* are not needed."""
        del keys
        hidden = (counts > 0) & (counts < self.below)
        shown = counts if self.nearest == 1 else np.floor(counts / self.nearest + 0.5) * self.nearest
        down, up = self.nearest // 2, (self.nearest - 1) // 2
        low, high = np.maximum(shown - down, self.below), shown + up
        return told(counts, low.mask(hidden, 1.0), high.mask(hidden, self.below - 1.0), shown.mask(hidden))


class CellKey(Recipe):
    """Every count gets noise of mean 0 that the records in it decide: the same records always get the same noise.

    A true zero gets none, but is not told apart from a small count that its noise brought to 0.

    variance: of the noise. most: its greatest size. never_shown: counts from 1 to this one are never told, neither truly nor by noise.
    """

    rule: Literal["cell-key"] = "cell-key"
    variance: float = Field(2.0, gt=0)
    most: int = Field(5, ge=1, le=50)
    never_shown: int = Field(2, ge=0)

    @property
    def below(self) -> int:
        """Counts under this are not told as they are."""
        return self.never_shown + 1

    @property
    def words(self) -> str:
        """The rule in a sentence for people."""
        said = worded(
            "Counts carry noise of mean 0, variance {variance} and at most {most}; the same records get the same noise.",
            variance=f"{self.variance:g}",
            most=self.most,
        )
        return f"{said} {worded('Counts from 1 to {most} are never shown.', most=self.never_shown)}" if self.never_shown else said

    def protect(self, counts: pd.Series, keys: pd.Series | None = None) -> Protected:
        """What may be told of each count; *keys* are the cells' own, from 0 up to 1."""
        if keys is None:
            raise ValueError("cell-key needs the key of each cell; make them with geomap.disclosure.cell_key.cell_keys")
        table = perturbation_table(most=self.most, variance=self.variance, never_shown=self.never_shown)
        shown = counts + noise(counts, keys, table)
        return told(counts, np.maximum(shown - self.most, 0.0), shown + self.most, shown, zeros=False)


CountRule = Withhold | CellKey

PRESETS: dict[str, CountRule] = {
    "threshold-5": Withhold(below=5),
    "ons-10-5": Withhold(below=10, nearest=5),
    "nhs-1-7-5": Withhold(below=8, nearest=5),
    "cell-key": CellKey(),
}
SOURCES = {
    "threshold-5": "for use inside an authority: the usual smallest cell of one to four, nothing rounded",
    "ons-10-5": "Office for National Statistics, Secure Research Service: Output checking guidance (v1.1, 2022), which lets out no count under 10; with rounding to 5, as is usual beside it",
    "nhs-1-7-5": "NHS Digital: Disclosure control methodology for Hospital Episode Statistics and the Emergency Care Data Set, in force from September 2018",
    "cell-key": "Thompson, Broadfoot and Elazar (2013), Methodology for the automatic confidentialisation of statistical outputs from remote servers at the Australian Bureau of Statistics; noise by greatest entropy: Giessing (2016), doi 10.1007/978-3-319-45381-1_18",
}
