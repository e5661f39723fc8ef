"""Files of shapes made to do harm: refused in words that help, or read without it."""

import re

import pytest

from geomap.workspace.inspect import inspect
from tests.intake.hostile_shapes import HOSTILE

LEAKED = "root:x:"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_shapes_does_no_harm(tmp_path, name):
    """The outcome, the words, and a folder that is as it was."""
    make, outcome, words = HOSTILE[name]
    path = make(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    found = inspect(path, "boundary")
    said = "\n".join(found.messages)
    assert re.fullmatch(outcome, found.outcome), f"{found.outcome}: {said}"
    assert re.search(words, said), said
    assert found.outcome != "refused" or path.name in said
    assert LEAKED not in said
    assert said.replace("\n", "").isprintable()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
