"""What the documents say is true: commands run, files exist, and nothing that exists is left out."""

import re
import subprocess
import tomllib

import pytest

import geomap
from geomap.cli.main import parser
from geomap.methodology.parts import Indicator
from tests.conftest import ROOT

README, MANUAL = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/manual.md"))
COMMANDS = next(action.choices for action in parser()._actions if action.dest == "COMMAND" or action.choices)  # noqa: SLF001  argparse has no other way
MEASURES = sorted(Indicator.model_json_schema()["properties"]["measure"]["discriminator"]["mapping"])


def shell(text: str) -> list[str]:
    """The commands in the shell blocks of a document, without their remarks."""
    return [
        line.split("#")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
        if line.strip()
    ]


def test_the_readme_opens_with_the_two_commands():
    """Make app and make test come before anything else, and make knows them."""
    assert shell(README)[:2] == ["make app", "make test"]
    for command in (line for line in shell(README) if line.startswith("make ")):
        assert subprocess.run(["make", "-n", command.split()[1]], cwd=ROOT, capture_output=True, check=False).returncode == 0, command


def test_ci_runs_the_command_of_the_readme():
    """The judge calls the very words that a reader is given."""
    lines = {line.strip() for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()}
    assert {"make test", "make london", "make toronto"} <= lines


@pytest.mark.parametrize("line", [line for line in shell(README) if line.startswith("geomap ")])
def test_every_command_in_the_readme_is_understood(line):
    """No option that does not exist."""
    parser().parse_args(line.split()[1:])


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_manual(name):
    """And none is left out."""
    assert f"`geomap {name}" in MANUAL


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_in_the_manual(name):
    """With a row of its own."""
    assert f"| `{name}` |" in MANUAL


@pytest.mark.parametrize("path", sorted((ROOT / "geomap/views").glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_every_view_is_in_the_manual(path):
    """By its name."""
    assert f"`{path.stem}`" in MANUAL


def test_the_examples_of_the_manual_are_valid():
    """Each TOML block can be read as what it shows."""
    for block in re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL):
        for indicator in tomllib.loads(block)["indicator"]:
            Indicator.read(indicator, where="the manual")


def test_links_and_pictures_are_there():
    """Every relative link of every document leads to a file."""
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).is_file(), (document.name, target)


def test_the_changelog_and_the_citation_know_the_version():
    """The same version everywhere."""
    assert f"## [{geomap.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version: {geomap.__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
