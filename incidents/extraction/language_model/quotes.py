"""Finding a model's quotation in the document: what is not there is not evidence."""

import re

from incidents.extraction.values import Document, Span

# Models straighten quotation marks, dashes and white space when they copy.
_STRAIGHT = str.maketrans("‘’‚‛′“”„‟″–—‑‐\u00a0\u202f", "'''''\"\"\"\"\"----  ")
MAX_QUOTE = 600


def _folded(text: str) -> str:
    """Return the text with typographic marks straightened, one character for one, so that offsets stay."""
    return text.translate(_STRAIGHT).lower()


class Quotes:
    """Looks quotations up in one document."""

    def __init__(self, document: Document) -> None:
        self._fields = ((_folded(document.text), False), (_folded(document.title), True))

    def find(self, quote: str, *, within: Span | None = None) -> Span | None:
        """Return where the quotation stands: inside `within` if it does, else its first place in the text, else in the title."""
        words = _folded(quote[:MAX_QUOTE]).strip(" \t\r\n\"'.,;:").split()
        if not words or len(quote) > MAX_QUOTE:
            return None
        # White space may differ (line breaks of the article); word boundaries may not: "kill" is not in "skills".
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
        if within is not None:
            text = next(text for text, in_title in self._fields if in_title == within.in_title)
            if found := pattern.search(text, within.start, within.end):
                return Span(found.start(), found.end(), within.in_title)
        for text, in_title in self._fields:
            if found := pattern.search(text):
                return Span(found.start(), found.end(), in_title)
        return None
