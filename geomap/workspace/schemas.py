"""The JSON Schemas of methodologies and index files, for editors that complete and check while one types."""

from pathlib import Path

from geomap.editions.files import write_json, write_whole
from geomap.errors import UsageError
from geomap.methodology.index import IndexFile
from geomap.methodology.recipe import Methodology

KINDS = {"index.schema.json": IndexFile, "methodology.schema.json": Methodology}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """The files written into *folder*, one for each kind of file; a first line `#:schema NAME` in the TOML names its own."""
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}. Make it first, or name another.")
    for name, recipe in KINDS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **recipe.model_json_schema()}
        write_whole(folder / name, lambda work, schema=schema: write_json(work, schema))
    return tuple(folder / name for name in KINDS)
