"""Runs one command; heavy libraries are imported only by the command that needs them."""

import argparse
import errno
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from geomap.cli import commands
from geomap.cli.words import parser
from geomap.errors import DiskError, GeomapError

DISK = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 only when all is well. A user's mistake gives a sentence, a fault of ours the full trace."""
    asked = parser().parse_args(arguments)
    try:
        answer = _run(asked)
    except GeomapError as wrong:
        _say(
            {"ok": False, "error": wrong.message, "faults": list(wrong.faults), "exit_code": wrong.exit_code},
            str(wrong),
            asked.json,
            good=False,
        )
        return wrong.exit_code
    except KeyboardInterrupt:
        print("Stopped; nothing half-written is left behind.", file=sys.stderr)
        return 130
    _say({"ok": answer.exit_code == 0, **answer.data}, answer.text, asked.json, good=answer.exit_code == 0)
    return answer.exit_code


def _run(asked: argparse.Namespace) -> commands.Answer:
    """The command's answer; what the disk refuses is told in words like any other mistake."""
    try:
        return asked.run(asked)
    except OSError as wrong:
        if wrong.errno not in DISK:
            raise
        raise DiskError(f"{wrong.strerror}: {wrong.filename}. Name another place, or make room and grant access there.") from None


def _say(data: dict[str, Any], text: str, as_json: bool, *, good: bool) -> None:
    try:
        if as_json:
            print(json.dumps(data, indent=1))
        else:
            _print(text, sys.stdout if good else sys.stderr)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has had enough, as head has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(text: str, stream: TextIO) -> None:
    """Prints *text*; a sign that the console's encoding does not have is written as its number."""
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)
