"""An edition read back, every file checked against the manifest."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geomap.assessment.assessment import INDICATOR, Assessment, Node, branch_of
from geomap.datapackage.package import CARD, sha256
from geomap.editions.errata import Erratum, errata_of
from geomap.editions.files import read_places
from geomap.editions.manifest import read_manifest
from geomap.errors import EditionError
from geomap.worded import worded

if TYPE_CHECKING:
    from geomap.methodology.recipe import Methodology

CURRENT, BACKDROP = "current", "backdrop.geojson"
SAID = (
    "layer", "period", "question", "wording", "institution", "issue", "explains", "answer", "level", "code", "by", "group", "shown", "reliability", "flags",
    "kind", "variable", "heard", "subscale", "title", "up", "status", "note",
    "id", "name", "audience", "opening", "capacity", "run_by", "listed_by", "checked", "formality",
)  # fmt: skip
TEXT = {"node": str, "code": str, "status": str, "flags": str}


@dataclass(frozen=True)
class Edition:
    """An assessment frozen on disk. path: its folder; manifest: its datapackage.json."""

    path: Path
    manifest: dict[str, Any]

    @property
    def about(self) -> dict[str, Any]:
        """What the manifest says of the edition as a whole: city, title, period, tier, fingerprint, levels …"""
        return self.manifest["geomap:edition"]

    @property
    def title(self) -> str:
        """Its title."""
        return self.about["title"]

    @property
    def period(self) -> str:
        """The period it speaks of."""
        return self.about["period"]

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the methodology it was made by."""
        return self.about["fingerprint"]

    @property
    def levels(self) -> tuple[str, ...]:
        """Its levels, finest first."""
        return tuple(head["level"] for head in self.about["levels"])

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be said of it, over all levels: errata first."""
        wrong = [one.sentence for one in errata_of(self.path)]
        return tuple(dict.fromkeys([*wrong, *(caveat for head in self.about["levels"] for caveat in head["caveats"])]))

    @cached_property
    def joins(self) -> list[dict[str, Any]]:
        """The ledger of each layer: rows read, matched, unmatched by reason."""
        return json.loads((self.path / "joins.json").read_text(encoding="utf-8"))

    @cached_property
    def methodology(self) -> "Methodology":
        """The methodology it was made by, read from its own copy."""
        from geomap.methodology.read import FILE, read_methodology

        return read_methodology(self.path / FILE)

    @cached_property
    def scales(self) -> dict[str, dict[str, Any]]:
        """The stored scale of each level: per indicator its goalposts, and its ladder where it is a scale of percentiles."""
        return json.loads((self.path / "scale.json").read_text(encoding="utf-8"))["scales"]

    def screen(self, level: str) -> Path:
        """The light shapes of a level, as GeoJSON with code and name."""
        return self.path / self._head(level)["level"] / "screen.geojson"

    def screen_digest(self, level: str) -> str:
        """The SHA-256 of those shapes."""
        inside = self.screen(level).relative_to(self.path).as_posix()
        return next(item["hash"].removeprefix("sha256:") for item in self.manifest["resources"] if item["path"] == inside)

    def register(self, name: str) -> pd.DataFrame:
        """A register that travels with the edition."""
        if name not in self.manifest["geomap:registers"]:
            raise EditionError(
                worded(
                    "The edition has no register '{name}'. It has {known}.", name=name, known=str(sorted(self.manifest["geomap:registers"]))
                )
            )
        return pd.read_csv(self.path / "registers" / f"{name}.csv", dtype=str, keep_default_na=False)

    @property
    def tables(self) -> dict[str, str]:
        """What surveys say beside the indicators: tables by name, with their titles; none in editions that are older than them."""
        return dict(self.manifest.get("geomap:tables", {}))

    def table(self, name: str) -> pd.DataFrame:
        """A table that travels with the edition, empty cells as NaN in columns of numbers and as "" in the columns of words (SAID)."""
        if name not in self.tables:
            raise EditionError(worded("The edition has no table '{name}'. It has {tables}.", name=name, tables=str(sorted(self.tables))))
        found = pd.read_csv(self.path / "tables" / f"{name}.csv", dtype=dict.fromkeys(SAID, str), keep_default_na=False, na_values=[""])
        return found.assign(**{column: found[column].fillna("") for column in SAID if column in found})

    def survey(self, kind: str) -> pd.DataFrame:
        """The tables of one kind (answers, who-answered, pillars) of all surveys; EditionError where the edition shows none."""
        wanted = [name for name in self.tables if name.endswith(f"-{kind}")]
        if not wanted:
            raise EditionError(worded("This edition shows no such survey. List one under [[survey]] in methodology.toml and build again."))
        return pd.concat([self.table(name) for name in wanted], ignore_index=True)

    @cached_property
    def backdrop(self) -> gpd.GeoDataFrame | None:
        """What its maps show for orientation; nothing where its workspace has no such layer."""
        path = self.path / BACKDROP
        return read_places(path) if path.is_file() else None

    def level(self, name: str | None = None) -> Assessment:
        """The assessment of one level; the first when none is named."""
        head = self._head(name or self.levels[0])
        folder = self.path / head["level"]
        nodes = tuple(Node(**_tuples(record)) for record in json.loads((folder / "nodes.json").read_text(encoding="utf-8")))
        places = read_places(folder / "places.geojson")
        wrong = errata_of(self.path)
        nodes = tuple(_with_errata(node, wrong) for node in nodes)
        caveats = (*(one.sentence for one in wrong), *head["caveats"])
        numbers = _numbers(folder / "scores.csv", branch_of(self.about["tier"]), places.index) | _numbers(
            folder / "estimates.csv", INDICATOR, places.index
        )
        return Assessment(
            title=self.title, city=self.about["city"], period=head["period"], level=head["level"], one=head["one"], many=head["many"],
            fingerprint=self.fingerprint, tier=self.about["tier"], places=places, nodes=nodes, numbers=numbers, caveats=caveats,
            backdrop=self.backdrop,
        )  # fmt: skip

    def _head(self, level: str) -> dict[str, Any]:
        for head in self.about["levels"]:
            if head["level"] == level:
                return head
        raise EditionError(worded("The edition has no level '{level}'. It has {levels}.", level=str(level), levels=str(list(self.levels))))


def read_edition(path: Path) -> Edition:
    """The edition in *path*: its own folder, a folder of editions, or a workspace; EditionError when a file has been changed."""
    folder = find_edition(Path(path))
    manifest = read_manifest(folder)
    wrong = [item["path"] for item in manifest["resources"] if not _intact(folder / item["path"], item["hash"])]
    if wrong:
        raise EditionError(
            worded(
                "The edition {folder} is damaged: {wrong} are missing or have been changed. Build it again.",
                folder=str(folder),
                wrong=str(wrong),
            )
        )
    return Edition(folder, manifest)


def find_edition(path: Path) -> Path:
    """The folder of the edition in *path*: itself, or what a folder of editions or a workspace points to; EditionError when there is none."""
    for folder in (Path(path), Path(path) / "editions"):
        if is_edition(folder):
            return folder
        if (folder / CURRENT).is_file():
            return _pointed(folder)
    raise EditionError(worded("There is no edition in {file}. Run 'geomap build {file}' to make one.", file=str(path)))


def is_edition(folder: Path) -> bool:
    """Whether *folder* itself is that of an edition, and not a workspace or a folder of editions."""
    return (folder / CARD).is_file() and b'"geomap:edition"' in (folder / CARD).read_bytes()


def _pointed(editions: Path) -> Path:
    """The edition that the file 'current' of *editions* names."""
    name = (editions / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    if not name or Path(name).name != name or not (editions / name / CARD).is_file():
        raise EditionError(
            worded(
                "{editions} names the edition '{name}', which is not there. Run 'geomap build' to make one anew.",
                editions=str(editions / CURRENT),
                name=name,
            )
        )
    return editions / name


def _intact(path: Path, promised: str) -> bool:
    return path.is_file() and f"sha256:{sha256(path)}" == promised


def _numbers(path: Path, columns: tuple[str, ...], places: pd.Index) -> dict[str, pd.DataFrame]:
    """The table of each node; a column that is younger than the edition is unknown throughout."""
    rows = pd.read_csv(path, dtype=TEXT, keep_default_na=False, na_values={name: [""] for name in columns if name not in TEXT})
    return {
        str(node): table.set_index("code").reindex(index=places, columns=list(columns)) for node, table in rows.groupby("node", sort=False)
    }


def _with_errata(node: Node, errata: tuple[Erratum, ...]) -> Node:
    """The node with the errata that name it, or all numbers, before its caveats."""
    own = tuple(one.sentence for one in errata if not one.nodes or node.id in one.nodes)
    return replace(node, caveats=(*own, *node.caveats)) if own else node


def _tuples(record: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
