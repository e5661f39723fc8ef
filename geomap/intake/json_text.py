"""JSON read strictly: what parsers disagree about is refused, what is outside the standard is counted."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geomap.errors import IntakeError
from geomap.intake.limits import JSON_BRACKETS, JSON_BYTES, MEGABYTE
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.words import listed
from geomap.worded import worded

HALF = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass
class JsonText:
    """document: what the text says; repairs: what had to be done so that it could be read."""

    document: Any = None
    repairs: list[Repair] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    constants: Counter[str] = field(default_factory=Counter)


def read_json(path: Path) -> JsonText:
    """The document in the file; IntakeError says why there is none."""
    found = JsonText()
    text = _decoded(path, _bytes(path), found)
    found.document = _parsed(path, text, found)
    if HALF.search(text) and not _is_whole(found.document):
        raise IntakeError(
            worded(
                "{file} holds half a sign (a lone surrogate such as \\ud800), which is no text. Export it again as UTF-8.",
                file=name_of(path),
            )
        )
    if found.twice:
        raise IntakeError(
            worded(
                "{file} gives {examples} twice in one object ({count} time(s)); programs disagree which of the two counts. Leave one of them and try again.",
                file=name_of(path),
                examples=listed(dict.fromkeys(found.twice)),
                count=len(found.twice),
            )
        )
    return found


def _is_whole(document: Any) -> bool:  # noqa: ANN401  anything JSON can say
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > JSON_BYTES:
        raise IntakeError(
            worded(
                "{file} is too large for JSON: {size} MB, at most {most} MB are read. Save it as a GeoPackage, which takes less room.",
                file=name_of(path),
                size=str(size // MEGABYTE),
                most=str(JSON_BYTES // MEGABYTE),
            )
        )
    raw = path.read_bytes()
    if (brackets := raw.count(b"[") + raw.count(b"{")) > JSON_BRACKETS:
        raise IntakeError(
            worded(
                "{file} is too large: {brackets} lists and objects, at most {most} are read. Save it as a GeoPackage.",
                file=name_of(path),
                brackets=brackets,
                most=JSON_BRACKETS,
            )
        )
    return raw


def _decoded(path: Path, raw: bytes, found: JsonText) -> str:
    encoding = json.detect_encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252" if _fits(raw, "cp1252") else "latin-1"
        text = raw.decode(encoding)
    if not encoding.startswith("utf-8"):
        found.repairs.append(
            Repair(
                "encoding",
                worded(
                    "{file} is not in the encoding UTF-8, as JSON must be; it was read as {encoding}. Check its names.",
                    file=name_of(path),
                    encoding=encoding,
                ),
                1,
            )
        )
    return text


def _parsed(path: Path, text: str, found: JsonText) -> Any:  # noqa: ANN401  anything JSON can say
    def pairs(given: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(given)
        if len(made) != len(given):
            found.twice.extend(key for key, times in Counter(key for key, _ in given).items() if times > 1)
        return made

    def constant(name: str) -> float:
        found.constants[name] += 1
        return float("nan")

    options = {"object_pairs_hook": pairs, "parse_constant": constant}
    try:
        return json.loads(text, **options)
    except RecursionError:
        raise IntakeError(
            worded("{file} holds values nested too deep to be data. Export it again without them.", file=name_of(path))
        ) from None
    except json.JSONDecodeError as wrong:
        if wrong.msg.startswith("Extra data") and (lines := _lines(text, options)):
            found.repairs.append(
                Repair(
                    "line-delimited",
                    worded("{file} is line-delimited: {count} documents, read as one.", file=name_of(path), count=len(lines)),
                    len(lines),
                )
            )
            return {"type": "FeatureCollection", "features": lines}
        raise IntakeError(_why(name_of(path), text, wrong)) from None
    except ValueError as wrong:
        raise IntakeError(
            worded("{file} is not valid JSON: {wrong}. Export it again.", file=name_of(path), wrong=str(str(wrong).split(";")[0]))
        ) from None


def _lines(text: str, options: dict[str, Any]) -> list[Any]:
    """One Feature a line, as some programs write; nothing when any line is something else."""
    try:
        documents = [json.loads(line, **options) for line in text.replace("\x1e", "").splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return []
    return documents if all(isinstance(one, dict) and one.get("type") == "Feature" for one in documents) else []


def _why(file: str, text: str, wrong: json.JSONDecodeError) -> str:
    line, column = str(wrong.lineno), str(wrong.colno)
    if wrong.msg.startswith("Extra data"):
        return worded(
            "{file} goes on after the end of its JSON (line {line}, column {column}): two files in one, or a damaged upload. Export it again.",
            file=file,
            line=str(line),
            column=str(column),
        )
    if wrong.pos >= len(text.rstrip()) - 1 or wrong.msg.startswith("Unterminated string"):
        return worded(
            "{file} is incomplete: it stops in the middle (line {line}, column {column}). Upload or export it again.",
            file=file,
            line=str(line),
            column=str(column),
        )
    return worded(
        "{file} is not valid JSON: {wrong} at line {line}, column {column}. Export it again.",
        file=file,
        wrong=str(wrong.msg),
        line=str(line),
        column=str(column),
    )


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
