"""What an edition was computed with: the version of this program, its very code, the locked packages."""

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import geomap
from geomap.datapackage.package import sha256

ROOT = Path(geomap.__file__).parent
LOCK = ROOT.parent / "requirements.lock"
CODE = (".py", ".toml")
ARITHMETIC = ("exactextract", "geopandas", "numpy", "pandas", "pyogrio", "pyproj", "rasterio", "scipy", "shapely")
ABSENT = "not beside the program"


@cache
def software() -> dict[str, object]:
    """version; code: one SHA-256 of all its source; lock: that of requirements.lock, where it lies beside the program; python; libraries by name."""
    return {
        "version": geomap.__version__,
        "code": f"sha256:{_code()}",
        "lock": f"sha256:{sha256(LOCK)}" if LOCK.is_file() else ABSENT,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "libraries": {name: _version(name) for name in ARITHMETIC},
    }


def _code() -> str:
    """The SHA-256 over the name and the SHA-256 of every source file, by name."""
    files = sorted(path for path in ROOT.rglob("*") if path.suffix in CODE)
    lines = [f"{path.relative_to(ROOT).as_posix()} {sha256(path)}\n" for path in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
