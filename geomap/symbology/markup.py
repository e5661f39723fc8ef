"""The only module that turns text from data into markup: for HTML, for JSON in a script, for Markdown."""

import html
import json
import re
from typing import Any

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_ADDRESS = re.compile(r"https?(?=://)|www(?=\.)|(?<=\S)(?=@)", re.IGNORECASE)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def for_html(text: object) -> str:
    """Text that a page shows literally, in content and in quoted attributes."""
    return html.escape(str(text), quote=True)


def for_script(content: Any) -> str:  # noqa: ANN401  anything JSON can say
    """JSON that can neither close a script element nor be taken for a template: no <, and no brace followed by a brace, percent or hash."""
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for sign, code in _UNSAFE.items():
        text = text.replace(sign, code)
    return re.sub(
        r"\{(?=[{%#])", "{ ", re.sub(r'"(?:[^"\\]|\\.)*"', lambda string: string[0].replace("{", "\\u007b").replace("}", "\\u007d"), text)
    )


def for_markdown(text: object) -> str:
    """Text that Markdown shows literally, with every sign that could mean something escaped.

    The page makes links of bare addresses even when their signs are escaped; a word joiner, which has no width, keeps them words.
    """
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub("\\g<0>\u2060", str(text).replace("\n", " ")))


def literal_template(text: str) -> str:
    """*text* as a template that renders to itself; it may not hold the word that would end it."""
    if "endraw" in text:
        raise ValueError("A text that ends a raw block cannot be made literal.")
    return "{% raw %}" + text + "{% endraw %}"
