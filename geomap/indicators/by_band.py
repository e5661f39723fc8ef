"""Events and people by band (age, sex, or both), which standardised measures share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from geomap.errors import LayerError, MethodologyError
from geomap.indicators.bring import Brought, bring_column, bring_events, bring_sum, people_of
from geomap.indicators.measure import Per
from geomap.indicators.pooled import together
from geomap.indicators.rows import matching
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer

BETWEEN = " / "


@dataclass(frozen=True)
class ByBand:
    """events and people: a row a place, a column a band, NaN where unknown; all_events, all_people: of all bands together, events of unknown band included."""

    events: pd.DataFrame
    people: pd.DataFrame
    all_events: Brought
    all_people: Brought

    def standard(self, given: Mapping[str, float], what: str) -> pd.Series:
        """*given* in the order of the bands; MethodologyError where it names other bands than there are people of."""
        if set(given) != set(self.people.columns):
            raise MethodologyError(
                f"standard gives {what} for {sorted(given)}, but the bands are {sorted(self.people.columns)}. Write one for each."
            )
        return pd.Series(given).reindex(self.people.columns).astype(float)


def by_band(
    layer_of: Callable[[Sources], Layer], events: tuple[str, ...], per: Per, bands: tuple[str, ...], way: tuple[Sources, str]
) -> ByBand:
    """What the rows that *layer_of* gives and the people of *per* say of each band in the years that are taken together, added up."""
    sources, level = way
    if len(sources.years) < 2:
        return _of_one(layer_of(sources), events, per, bands, way)
    found = [
        _of_one(layer_of(one), events, per, bands, (one, level)) for one in (replace(sources, years=(year,)) for year in sources.years)
    ]
    return ByBand(
        sum(one.events for one in found), sum(one.people for one in found),
        together([one.all_events for one in found]), together([one.all_people for one in found]),
    )  # fmt: skip


def _of_one(layer: Layer, events: tuple[str, ...], per: Per, bands: tuple[str, ...], way: tuple[Sources, str]) -> ByBand:
    """What the rows of *layer* (each one event, or the columns *events*) and the people of *per* say of each band; both have the columns *bands*."""
    sources, level = way
    people = per.of(sources)
    if people.raster is not None:
        raise MethodologyError(
            f"The layer '{per.layer}' is a raster, which knows no bands of people. Name a table by place and {' and '.join(bands)}."
        )
    people = people.take(matching(people, per.where) & people_of(people, sources))
    mine, theirs = _labels(layer, bands), _labels(people, bands)
    if strange := sorted(set(mine.dropna()) - set(theirs.dropna())):
        raise LayerError(
            f"The layer '{layer.name}' has events of bands that '{per.layer}' has no people of: {strange[:10]}. Word the bands alike in both."
        )
    names = list(theirs.dropna().unique())
    return ByBand(
        pd.DataFrame(
            {name: bring_events(layer.take(mine.eq(name).fillna(value=False).to_numpy(dtype=bool)), events, *way).counts for name in names}
        ),
        pd.DataFrame(
            {
                name: bring_sum(people.take(theirs.eq(name).fillna(value=False).to_numpy(dtype=bool)), per.columns, sources, level).counts
                for name in names
            }
        ),
        bring_events(layer, events, *way),
        bring_column(per, sources, level),
    )


def _labels(layer: Layer, bands: tuple[str, ...]) -> pd.Series:
    """The band of each row, such as "0-4 / F"; missing where a column is."""
    columns = [layer.column(name).astype("string") for name in bands]
    label = columns[0]
    for column in columns[1:]:
        label = label + BETWEEN + column
    return label
