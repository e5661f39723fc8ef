"""A map of words: each place has one of a few labels, each label a colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geomap.language import say
from geomap.symbology.payload import Entry, MapPayload

UNSURE = "#efece4"


@dataclass(frozen=True)
class Words:
    """title of the map, what its legend is called and adds, and what must be said of it."""

    title: str
    legend_title: str
    legend_note: str
    about: str


def capital(text: str) -> str:
    """*text* with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def labelled_map(places: gpd.GeoDataFrame, labels: pd.Series, colours: Mapping[str, str], words: Words, hover: Sequence[str]) -> MapPayload:
    """The map of *labels* (by code, "" for none) in *colours* (label to colour, at most ten); places without one are hatched, and so is the last label.

    The labels are words of the software, noted for the catalogue where they are made. The last of *colours* is the label that says nothing can be said.
    """
    signs = {label: str(sign) for sign, label in enumerate(list(colours)[:-1])} | {list(colours)[-1]: "M"}
    own = labels.reindex(places.index).fillna("")
    digits = own.map(signs).fillna("M")
    last = list(colours)[-1]
    counts = digits.value_counts()
    legend = tuple(
        Entry(
            signs[label],
            colour if label != last else UNSURE,
            capital(say(label)),
            int(counts.get(signs[label], 0)),
            hatched=label == last,
        )
        for label, colour in colours.items()
    )
    west, south, east, north = places.total_bounds
    return MapPayload(
        title=words.title, legend_title=words.legend_title, legend_note=words.legend_note, digits="".join(digits), faded="0" * len(places),
        legend=legend, hover=tuple(hover), about=words.about, bounds=((float(south), float(west)), (float(north), float(east))),
    )  # fmt: skip
