"""A folder with a card and data, read into a Layer."""

from pathlib import Path

import pandas as pd

from geomap.boundaries.backdrop import DRAWN
from geomap.datapackage.package import CARD, Resource, card_in, file_of
from geomap.datapackage.tables import read_csv, refuse, typed
from geomap.datapackage.vectors import codes
from geomap.errors import CardError, LayerError
from geomap.intake.points import take_places
from geomap.intake.rasters import take_raster
from geomap.layers.card import LayerCard
from geomap.layers.layer import Layer
from geomap.layers.melt import melted
from geomap.layers.on_scale import demand_on_scale
from geomap.layers.period import demand_period
from geomap.worded import worded


def read_layer_card(folder: Path) -> LayerCard:
    """The card of the layer in *folder*; CardError lists all its faults."""
    return LayerCard.read(card_in(folder), where=str(folder / CARD), error=CardError)


def read_layer(folder: Path) -> Layer:
    """The layer in *folder*."""
    card = read_layer_card(folder)
    if card.not_used:
        return Layer(card, pd.DataFrame())
    layer = _read(folder, card)
    demand_period(layer)
    demand_on_scale(layer)
    return layer


def _read(folder: Path, card: LayerCard) -> Layer:
    first, *others = card.resources
    path = file_of(folder, first)
    extras = {other.name: read_csv(file_of(folder, other), other).frame for other in others if other.format == "csv"}
    if first.format == "tif":
        raster = take_raster(path)
        raster.demand_nodata()
        return Layer(card, pd.DataFrame(), raster=path, extras=extras, repairs=(*_recorded(card), *map(str, raster.repairs)))
    if first.format == "csv":
        table = read_csv(path, first, columns=_columns_of(card))
        if card.melt:
            table = melted(table, card.melt, str(path))
        told = (*_recorded(card), *([card.melt.sentence] if card.melt else []))
        return Layer(card, _by_name(card, table.frame), None, None, extras, table.suppressed, told, bounds=table.bounds)
    return _read_features(card, path, first, extras)


def _recorded(card: LayerCard) -> tuple[str, ...]:
    """What was mended when the file was handed in, by the record in its card."""
    return tuple(one.sentence for one in card.intake.repairs) if card.intake else ()


def _by_name(card: LayerCard, frame: pd.DataFrame) -> pd.DataFrame:
    """The table with codes in the place of the names that the card says they mean."""
    if card.names is None or not (card.places and card.places.field):
        return frame
    codes = {name: code for name, code in card.names.pairs.items() if code}
    return frame.assign(**{card.places.field: frame[card.places.field].replace(codes)})


def _columns_of(card: LayerCard) -> tuple[str, ...]:
    places = card.places
    named = [places.field, places.x, places.y] if places else []
    made = {card.melt.into, card.melt.value} if card.melt else set()
    turned = card.melt.columns if card.melt else ()
    return tuple(name for name in [*named, card.period_field, *turned] if name and name not in made)


def _read_features(card: LayerCard, path: Path, resource: Resource, extras: dict[str, pd.DataFrame]) -> Layer:
    taken = take_places(path)
    features = taken.frame
    table, faults = pd.DataFrame(features.drop(columns=features.geometry.name)), []
    for column in resource.columns.fields:
        if column.name not in table.columns:
            raise LayerError(
                worded(
                    "{file} has no property '{column}'. Its properties are {columns}. Correct the card or the file.",
                    file=str(path),
                    column=column.name,
                    columns=str(list(table.columns)),
                )
            )
        if not pd.api.types.is_datetime64_any_dtype(table[column.name]):
            text = codes(table[column.name])
            table[column.name] = typed(text.mask(text == ""), column, faults, first=1)
    refuse(path, faults)
    if card.places and card.places.field:
        table[card.places.field] = codes(table[card.places.field])
    points = features.geometry
    if card.kind == "backdrop" and not points.dropna().geom_type.isin(DRAWN).all():
        raise LayerError(
            worded(
                "{file} holds shapes other than lines and areas; a backdrop is drawn from these alone. Take the others out.", file=str(path)
            )
        )
    if card.places and card.places.geometry and not points.dropna().geom_type.eq("Point").all():
        raise LayerError(
            worded("{file} holds shapes other than points; a layer placed by its geometry needs one point a row.", file=str(path))
        )
    return Layer(card, table, points, None, extras, repairs=(*_recorded(card), *map(str, taken.repairs)))
