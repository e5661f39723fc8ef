"""The schemas that editors read accept what the engine accepts."""

import json
import tomllib

import jsonschema
import pytest

from geomap.errors import UsageError
from geomap.methodology.published import find, names
from geomap.workspace.schemas import write_schemas
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    """Both schemas, read back."""
    folder = tmp_path_factory.mktemp("schemas")
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in write_schemas(folder)}


@pytest.mark.parametrize("name", names())
def test_every_shipped_index_fits_the_schema(schemas, name):
    """And so do its short ways to write weights."""
    jsonschema.validate(tomllib.loads(find(name).read_text(encoding="utf-8")), schemas["index.schema.json"])


def test_the_demonstration_citys_methodology_fits_the_schema(schemas):
    """The file at the root."""
    jsonschema.validate(tomllib.loads((ROOT / "methodology.toml").read_text(encoding="utf-8")), schemas["methodology.schema.json"])


def test_a_wrong_word_does_not_fit(schemas):
    """Editors underline what the engine would refuse."""
    data = tomllib.loads(find("england-iod-2025").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "colour": "red"}, schemas["index.schema.json"])


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """Nothing is made in silence."""
    with pytest.raises(UsageError, match="no folder"):
        write_schemas(tmp_path / "nowhere")
