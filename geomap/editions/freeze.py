"""An assessment made immutable: a folder named by the hash of its manifest, put in place in one move."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

import geomap
from geomap.assessment.assessment import BRANCH, INDICATOR, Assessment
from geomap.datapackage.package import CARD, sha256
from geomap.editions.files import make_folders, write_json, write_places, write_table, write_whole
from geomap.errors import EditionError

CURRENT = "current"
INPUTS = ".inputs"
WITHHELD = "withheld"
SCORE_DIGITS = 6
FORMATS = {".csv": "csv", ".geojson": "geojson", ".json": "json", ".toml": "toml"}


@dataclass(frozen=True)
class Frozen:
    """Everything an edition is made of.

    screens: per level the light shapes for a map. scales, clipped: per level. joins: ledgers. inputs: sha256 by file of the workspace; guarded: those of them
    whose hash stays out of the edition, in a file beside it that only its owner can read.
    methodology: the text of the file. registers: tables by name, with the title of their card.
    """

    assessments: Sequence[Assessment]
    screens: Mapping[str, gpd.GeoDataFrame]
    scales: Mapping[str, Mapping[str, Any]]
    clipped: Mapping[str, Mapping[str, int]]
    joins: Sequence[Mapping[str, Any]]
    inputs: Mapping[str, str]
    guarded: frozenset[str]
    methodology: str
    settings: Mapping[str, Any]
    registers: Mapping[str, tuple[str, pd.DataFrame]]


def freeze(frozen: Frozen, editions: Path) -> Path:
    """The folder of the edition inside *editions*; a folder that already holds the same edition is left as it is."""
    make_folders(editions)
    work = Path(tempfile.mkdtemp(prefix=".being-written-", dir=editions))
    try:
        _write(frozen, work)
        first = frozen.assessments[0]
        name = f"{first.city}-{_safe(first.period)}-{sha256(work / CARD)[:12]}"
        target = editions / name
        if target.exists():
            _same(work, target)
            shutil.rmtree(work)
        else:
            work.chmod(0o755)
            work.rename(target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    _keep_inputs(frozen, editions, name)
    _point(editions, name)
    return target


def _write(frozen: Frozen, folder: Path) -> None:
    (folder / "methodology.toml").write_text(frozen.methodology, encoding="utf-8")
    for assessment in frozen.assessments:
        _write_level(assessment, folder / assessment.level, frozen.screens[assessment.level])
    write_json(folder / "scale.json", {"scales": frozen.scales, "clipped": frozen.clipped})
    write_json(folder / "joins.json", list(frozen.joins))
    if frozen.registers:
        (folder / "registers").mkdir()
    for name, (_, table) in frozen.registers.items():
        write_table(folder / "registers" / f"{name}.csv", table)
    write_json(folder / CARD, _manifest(frozen, folder))


def _write_level(assessment: Assessment, folder: Path, screen: gpd.GeoDataFrame) -> None:
    folder.mkdir()
    write_places(folder / "places.geojson", assessment.places)
    write_places(folder / "screen.geojson", screen, digits=5)
    write_json(folder / "nodes.json", [asdict(node) for node in assessment.nodes])
    write_table(folder / "estimates.csv", _long(assessment, "indicator", INDICATOR))
    write_table(folder / "scores.csv", _long(assessment, "domain", BRANCH, "index"), digits=SCORE_DIGITS)


def _long(assessment: Assessment, kind: str, columns: tuple[str, ...], other: str = "") -> pd.DataFrame:
    nodes = [node.id for node in assessment.nodes if node.kind in (kind, other)]
    tables = [assessment.numbers[node][list(columns)].rename_axis("code").reset_index().assign(node=node) for node in nodes]
    return pd.concat(tables)[["node", "code", *columns]]


def _manifest(frozen: Frozen, folder: Path) -> dict[str, Any]:
    first = frozen.assessments[0]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    heads = [
        {key: getattr(some, key) for key in ("level", "one", "many", "period")}
        | {"places": len(some.places), "caveats": list(some.caveats)}
        for some in frozen.assessments
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": first.city, "title": first.title, "version": frozen.settings["version"],
        "geomap:edition": {
            "city": first.city, "title": first.title, "period": first.period, "tier": first.tier, "fingerprint": first.fingerprint,
            "geomap": geomap.__version__, "levels": heads, **frozen.settings,
        },
        "geomap:inputs": {name: WITHHELD if name in frozen.guarded else digest for name, digest in sorted(frozen.inputs.items())},
        "geomap:registers": {name: title for name, (title, _) in sorted(frozen.registers.items())},
        "resources": [_resource(path, folder) for path in files],
    }  # fmt: skip


def _resource(path: Path, folder: Path) -> dict[str, Any]:
    inside = path.relative_to(folder).as_posix()
    name = inside.replace("/", "-").replace(".", "-").lower()
    return {"name": name, "path": inside, "format": FORMATS[path.suffix], "bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}


def _same(new: Path, old: Path) -> None:
    for path in sorted(new.rglob("*")):
        twin = old / path.relative_to(new)
        if path.is_file() and (not twin.is_file() or sha256(twin) != sha256(path)):
            raise EditionError(
                f"The edition {old} exists but its file {twin.name} has been changed. Move that folder away and build again."
            )


def _keep_inputs(frozen: Frozen, editions: Path, name: str) -> None:
    kept = editions / INPUTS
    kept.mkdir(mode=0o700, exist_ok=True)
    record = kept / f"{name}.json"
    write_whole(record, lambda work: write_json(work, dict(frozen.inputs)))
    record.chmod(0o600)


def _point(editions: Path, name: str) -> None:
    pointer = editions / f".{CURRENT}-{os.getpid()}"
    pointer.write_text(name + "\n", encoding="utf-8")
    pointer.replace(editions / CURRENT)


def _safe(period: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in period)
