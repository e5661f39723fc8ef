"""The demonstration city, written file by file."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geomap.demo import cards, incidents, issues, people, places, recipe, registers, survey
from geomap.demo.names import CITY, NOTICE
from geomap.demo.shapes import Shapes, draw
from geomap.editions.files import demand_room, make_folders
from geomap.errors import UsageError, WorkspaceError
from geomap.workspace.restricted import layers_folder

TRUTH, ISSUES = "truth.json", "issues.toml"
ROOMS = ("boundaries", "layers")


def write(directory: Path, seed: int) -> None:
    """All files of the city; a folder that holds another workspace is refused."""
    if (directory / "methodology.toml").exists() and not (directory / TRUTH).exists():
        raise WorkspaceError(f"{directory} already holds a workspace that is not the demonstration city. Name an empty folder.")
    if seed < 0:
        raise UsageError(f"The seed is a whole number of 0 or more, not {seed}.")
    demand_room(*(directory / room for room in ROOMS))
    make_folders(directory / ROOMS[0])
    layers_folder(directory)
    generator = np.random.Generator(np.random.PCG64(seed))
    shapes = draw(generator)
    truth = people.settle(shapes, generator)
    recorded = incidents.record(shapes, truth, generator)
    tables = {
        "residents": truth.residents, "living-conditions": people.socioeconomic(truth, generator), "incidents": recorded.table,
        "trust-survey": survey.trust_survey(truth, generator), "resilience-survey": survey.pillar_survey(truth, generator),
        "assets-formal": places.formal_assets(shapes, truth, generator), "assets-informal": places.informal_assets(truth, generator),
        "online-log": registers.online_log(generator), "engagement": registers.engagement(truth, generator),
        "stakeholders": registers.stakeholders(generator), "mechanisms": registers.mechanisms(), "interventions": registers.interventions(truth),
        "biases": registers.biases(),
    }  # fmt: skip
    _boundaries(directory / "boundaries", shapes)
    for name, card in cards.layer_cards().items():
        _json(directory / "layers" / name / "datapackage.json", card)
        if name in tables:
            _csv(directory / "layers" / name / "data.csv", tables[name])
    _csv(directory / "layers/trust-survey/margins.csv", people.margins(truth))
    places.write_people_raster(directory / "layers/people-raster/people.tif", shapes, truth)
    places.write_green_raster(directory / "layers/green-raster/green.tif", shapes, truth, generator)
    _text(directory / "methodology.toml", recipe.methodology())
    _text(directory / ISSUES, issues.issues())
    _json(directory / TRUTH, _told(shapes, truth, recorded, tables["trust-survey"], seed))


def _told(shapes: Shapes, truth: people.Truth, recorded: incidents.Recorded, sample: pd.DataFrame, seed: int) -> dict[str, Any]:
    grown = (
        truth.residents[(truth.residents["period"] == "2025") & (truth.residents["age_group"] != "0-15")]
        .groupby("age_group")["people"]
        .sum()
    )
    young = survey.UNDERSAMPLED
    shares = {question: survey.trust_share(truth, question, "2025").dropna().round(6).to_dict() for question in survey.QUESTIONS}
    return {
        "notice": NOTICE, "city": CITY, "seed": seed,
        "high_risk": list(truth.pressed), "strain": truth.strain.to_dict(),
        "under_sampled": {"layer": "trust-survey", "variable": "age_group", "group": young, "answers_per_answer_of_others": survey.ANSWER_RATE,
                          "share_of_residents": round(float(grown[young] / grown.sum()), 6), "share_of_sample": round(float((sample["age_group"] == young).mean()), 6)},
        "withheld": {"layer": "incidents", "kind": "hate incident", "indicator": "hate_incidents", "place": recorded.small_place, "years": [2024, 2025], "count": incidents.SMALL},
        "without_residents": shapes.park, "true_trust": shares,
    }  # fmt: skip


def _boundaries(folder: Path, shapes: Shapes) -> None:
    written = {"neighbourhoods": shapes.neighbourhoods, "districts": shapes.districts}
    for name, card in cards.boundary_cards().items():
        frame = written[name]
        _json(folder / name / "datapackage.json", card)
        rows = frame.drop(columns="geometry").reset_index(names="code").to_dict("records")
        lines = [
            f'{{"type":"Feature","properties":{json.dumps(row, ensure_ascii=False)},"geometry":{shape}}}'
            for row, shape in zip(rows, shapely.to_geojson(frame.geometry.to_numpy()), strict=True)
        ]
        _text(folder / name / f"{name}.geojson", '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")


def _csv(path: Path, table: pd.DataFrame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _json(path: Path, content: Any) -> None:  # noqa: ANN401  anything JSON can say
    _text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
