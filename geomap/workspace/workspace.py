"""A workspace: boundaries, layers, a methodology, and the editions built from them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from geomap._toml import to_toml
from geomap.assessment.held import Held
from geomap.boundaries.atlas import Atlas
from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.crosswalk import Crosswalk, read_crosswalks
from geomap.boundaries.overlays import read_overlays
from geomap.boundaries.read import read_boundaries, read_boundary_card
from geomap.datapackage.package import CARD, file_of, sha256
from geomap.editions.edition import Edition, read_edition
from geomap.errors import GeomapError, WorkspaceError
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.layers.read import read_layer, read_layer_card
from geomap.methodology.read import FILE, read_methodology
from geomap.methodology.recipe import Methodology
from geomap.methodology.tiers import TierPart, part_for
from geomap.workspace.restricted import record_secret
from geomap.workspace.ruler import FILE as RULER
from geomap.workspace.ruler import read_held

BOUNDARIES, LAYERS, EDITIONS = "boundaries", "layers", "editions"
ISSUES = "issues.toml"
Read = TypeVar("Read")
Named = TypeVar("Named", Boundaries, Layer)


@dataclass(frozen=True)
class Workspace:
    """A folder with methodology.toml, boundaries/ and layers/. Nothing outside it is ever read.

    tier: where one is named, only what an edition of that tier may hold is there: other layers are not read, and the methodology does without them.
    told_in: where one is named, other layers are left out too, but the methodology is whole; what *told* makes.
    """

    path: Path
    tier: str = ""
    told_in: str = ""

    @cached_property
    def methodology(self) -> Methodology:
        """The agreed recipe."""
        return self.shared.methodology

    @cached_property
    def shared(self) -> TierPart:
        """The agreed recipe as far as the tier may hold it, and how much that lacks."""
        self._demand_own(self.path / FILE)
        whole = read_methodology(self.path / FILE)
        return part_for(whole, self.tier, frozenset(self.layers)) if self.tier else TierPart(whole, "")

    @property
    def methodology_text(self) -> str:
        """The text of the methodology; of a tier's, as far as the tier may hold it, without comments."""
        if not self.tier:
            return (self.path / FILE).read_text(encoding="utf-8")
        return to_toml(self.methodology.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True))

    @cached_property
    def atlas(self) -> Atlas:
        """All boundary sets and the ways between them."""
        folders = self.folders(BOUNDARIES)
        if not folders:
            raise WorkspaceError(
                f"{self.path / BOUNDARIES} holds no boundary set. Put polygons there with 'geomap add FILE --to {self.path}'."
            )
        sets = self._each(folders, read_boundaries, "boundary set(s)")
        by_name = _by_name(folders, sets)

        def ways(folder: Path) -> tuple[Crosswalk, ...]:
            card = read_boundary_card(folder)
            return (*read_crosswalks(folder, card), *read_overlays(folder, card, by_name))

        walks = self._each(folders, ways, "lookup(s) or overlay(s)")
        return Atlas(by_name, tuple(walk for some in walks for walk in some))

    @cached_property
    def layers(self) -> dict[str, Layer]:
        """All layers by name; WorkspaceError lists every one that cannot be read."""
        folders = self.folders(LAYERS)
        return _by_name(folders, self._each(folders, read_layer, "layer(s)"))

    @cached_property
    def told(self) -> "Workspace":
        """What an edition of this workspace may tell of: the same, without the layers above the tier of its methodology; what was read is not read again."""
        tier = self.methodology.methodology.tier
        shown = {name: layer for name, layer in self.layers.items() if layer.card.may_be_seen_in(tier)}
        if len(shown) == len(self.layers):
            return self
        told = replace(self, told_in=tier)
        vars(told).update(shared=self.shared, methodology=self.methodology, atlas=self.atlas, held=self.held, layers=shown)
        return told

    @cached_property
    def sources(self) -> Sources:
        """What measures draw from, in the methodology's period."""
        heading = self.methodology.methodology
        for level in heading.levels:
            self.atlas[level]
        secret = record_secret(self.path) if self.methodology.disclosure.rule().needs_keys else ""
        return Sources(self.atlas, self.layers, heading.period, heading.levels, secret)

    @cached_property
    def held(self) -> Held | None:
        """The ruler of an earlier edition that this workspace measures with; nothing where the scale is fitted to the baseline's data."""
        return read_held(self.path)

    @property
    def editions(self) -> Path:
        """Where editions are built; those of a tier that was asked for lie apart."""
        return self.path / (f"{EDITIONS}-{self.tier}" if self.tier else EDITIONS)

    def latest_edition(self) -> Edition | None:
        """The edition built last, or nothing where none has been."""
        return read_edition(self.editions) if (self.editions / "current").is_file() else None

    def folders(self, kind: str) -> list[Path]:
        """The folders of *kind* (boundaries or layers) that hold a card, by name; none may be a link that leads out of the workspace."""
        found = sorted(card.parent for card in (self.path / kind).glob(f"*/{CARD}"))
        self._demand_own(*found)
        tier = self._may_hold
        if kind != LAYERS or not tier:
            return found
        return [folder for folder in found if read_layer_card(folder).may_be_seen_in(tier)]

    def kept_back(self) -> frozenset[str]:
        """The names of the layers that the tier may not hold, from their cards alone."""
        tier = self._may_hold
        if not tier:
            return frozenset()
        cards = [read_layer_card(card.parent) for card in (self.path / LAYERS).glob(f"*/{CARD}")]
        return frozenset(card.name for card in cards if not card.may_be_seen_in(tier))

    def inputs(self) -> dict[str, str]:
        """The SHA-256 of every file an edition is made from, by its path in the workspace."""
        files = [self.path / FILE, *(path for path in [self.path / ISSUES, self.path / RULER] if path.is_file())]
        for kind, read_card in ((BOUNDARIES, read_boundary_card), (LAYERS, read_layer_card)):
            for folder in self.folders(kind):
                files += [folder / CARD, *(file_of(folder, resource) for resource in read_card(folder).resources)]
        found = {path.relative_to(self.path).as_posix(): sha256(path) for path in files}
        return found | {FILE: hashlib.sha256(self.methodology_text.encode()).hexdigest()}

    def guarded(self) -> frozenset[str]:
        """The data files about people, by their path in the workspace; the hash of one could confirm a guess of what is withheld."""
        folders = [(folder, read_layer_card(folder)) for folder in self.folders(LAYERS)]
        files = [folder / one.path for folder, card in folders if card.guarded for one in card.resources]
        return frozenset(path.relative_to(self.path).as_posix() for path in files)

    @property
    def _may_hold(self) -> str:
        """The tier whose layers alone are there; nothing where all are."""
        return self.tier or self.told_in

    def _each(self, folders: Sequence[Path], read: Callable[[Path], Read], what: str) -> list[Read]:
        """What *read* finds in each of *folders*; WorkspaceError with the faults of all that cannot be read."""
        found, faults = [], []
        for folder in folders:
            try:
                found.append(read(folder))
            except GeomapError as wrong:
                faults.append(str(wrong))
        if faults:
            raise WorkspaceError(f"{len(faults)} {what} of {self.path} cannot be read:", tuple(faults))
        return found

    def _demand_own(self, *paths: Path) -> None:
        if away := [str(path) for path in paths if not path.resolve().is_relative_to(self.path)]:
            raise WorkspaceError(
                f"A workspace reads nothing outside it, but {away} lead out by a link. Copy what is linked into {self.path}."
            )


def _by_name(folders: Sequence[Path], found: Sequence[Named]) -> dict[str, Named]:
    """What was found in each folder by its own name; WorkspaceError names the folders that share one."""
    homes: dict[str, list[str]] = {}
    for folder, one in zip(folders, found, strict=True):
        homes.setdefault(one.name, []).append(str(folder))
    if twice := tuple(f"'{name}' is the name in {where}." for name, where in homes.items() if len(where) > 1):
        raise WorkspaceError("Each folder needs a name of its own in its card:", twice)
    return {one.name: one for one in found}


def open_workspace(path: Path | str, tier: str = "") -> Workspace:
    """The workspace in *path*, or what an edition of *tier* may hold of it; WorkspaceError when the folder is none."""
    folder = Path(path).resolve()
    if not folder.is_dir():
        raise WorkspaceError(f"There is no folder {folder}. Run 'geomap init {path}' to start a workspace there.")
    if not (folder / FILE).is_file():
        raise WorkspaceError(
            f"{folder} is not a workspace: it has no {FILE}. Run 'geomap init {path}' to start one, or name another folder."
        )
    return Workspace(folder, tier)
