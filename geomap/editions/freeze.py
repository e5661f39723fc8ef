"""An assessment made immutable: a read-only folder named by the hash of its manifest, read back, and put in place in one move."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.assessment.assessment import INDICATOR, Assessment, branch_of
from geomap.datapackage.package import CARD, sha256
from geomap.editions.edition import BACKDROP, CURRENT
from geomap.editions.files import make_folders, write_json, write_places, write_table, write_whole
from geomap.editions.lock import PATIENCE, locked
from geomap.editions.provenance import FILE as PROVENANCE
from geomap.editions.provenance import provenance
from geomap.editions.readback import demand_as_written
from geomap.editions.seal import BEING_WRITTEN, seal, settle, sweep, write_lasting
from geomap.editions.software import software
from geomap.editions.verify import differences
from geomap.errors import EditionError

INPUTS = ".inputs"
WITHHELD = "withheld"
SCORE_DIGITS, SCREEN_DIGITS = 6, 5
FORMATS = {".csv": "csv", ".geojson": "geojson", ".json": "json", ".toml": "toml"}


@dataclass(frozen=True)
class Frozen:
    """Everything an edition is made of.

    screens: per level the light shapes for a map. scales, clipped: per level. joins: ledgers. inputs: sha256 by file of the workspace; guarded: those of them
    whose hash stays out of the edition, in a file beside it that only its owner can read.
    methodology: the text of the file. registers: tables by name, with the title of their card. tables: what surveys
    say beside the indicators, by name, with a title. backdrop: what maps show for orientation. cards: what each layer and boundary set says of itself:
    folder, name, title, provider, period and whatever else a later reader needs.
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
    cards: Sequence[Mapping[str, Any]] = ()
    tables: Mapping[str, tuple[str, pd.DataFrame]] = field(default_factory=dict)
    backdrop: gpd.GeoDataFrame | None = None


@dataclass(frozen=True)
class Steps:
    """What else happens while the lock is held: *before* anything is written, and with the folder that is in place, *before* it becomes the current one."""

    before: Callable[[], None] = lambda: None
    placed: Callable[[Path], None] = lambda _folder: None


def freeze(frozen: Frozen, editions: Path, *, steps: Steps = Steps(), patience: float = PATIENCE) -> Path:
    """The folder of the edition inside *editions*; a folder that already holds the same edition is left as it is.

    One at a time: whoever comes second waits so many seconds. What a crash left behind is swept away first; the pointer `current` is moved last.
    """
    make_folders(editions)
    with locked(editions, patience=patience):
        sweep(editions)
        steps.before()
        folder = _put(frozen, editions)
        _keep_inputs(frozen, editions, folder.name)
        steps.placed(folder)
        write_lasting(editions / CURRENT, folder.name + "\n")
    return folder


def _put(frozen: Frozen, editions: Path) -> Path:
    """The folder, complete and read-only, under its own name."""
    work = Path(tempfile.mkdtemp(prefix=BEING_WRITTEN, dir=editions))
    try:
        _write(frozen, work)
        demand_as_written(work, frozen.assessments)
        first = frozen.assessments[0]
        target = editions / f"{first.city}-{_safe(first.period)}-{sha256(work / CARD)[:12]}"
        if target.exists():
            _demand_same(work, target)
            shutil.rmtree(work)
        else:
            seal(work)
            work.rename(target)
            settle(editions)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return target


def _write(frozen: Frozen, folder: Path) -> None:
    (folder / "methodology.toml").write_text(frozen.methodology, encoding="utf-8")
    for assessment in frozen.assessments:
        _write_level(assessment, folder / assessment.level, frozen.screens[assessment.level])
    write_json(folder / "scale.json", {"scales": frozen.scales, "clipped": frozen.clipped})
    write_json(folder / "joins.json", list(frozen.joins))
    for where, tables in (("registers", frozen.registers), ("tables", frozen.tables)):
        if tables:
            (folder / where).mkdir()
        for name, (_, table) in tables.items():
            write_table(folder / where / f"{name}.csv", table)
    if frozen.backdrop is not None:
        write_places(folder / BACKDROP, frozen.backdrop, digits=SCREEN_DIGITS)
    write_json(folder / PROVENANCE, _origins(frozen))
    write_json(folder / CARD, _manifest(frozen, folder))


def _told(frozen: Frozen) -> dict[str, str]:
    """The hash of each input, or the word that stands for one that could confirm a guess."""
    return {name: WITHHELD if name in frozen.guarded else digest for name, digest in sorted(frozen.inputs.items())}


def _origins(frozen: Frozen) -> dict[str, Any]:
    first = frozen.assessments[0]
    levels = [some.level for some in frozen.assessments]
    return provenance(inputs=_told(frozen), cards=frozen.cards, levels=levels, title=first.title, fingerprint=first.fingerprint)


def _write_level(assessment: Assessment, folder: Path, screen: gpd.GeoDataFrame) -> None:
    folder.mkdir()
    write_places(folder / "places.geojson", assessment.places)
    write_places(folder / "screen.geojson", screen, digits=SCREEN_DIGITS)
    write_json(folder / "nodes.json", [asdict(node) for node in assessment.nodes])
    write_table(folder / "estimates.csv", _long(assessment, "indicator", INDICATOR))
    write_table(folder / "scores.csv", _long(assessment, "domain", branch_of(assessment.tier), "index"), digits=SCORE_DIGITS)


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
            "levels": heads, **frozen.settings,
        },
        "geomap:software": software(),
        "geomap:inputs": _told(frozen),
        "geomap:cards": list(frozen.cards),
        "geomap:registers": {name: title for name, (title, _) in sorted(frozen.registers.items())},
        "geomap:tables": {name: title for name, (title, _) in sorted(frozen.tables.items())},
        "resources": [_resource(path, folder) for path in files],
    }  # fmt: skip


def _resource(path: Path, folder: Path) -> dict[str, Any]:
    inside = path.relative_to(folder).as_posix()
    name = inside.replace("/", "-").replace(".", "-").lower()
    return {"name": name, "path": inside, "format": FORMATS[path.suffix], "bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}


def _demand_same(new: Path, old: Path) -> None:
    """Nothing, when *old* is *new* to the last bit; else EditionError names what is not."""
    there = (old / CARD).is_file() and sha256(new / CARD) == sha256(old / CARD)
    faults = list(differences(old)) if there else [f"{CARD} has been changed, or is missing"]
    if faults:
        raise EditionError(
            f"The edition {old} exists but is not what was frozen: {'; '.join(faults)}. Move that folder away and build again."
        )


def _keep_inputs(frozen: Frozen, editions: Path, name: str) -> None:
    kept = editions / INPUTS
    kept.mkdir(mode=0o700, exist_ok=True)
    record = kept / f"{name}.json"
    write_whole(record, lambda work: write_json(work, dict(frozen.inputs)))
    record.chmod(0o600)


def _safe(period: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in period)
