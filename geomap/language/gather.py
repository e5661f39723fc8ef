"""Gathers every message of the code into template.pot and brings the catalogues up to it: python -m geomap.language.gather (make words)."""

import ast
import csv
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from geomap.language.current import DEFAULT, LANGUAGES
from geomap.language.frozen import RECOGNISED

HERE = Path(__file__).parent
CODE = HERE.parent
SAID_BY = {
    "say": 1,
    "say_many": 2,
    "say_as": 2,
    "noted": 1,
    "worded": 1,
}  # how many texts each takes; a call that takes a name says what was noted elsewhere
TABLES = {"workspace/recipes/kinds.csv": ("topic", "title", "may_say", "usual_owner", "usual_traps")}  # words of ours that stand in tables
KEPT = ('"Language:', '"Plural-Forms', '"MIME', '"Content')
HEADER = "# The words of geomap. Written by make words; the sentences in msgstr are written by people."


def template() -> Catalog:
    """Every message of the code and its tables, with the files that say it."""
    found = Catalog(project="geomap", charset="utf-8", header_comment=HEADER, fuzzy=False)
    for path in sorted(CODE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAID_BY:
                texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if len(texts) == SAID_BY[call.func.id]:
                    sense, message = (
                        (texts[0], texts[1]) if call.func.id == "say_as" else (None, tuple(texts) if len(texts) > 1 else texts[0])
                    )
                    marks = [RECOGNISED] if call.func.id == "worded" else []
                    found.add(message, locations=[(path.relative_to(CODE.parent).as_posix(), None)], context=sense, auto_comments=marks)
    for name, columns in TABLES.items():
        with (CODE / name).open(encoding="utf-8", newline="") as source:
            for row in csv.DictReader(source):
                for column in columns:
                    found.add(row[column], locations=[(f"{CODE.name}/{name}", None)])
    return found


def read(code: str) -> Catalog:
    """The catalogue of *code* as it stands; empty where there is none yet."""
    path = HERE / f"{code}.po"
    if not path.exists():
        return Catalog(locale=code, project="geomap", charset="utf-8", header_comment=HEADER, fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=code)


def gather() -> None:
    """Writes template.pot and every .po anew: new messages come in without words, those that nobody says any more leave."""
    found = template()
    _write(found, HERE / "template.pot")
    for code in LANGUAGES:
        if code != DEFAULT:
            own = read(code)
            own.update(found, no_fuzzy_matching=True, update_header_comment=True)
            own.obsolete.clear()
            _write(own, HERE / f"{code}.po")


def _write(found: Catalog, path: Path) -> None:
    """Without dates and names in the head, so that the same words give the same file."""
    whole = io.BytesIO()
    write_po(whole, found, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = whole.getvalue().decode("utf-8").splitlines()
    head = lines.index("") if "" in lines else len(lines)
    kept = [line for line in lines[:head] if not line.startswith('"') or line.startswith(KEPT)]
    path.write_text("\n".join([*kept, *lines[head:]]).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    gather()
