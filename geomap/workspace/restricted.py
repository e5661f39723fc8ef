"""The restricted zone of a workspace: what only its owner may read."""

import secrets
from pathlib import Path

from geomap.editions.files import write_whole

RESTRICTED, SECRET, LAYERS = "restricted", "record-key", "layers"
PRIVATE, OWN = 0o700, 0o600


def restricted_zone(workspace: Path) -> Path:
    """The folder of the workspace that only its owner may open; made when it is not there."""
    zone = workspace / RESTRICTED
    zone.mkdir(mode=PRIVATE, exist_ok=True)
    zone.chmod(PRIVATE)
    return zone


def layers_folder(workspace: Path) -> Path:
    """The folder of raw layers, made for its owner alone when it is not there; one that is there keeps the mode that its owner gave it."""
    folder = workspace / LAYERS
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(PRIVATE)
    return folder


def record_secret(workspace: Path) -> str:
    """The sixteen letters that the keys of records are made with; drawn once, kept for ever, so that the same records always get the same noise."""
    path = restricted_zone(workspace) / SECRET
    if not path.is_file():
        write_whole(path, lambda work: work.write_text(secrets.token_hex(8) + "\n", encoding="utf-8"))
        path.chmod(OWN)
    return path.read_text(encoding="utf-8").strip()
