"""Lays the open data beside the descriptors of a real city: python -m tests.workspaces.lay london build/london."""

import os
import shutil
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("GEOMAP_SHARED", HERE.parents[1].parent / "shared"))
KEPT = "editions"
REFUSED = 3


def lay(name: str, target: Path) -> Path:
    """The workspace *name* in *target*, every data file copied byte for byte; editions already there are kept."""
    descriptors = HERE / name
    if not (descriptors / "lay.toml").is_file():
        raise FileNotFoundError(
            f"There is no workspace '{name}' in {HERE}. There are {sorted(p.parent.name for p in HERE.glob('*/lay.toml'))}."
        )
    files = tomllib.loads((descriptors / "lay.toml").read_text(encoding="utf-8"))["files"]
    if absent := [source for source in files.values() if not (SHARED / "data" / source).is_file()]:
        raise FileNotFoundError(f"{SHARED / 'data'} does not hold {absent[:3]}. Set GEOMAP_SHARED to the folder that holds data/.")
    for old in ("boundaries", "layers"):
        shutil.rmtree(target / old, ignore_errors=True)
    shutil.copytree(descriptors, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("lay.toml"))
    for place, source in files.items():
        shutil.copyfile(SHARED / "data" / source, target / place)
    return target


if __name__ == "__main__":
    try:
        print(f"Laid {lay(sys.argv[1], Path(sys.argv[2]))}.")
    except FileNotFoundError as absent:
        print(absent, file=sys.stderr)
        sys.exit(REFUSED)
