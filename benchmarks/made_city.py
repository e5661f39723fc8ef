"""A workspace of invented places with the default model, for timings of what shows it."""  # noqa: INP001

import json
from pathlib import Path

import numpy as np
import pandas as pd
from made_places import made_places

from geomap.methodology.default import MODEL
from geomap.workspace.build import build
from geomap.workspace.workspace import open_workspace

NUMBERS = {"incidents": "worse", "socioeconomic": "worse", "trust": "better", "assets": "better"}
EACH = 5
HEAD = """
[methodology]
name = "made"
title = "Made country"
version = "1.0.0"
period = "2025"
baseline = "2025"
levels = ["areas"]
tier = "partners"
[[changes]]
version = "1.0.0"
date = "2025-01-01"
reason = "First."
[missing]
rule = "share"
least_share = 0.5
reason = "Made."
[disclosure]
threshold = 5
survey_base = 30
reason = "Made."
[uncertainty]
draws = 50
seed = 1
unknown_error = 0.5
unknown_reason = "Made."
[scale]
low = 5
high = 95
reason = "Made."
"""


def made_city(count: int, folder: Path) -> Path:
    """*folder*, with an edition of *count* places in four parts of five indicators each; one that is there already is left as it is."""
    if (folder / "editions" / "current").is_file():
        return folder
    places = made_places(count)
    for room in ("boundaries/areas", "layers/numbers"):
        (folder / room).mkdir(parents=True, exist_ok=True)
    frame = places.frame[["name", "geometry"]].assign(name=[f"Place number {code[1:]}" for code in places.codes]).reset_index()
    frame.to_file(folder / "boundaries/areas/areas.gpkg", driver="GPKG")
    own = [f"{domain}_{number}" for domain in NUMBERS for number in range(EACH)]
    table = pd.DataFrame(np.random.default_rng(1).gamma(3, 2, (len(frame), len(own))).round(2), columns=own)
    table.insert(0, "code", frame["code"])
    table.to_csv(folder / "layers/numbers/numbers.csv", index=False)
    common = {"contributors": [{"title": "Made up"}], "licenses": [{"name": "CC0-1.0"}]}
    _write(folder / "boundaries/areas", common | {
        "name": "areas", "title": "Areas", "geomap:level": "area", "geomap:date": "2025-01-01", "geomap:code": "code", "geomap:name": "name",
        "geomap:one": "area", "geomap:many": "areas", "resources": [{"name": "data", "path": "areas.gpkg", "format": "gpkg"}],
    })  # fmt: skip
    _write(folder / "layers/numbers", common | {
        "name": "numbers", "title": "Numbers", "geomap:kind": "table", "geomap:period": "2025", "geomap:evidence": "administrative", "geomap:tier": "public",
        "geomap:sensitivity": "open", "geomap:skewed": "All is made up.", "geomap:misreading": "None of it is so.",
        "geomap:places": {"boundaries": "areas", "field": "code"},
        "resources": [{"name": "data", "path": "numbers.csv", "format": "csv", "schema": {"fields": [{"name": "code"}, *({"name": name, "type": "number"} for name in own)]}}],
    })  # fmt: skip
    indicators = "".join(
        f'[[indicator]]\nid = "{name}"\ntitle = "Number {name}"\ndomain = "{name[:-2]}"\nup = "{NUMBERS[name[:-2]]}"\nunit = "points"\ndigits = 2\n'
        f'reason = "Made."\nmeasure = {{ measure = "value", layer = "numbers", field = "{name}" }}\n'
        for name in own
    )
    (folder / "methodology.toml").write_text(HEAD + indicators + MODEL, encoding="utf-8")
    build(open_workspace(folder))
    return folder


def _write(folder: Path, card: dict[str, object]) -> None:
    (folder / "datapackage.json").write_text(json.dumps(card), encoding="utf-8")
