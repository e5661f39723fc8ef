"""A mistake as a page tells it: in the reader's language, with everything that was found at once."""

from geomap.errors import GeomapError
from geomap.language import known
from geomap.symbology.markup import for_markdown


def in_words(wrong: GeomapError) -> str:
    """What was wrong and each fault below it, for Markdown."""
    return "\n".join([for_markdown(known(wrong.message)), *(f"- {for_markdown(known(fault))}" for fault in wrong.faults)])
