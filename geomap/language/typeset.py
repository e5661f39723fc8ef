"""A message set as its language sets it, so that whoever translates writes plain spaces and letters."""

import re

UNBROKEN = "\u00a0"  # a space at which no line breaks
LEFT_TO_RIGHT, RELEASE = "\u2066", "\u2069"  # what stands between keeps its order in a line that runs the other way
FORMULA = re.compile(r"\b[A-Za-z] (= )?\{\w+\}")


def typeset(text: str, code: str) -> str:
    """*text* as the language *code* sets it.

    >>> typeset("l'un : « {name} » ?", "fr") == "l\u2019un\u00a0: «\u00a0{name}\u00a0»\u00a0?"
    True
    """
    if code == "fr":
        return re.sub(r" (?=[:;?!»%])|(?<=«) ", UNBROKEN, re.sub(r"(?<=\w)'(?=[\w{«])", "’", text))
    if code == "ar":
        return FORMULA.sub(lambda found: f"{LEFT_TO_RIGHT}{found[0]}{RELEASE}", text)
    return text
