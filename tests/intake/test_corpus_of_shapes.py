"""Every hostile or broken file of shapes and rasters has the outcome that its manifest says."""

import pytest

from geomap.workspace.inspect import inspect
from tests.hostile.corpus import Case, cases, verdict
from tests.shared import shared

KINDS = ("boundary", "raster")


def test_the_corpus_is_here():
    """Without it the tests below say nothing."""
    assert shared("data", "hostile", "MANIFEST.csv").exists()


@pytest.mark.parametrize("case", cases(*KINDS), ids=lambda case: case.file)
def test_each_file_has_its_outcome(case: Case):
    """Loaded, repaired or refused, with the words that name the reason."""
    found = inspect(case.path, case.role, boundaries=case.boundaries)
    assert verdict(case, found.outcome, " ".join(found.messages)) == ""


def test_the_good_files_load():
    """Good files are loaded, and nothing in them is called repaired."""
    good = [case for case in cases(*KINDS) if case.must == "accept"]
    outcomes = {case.file: inspect(case.path, case.role, boundaries=case.boundaries).outcome for case in good}
    assert {file: outcome for file, outcome in outcomes.items() if outcome != "loaded"} == {}
