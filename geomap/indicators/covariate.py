"""What a model of few answers may lean on: open numbers of each place, such as the share of people in poor housing."""

import numpy as np
import pandas as pd
from pydantic import Field

from geomap._recipe import Recipe
from geomap.errors import LayerError, MethodologyError
from geomap.indicators.bring import bring_column
from geomap.indicators.measure import Per
from geomap.indicators.sources import Sources

ALIKE = 1e-9


class Covariate(Recipe):
    """One of them: a column of an open layer, in all or of so many *per* which it is a share; *title* is how it is called."""

    layer: str
    field: str = Field(min_length=1)
    per: Per | None = None
    title: str = Field(min_length=1)

    def layers(self) -> tuple[str, ...]:
        """The layers that it reads."""
        return (self.layer, *((self.per.layer,) if self.per else ()))


def covariates_at(named: tuple[Covariate, ...], sources: Sources, level: str) -> pd.DataFrame:
    """A column for each of *named*, by title, in standard deviations from the mean of the places of *level*; NaN where one is not known.

    DisclosureError for a layer that is not open, since a model would pass on what is withheld of it; LayerError for columns that say nothing.
    """
    if not named:
        return pd.DataFrame(index=sources.atlas[level].codes)
    found = pd.DataFrame({one.title: _of(one, sources, level) for one in named})
    away = (found - found.mean()) / found.std(ddof=0)
    flat = [title for title in found if not found[title].std(ddof=0) > ALIKE * found[title].abs().max()]
    if flat or np.linalg.matrix_rank(away.dropna().to_numpy(), tol=1e-8) < len(named):
        what = f"{flat} do(es) not differ between the {level}" if flat else f"{list(found)} say the same of the {level} as each other"
        raise LayerError(f"Covariates that lend nothing: {what}. Take one out.")
    return away


def _of(one: Covariate, sources: Sources, level: str) -> pd.Series:
    for name in one.layers():
        sources.open_layer(name, f"The covariate '{one.title}'")
    if one.per is None and (own := sources.join(sources.layer(one.layer), level).boundaries) != level:
        raise MethodologyError(
            f"The covariate '{one.title}' is a number by '{own}', which cannot be added up over '{level}'. Say of how many it is a count (per), or take "
            f"a layer by '{level}'."
        )
    counts = bring_column(Per(layer=one.layer, field=one.field), sources, level).counts
    if one.per is None:
        return counts
    people = bring_column(one.per, sources, level).counts
    return counts / people.where(people > 0)
