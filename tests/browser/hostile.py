"""The demonstration city with hostile words wherever a city writes its own: names, codes, titles, caveats, what protects, what is drawn for orientation."""

import json
from pathlib import Path

import pandas as pd

from tests.backdrops import lay_backdrop, railway, river
from tests.conftest import copy_demo

HOSTILE = (
    "<img src=x onerror=alert(1)></script><script>alert(2)</script>[a](javascript:alert(3))![b](http://evil.invalid/b.png){{7*7}}${7*7}'\"\u2028\u202e"
    + "long " * 40
)


def lay_hostile(folder: Path) -> Path:
    """The workspace *folder*."""
    copy_demo(folder)
    for shapes in folder.glob("boundaries/*/*.geojson"):
        document = json.loads(shapes.read_text(encoding="utf-8"))
        for feature in document["features"]:
            feature["properties"]["name"] = f"{feature['properties']['code']} {HOSTILE}"
        shapes.write_text(json.dumps(document), encoding="utf-8")
    lay_backdrop(folder, "river", river(), "water")
    lay_backdrop(folder, "railway", railway(), "rail")
    for path in folder.glob("layers/*/datapackage.json"):
        card = json.loads(path.read_text(encoding="utf-8"))
        card |= {name: f"{card[name]} {HOSTILE}" for name in ("title", "geomap:skewed", "geomap:misreading")}
        path.write_text(json.dumps(card), encoding="utf-8")
    assets = folder / "layers/assets-formal/data.csv"
    pd.read_csv(assets, dtype=str).assign(opening=f"weekdays {HOSTILE}").to_csv(assets, index=False)
    return folder
