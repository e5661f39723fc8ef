"""Names of encodings, as other programs write them."""

import codecs


def known_encoding(name: str) -> str:
    """The encoding as Python knows it, of a .cpg such as UTF-8, 1252 or ISO 8859-1; blank when it knows none."""
    tidy = name.strip().strip("\x00").lower().replace("ansi ", "cp").replace("oem ", "cp")
    for attempt in (tidy, f"cp{tidy}", tidy.replace("8859", "iso8859-") if tidy.startswith("8859") else tidy.replace(" ", "-")):
        try:
            return codecs.lookup(attempt).name
        except (LookupError, ValueError):
            continue
    return ""
