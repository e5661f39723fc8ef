"""What measures draw from: places, layers, and the period that is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from geomap.boundaries.atlas import Atlas
from geomap.errors import DisclosureError, MethodologyError
from geomap.layers.join import Join, demand, join
from geomap.layers.layer import Layer


@dataclass(frozen=True)
class Sources:
    """The places and layers of a workspace, seen for one *period*; *levels* are those of the edition, smallest places first.

    secret: sixteen letters that the keys of records are made with, where counts carry noise. years: those that are taken together, where a measure pools.
    """

    atlas: Atlas
    layers: Mapping[str, Layer]
    period: str
    levels: tuple[str, ...]
    secret: str = ""
    years: tuple[int, ...] = ()
    _joins: dict[tuple[str, str], Join] = field(default_factory=dict, repr=False, compare=False)

    @property
    def finest(self) -> str:
        """The level with the smallest places."""
        return self.levels[0]

    def layer(self, name: str) -> Layer:
        """The layer called *name*; MethodologyError names those there are."""
        if name not in self.layers:
            raise MethodologyError(f"No such layer: '{name}'. The layers are {sorted(self.layers)}.")
        if self.layers[name].card.kind == "backdrop":
            raise MethodologyError(f"The layer '{name}' is a backdrop: maps show it for orientation, and no number may rest on it.")
        return self.layers[name]

    def open_layer(self, name: str, what: str) -> Layer:
        """The layer called *name*, which no gate stands behind; DisclosureError where it is about people. what: who reads it, to begin the sentence with."""
        layer = self.layer(name)
        if layer.card.guarded:
            raise DisclosureError(
                f"{what} reads the layer '{name}', whose sensitivity is {layer.card.sensitivity}: it would carry what is withheld there into what is published. "
                "Name an open layer, or declare it open if what it holds has been published."
            )
        return layer

    def called(self, layer: str, *columns: str) -> str:
        """What people call a layer, or columns of it that are added up."""
        found = self.layer(layer)
        return " + ".join(map(found.called, columns)) or found.called()

    def join(self, layer: Layer, level: str) -> Join:
        """The ledger of *layer* against the places of *level*, demanding the match its card asks for."""
        if layer.card.places is None:
            raise MethodologyError(f"The layer '{layer.name}' says nothing of places, so no number per place can be made of it.")
        key = (layer.name, "" if layer.card.places.boundaries else level)
        if key not in self._joins:
            self._joins[key] = demand(join(layer, self.atlas, level), layer, self.atlas)
        return self._joins[key]

    def at(self, period: str) -> "Sources":
        """The same sources, seen for another period."""
        return replace(self, period=period)
