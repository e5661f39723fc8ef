"""What every command has in common: usage, exit codes, one JSON object on request, and never a trace for a user's mistake."""

import errno
import json
import os
import shutil
import subprocess
import sys

import pytest

import geomap
from geomap.cli import main
from tests.conftest import ROOT, without_surveys

COMMANDS = ("init", "add", "check", "build", "show", "export", "demo", "app")
GOOD = {
    "init": ["{tmp}/new"],
    "add": ["{demo}/layers/incidents/data.csv", "--to", "{city}", "--name", "more"],
    "check": ["{demo}"],
    "build": ["{demo}", "--draws", "50", "--out", "{tmp}/out"],
    "show": ["{demo}", "--to", "{tmp}/map.html"],
    "export": ["{demo}", "--to", "{tmp}/places.csv"],
    "demo": ["{tmp}/invented"],
    "app": ["{demo}", "--headless"],
}
BAD = {
    "init": (["{demo}"], 3),
    "add": (["{tmp}/gone.csv", "--to", "{city}"], 2),
    "check": (["{tmp}"], 3),
    "build": (["{tmp}"], 3),
    "show": (["{tmp}", "--to", "{tmp}/map.html"], 4),
    "export": (["{tmp}", "--to", "{tmp}/places.csv"], 4),
    "demo": (["{new}"], 3),
    "app": (["{city}"], 3),
}


@pytest.fixture
def words(demo, tmp_path, request):
    """Words of a command with the folders put in; each folder is made when it is named."""

    def put(*parts: str) -> list[str]:
        folders = {"demo": demo, "tmp": tmp_path}
        if any("{city}" in part for part in parts):
            folders["city"] = without_surveys(request.getfixturevalue("city"))
        if any("{new}" in part for part in parts):
            shutil.copytree(demo / "boundaries", tmp_path / "new" / "boundaries")
            (tmp_path / "new" / "methodology.toml").write_text("mine", encoding="utf-8")
            folders["new"] = tmp_path / "new"
        return [part.format(**folders) for part in parts]

    return put


def alone(*parts: str, **environment: str) -> subprocess.CompletedProcess:
    """The command in a process of its own."""
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    own = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run([sys.executable, "-m", "geomap", *parts], capture_output=True, encoding=encoding, check=False, cwd=ROOT, env=own)


@pytest.mark.parametrize("name", COMMANDS)
def test_with_json_a_command_that_works_prints_one_object(words, capsys, monkeypatch, name):
    """Exit code 0, ok is true, and standard output holds nothing else."""
    monkeypatch.setattr("geomap.cli.serve.subprocess.run", lambda command, **_: subprocess.CompletedProcess(command, 0))
    assert main([name, *words(*GOOD[name]), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert len(told) > 1


@pytest.mark.parametrize("name", COMMANDS)
def test_with_json_a_mistake_is_one_object_too(words, capsys, name):
    """Ok is false; the sentence and the exit code are in it, and the code is the same as without --json."""
    mistaken, code = BAD[name]
    mistaken = words(*mistaken)
    assert main([name, *mistaken, "--json"]) == code
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["exit_code"]) == (False, code)
    assert main([name, *mistaken]) == code
    said = capsys.readouterr()
    assert told["error"] in said.err
    assert said.out == ""


def test_a_check_that_finds_faults_is_not_ok(city, capsys):
    """The command worked, but its answer is that something must be mended: ok is false and the code is 3."""
    (city / "methodology.toml").write_text("[half", encoding="utf-8")
    assert main(["check", str(city), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert "methodology.toml is not valid TOML" in told["faults"][0]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], "COMMAND"),
        (["fly"], "'fly' (choose from"),
        (["add"], "FILE"),
        (["export", "x"], "--to"),
        (["show", "--to", "x.html"], "EDITION"),
        (["demo"], "DIR"),
        (["build", "--draws", "many"], "'many'"),
        (["check", "--loud"], "--loud"),
    ],
)
def test_words_that_are_not_known_show_the_usage(capsys, parts, said):
    """Exit code 2, the usage and the word on standard error, nothing on standard output."""
    with pytest.raises(SystemExit) as stopped:
        main(parts)
    shown = capsys.readouterr()
    assert stopped.value.code == 2
    assert shown.err.startswith("usage: geomap")
    assert said in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(capsys, name):
    """With its words and what it does."""
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: geomap {name}")


def test_a_process_of_its_own_answers_alike(demo, tmp_path):
    """Python -m geomap: the version, usage with exit code 2, a mistake in words with its own code, a good answer as pure JSON."""
    assert alone("--version").stdout == f"geomap {geomap.__version__}\n"
    unknown = alone("fly")
    assert (unknown.returncode, unknown.stdout, unknown.stderr[:13]) == (2, "", "usage: geomap")
    wrong = alone("export", str(demo), "--to", str(tmp_path / "places.shp"))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith(f"{tmp_path / 'places.shp'} must end in one of .geojson, .gpkg, .csv")
    good = alone("export", str(demo), "--to", str(tmp_path / "places.csv"), "--json")
    assert (good.returncode, json.loads(good.stdout)["places"], good.stderr) == (0, 61, "")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_json_can_be_printed_in_any_encoding(city, encoding):
    """A pipe that is not UTF-8 gets its object too, arrows and accents and all."""
    (city / "methodology.toml").write_text('[methodology]\nname = ""\n', encoding="utf-8")
    done = alone("check", str(city), "--json", PYTHONIOENCODING=encoding)
    assert "Traceback" not in done.stderr
    assert "methodology → name: is blank" in json.loads(done.stdout)["faults"][0]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_words_can_be_printed_in_any_encoding(demo, tmp_path, encoding):
    """A console that lacks a sign shows its number instead."""
    done = alone("export", str(demo), "--to", str(tmp_path / "Łódź.csv"), PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u0141" in done.stdout


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_what_the_disk_refuses_is_told_in_words(monkeypatch, capsys, number):
    """A full disk and a folder that may not be written are no fault of ours; the file is named."""

    def fail(_asked):
        raise OSError(number, os.strerror(number), "places.csv")

    monkeypatch.setattr("geomap.cli.commands.export", fail)
    assert main(["export", ".", "--to", "places.csv"]) == 6
    assert f"{os.strerror(number)}: places.csv." in capsys.readouterr().err


def test_a_fault_of_ours_shows_its_trace(monkeypatch):
    """What no user has caused is not hidden in a sentence."""

    def fail(_asked):
        raise ZeroDivisionError

    monkeypatch.setattr("geomap.cli.commands.check", fail)
    with pytest.raises(ZeroDivisionError):
        main(["check"])


def test_stopping_a_command_is_no_fault(monkeypatch, capsys):
    """Control-C gives 130 and one sentence."""

    def stop(_asked):
        raise KeyboardInterrupt

    monkeypatch.setattr("geomap.cli.commands.build", stop)
    assert main(["build"]) == 130
    assert capsys.readouterr().err == "Stopped; nothing half-written is left behind.\n"


def test_fetching_what_no_settings_name_is_refused_in_words(tmp_path, capsys):
    """A workspace without settings.toml lists no table."""
    from geomap.workspace.begin import begin

    begin(tmp_path / "city")
    assert main(["fetch", "wards", "--to", str(tmp_path / "city")]) != 0
    assert "lists no table 'wards'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["index", "--list"], ["index", "--list", "--json"]])
def test_who_reads_may_stop_reading(words):
    """As head does after its lines: no trace, and the same end."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        ran = subprocess.run([sys.executable, "-m", "geomap", *words], stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
