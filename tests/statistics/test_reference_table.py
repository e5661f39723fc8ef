"""The table of published and own numbers, as the command prints it."""

from tests.statistics.reference_table import main, rows


def test_every_number_is_within_what_is_allowed(capsys):
    """The command ends with 0 and prints a line a number."""
    assert main() == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(list(rows())) > 50
