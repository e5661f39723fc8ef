"""Whether anybody but their owner can read the raw records of a workspace."""

import os
from pathlib import Path

from geomap.workspace.workspace import LAYERS, Workspace

ENTER = 0o011
SHOWN = 5


def readable_by_others(workspace: Workspace) -> tuple[str, ...]:
    """A sentence with the remedy where a group or everybody on this computer may open folders of layers about people; else none.

    It speaks of a folder of this computer, not of the data, so it is said by check and build and never written into an edition.
    """
    guarded = [folder for folder, sensitivity in _folders(workspace) if sensitivity != "open" and open_to_others(folder)]
    if not guarded:
        return ()
    names = ", ".join(f"'{folder.name}'" for folder in guarded[:SHOWN]) + (" and others" if len(guarded) > SHOWN else "")
    sentence = (
        f"Others who use this computer can read the raw records of {len(guarded)} layer(s) about people: {names}. "
        f"Close their folder to all but its owner: chmod 700 {workspace.path / LAYERS}"
    )
    return (sentence,)


def open_to_others(folder: Path) -> bool:
    """Whether the owner's group, or everybody, may enter *folder* and every folder above it; where folders have no such modes, False."""
    if os.name != "posix":
        return False
    way = ENTER
    for part in (folder.resolve(), *folder.resolve().parents):
        way &= part.stat().st_mode
    return way != 0


def _folders(workspace: Workspace) -> list[tuple[Path, str]]:
    """Each folder of a layer with the layer's sensitivity."""
    return [(folder, layer.card.sensitivity) for folder, layer in zip(workspace.folders(LAYERS), workspace.layers.values(), strict=True)]
