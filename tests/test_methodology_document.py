"""docs/methodology.md suffices to write a methodology: its example runs, and every word of the file format stands in it."""

import io
import re
from typing import get_args

import pandas as pd
import pytest

from geomap.assessment.index import run_index
from geomap.methodology.index import Gather, Head, IndexFile, Node, Only, Summary, Typology, read_index
from geomap.methodology.listening import Aggregates, Listening
from geomap.methodology.parts import Domain, Index, Indicator, Panel
from geomap.methodology.recipe import Methodology
from geomap.methodology.rules import Choices, MissingRule, Reliability, ScaleRule, Uncertainty
from geomap.methodology.weighting import FromData
from geomap.scoring.combine import Combine
from geomap.scoring.normalisations import Percentile
from geomap.scoring.steps import AnyStep
from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs/methodology.md").read_text(encoding="utf-8")
STEPS = get_args(get_args(AnyStep)[0])


def blocks(language: str) -> list[str]:
    """The blocks of a language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


def row_of(step: str) -> str:
    """The row of the document's tables that tells of a step."""
    found = re.search(rf"^\| `{step}`.*$", DOCUMENT, re.MULTILINE)
    assert found, step
    return found[0]


def test_the_example_gives_what_the_document_says(tmp_path):
    """The file, the table and the two results, as they are printed."""
    (tmp_path / "hardship.toml").write_text(blocks("toml")[0], encoding="utf-8")
    given, places, districts = (pd.read_csv(io.StringIO(block), dtype="str", keep_default_na=False) for block in blocks("csv"))
    made = run_index(read_index(tmp_path / "hardship.toml"), given)
    for table, printed in ((made.places, places), (made.summaries["district"], districts)):
        expected = printed.set_index(printed.columns[0]).apply(pd.to_numeric)
        assert list(table.columns) == list(expected.columns)
        assert table.round(1).to_numpy() == pytest.approx(expected.to_numpy(), nan_ok=True)


def test_the_command_writes_what_the_document_says(tmp_path):
    """To the letter, both files."""
    from geomap.cli.main import main

    for name, text in (("hardship.toml", blocks("toml")[0]), ("wards.csv", blocks("csv")[0])):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["index", str(tmp_path / "hardship.toml"), str(tmp_path / "wards.csv"), "--to", str(tmp_path / "out.csv")]) == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == blocks("csv")[1]
    assert [round(value, 1) for value in pd.read_csv(tmp_path / "out-district.csv")["district_hardship"]] == [51.9, 2.5]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.model_fields["step"].default)
def test_every_step_and_its_options_are_told(step):
    """With a row of its own that names each option."""
    row = row_of(step.model_fields["step"].default)
    options = set(step.model_fields) - {"step", "by", "reason", "among"}
    assert not [option for option in options if f"`{option}`" not in row]
    starred = "among" in step.model_fields and step is not Percentile
    assert starred == ("` *" in row.split("|")[1])


@pytest.mark.parametrize(
    "word", [*get_args(Gather), *get_args(FromData), *get_args(Summary.model_fields["how"].annotation), *get_args(Combine)]
)
def test_every_way_is_told(word):
    """Ways to gather, to weigh, to sum up, to combine."""
    assert f"`{word}`" in DOCUMENT or f'`"{word}"`' in DOCUMENT


@pytest.mark.parametrize(
    "recipe",
    [
        Head,
        Only,
        Node,
        Typology,
        Summary,
        IndexFile,
        Methodology,
        Indicator,
        Domain,
        Index,
        Panel,
        Choices,
        Listening,
        Aggregates,
        Reliability,
        MissingRule,
        ScaleRule,
        Uncertainty,
    ],
    ids=lambda kind: kind.__name__,
)
def test_every_word_of_the_file_is_told(recipe):
    """No field is left out."""
    untold = [name for name in recipe.model_fields if not re.search(rf"[`\[{{ ]{name}[`\]}} ]", DOCUMENT)]
    assert not [name for name in untold if name != "level"]
