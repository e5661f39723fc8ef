"""A workbook is read apart, and comes out as it went in."""

import subprocess
import sys

from geomap.intake.findings import Findings
from geomap.intake.workbook import read, workbook_rows
from tests.intake.test_table_mutations import workbook

LOOK = """
import sys
from pathlib import Path
from geomap.intake.tables import take_table
assert take_table(Path(sys.argv[1])).rows == 6
assert "python_calamine" not in sys.modules
"""


def test_the_rows_are_those_that_the_reader_found(tmp_path):
    """Nothing is lost on the way out of the confined process."""
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook())
    _, inside = read(path)
    rows, sheet = workbook_rows(path, Findings())
    assert sheet == "Data"
    assert rows == inside["row"].to_pylist()


def test_the_library_that_reads_workbooks_is_never_loaded_here(tmp_path):
    """A fault in it cannot touch the process that asked."""
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook())
    subprocess.run([sys.executable, "-c", LOOK, str(path)], check=True)
