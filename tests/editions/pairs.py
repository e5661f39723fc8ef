"""Pairs of editions of a toy city on disk, made by hand: each differs from the first in one thing."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geomap.assessment.journey import assess
from geomap.boundaries.atlas import Atlas
from geomap.boundaries.screen import for_screen
from geomap.editions.edition import Edition, read_edition
from geomap.editions.freeze import Frozen, freeze
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from tests.toy import boundaries, layer, methodology, square

COUNT = 30
CODES = [f"w{number:02}" for number in range(COUNT)]
NUMBERS = np.random.default_rng(7).uniform(20, 80, (COUNT, 2))
USUAL = {
    "index": [{"id": "risk", "title": "Risk", "up": "worse", "of": ["strain_domain"], "reason": "Because."}],
    "domain": [{"id": "strain_domain", "title": "Strain", "up": "worse", "reason": "Because."}],
    "scale": {"method": "fixed", "low": 0, "high": 100, "reason": "Because."},
    "disclosure": {"threshold": 5, "survey_base": 5, "reason": "Because."},
}


def indicator(name: str, **changed: Any) -> dict[str, Any]:
    """A value with an interval as of 400 answers."""
    measure = {"measure": "value", "layer": name, "field": "share", "answers": 400, "answers_reason": "As of 400 answers.", "scale": 100}
    return {"id": name, "title": f"The {name}", "unit": "%", "measure": measure} | changed


def edition(folder: Path, *, period: str = "2024", values: np.ndarray = NUMBERS, **given: Any) -> Edition:
    """An edition of thirty wards and two shares, trust (up is better) and strain (up is worse), with what is *given* instead of the usual.

    given: indicators; places, polygons by code; cards, by layer what it says otherwise; else tables of the recipe.
    """
    used = given.pop("indicators", [indicator("trust", up="better"), indicator("strain")])
    shapes = given.pop("places", {code: square(number % 6, number // 6) for number, code in enumerate(CODES)})
    cards = given.pop("cards", {})
    heading = {"name": "toy", "title": "Toy city", "version": "1", "baseline": period, "levels": ["wards"]} | given.pop("methodology", {})
    recipe = USUAL | given | {"methodology": heading | {"period": period}}
    made = methodology(*[{"domain": "strain_domain"} | one for one in used], **recipe)
    names, here = [one["measure"]["layer"] for one in used], boundaries("wards", shapes)
    found = assess(Sources(Atlas({"wards": here}), _layers(names, sorted(shapes), values, period), period, ("wards",)), made, "wards")
    frozen = Frozen(
        assessments=[found.assessment], screens={"wards": for_screen(here)}, scales={"wards": found.scale.as_record()}, clipped={"wards": found.clipped}, joins=[],
        inputs={f"layers/{name}/data.csv": f"{name}-{period}" for name in names}, guarded=frozenset(), methodology=as_toml(made.model_dump(mode="json", exclude_none=True)),
        settings={"version": made.methodology.version, "baseline": made.methodology.baseline, "seed": 1, "draws": 200, "repairs": []}, registers={},
        cards=[*(_card(name, period) | cards.get(name, {}) for name in names), {**_card("wards", period), "kind": "boundaries", "level": "ward"}],
    )  # fmt: skip
    return read_edition(freeze(frozen, folder / "editions"))


def _layers(names: list[str], codes: list[str], values: np.ndarray, period: str) -> dict[str, Layer]:
    places = {"boundaries": "wards", "field": "ward"}
    tables = {name: pd.DataFrame({"ward": codes, "share": values[: len(codes), column % 2] / 100}) for column, name in enumerate(names)}
    return {name: layer(name, table, places=places, period=period) for name, table in tables.items()}


def _card(name: str, period: str) -> dict[str, Any]:
    return {
        "kind": "table", "folder": f"layers/{name}", "name": name, "title": name, "provider": "The council", "period": period, "evidence": "survey", "modelled": False,
    }  # fmt: skip


def as_toml(content: dict[str, Any]) -> str:
    """A recipe as the text of a file; JSON's values are TOML's but for tables, which stand inline."""
    lines = [f"{_line(key)} = {_value(value)}" for key, value in content.items() if not isinstance(value, dict | list)]
    for key, value in content.items():
        for one in value if isinstance(value, list) else [value]:
            lines.append(f"[[{key}]]" if isinstance(value, list) else f"[{key}]")
            lines += [f"{_line(name)} = {_value(inner)}" for name, inner in one.items()]
    return "\n".join(lines) + "\n"


def _line(name: str) -> str:
    return json.dumps(name)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_line(name)} = {_value(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)
