"""Finding what no translation has touched, on a page whose every translated text stands in brackets (tests/web/catalogue.py)."""

import re
from html.parser import HTMLParser

# What is the same in every language: names, codes, units, keys, what a person types.
SAME = {
    "Incident Desk", "JSON", "GeoJSON", "PNG", "SVG", "CSV", "KML", "NDJSON", "Parquet", "km", "SY", "IQ", "Atom", "JSON Feed",
    "en", "Syria", "Iraq", "UTC", "rules", "min", "nonsense", "nothing", "Gulf Wire", "Natural Earth",
    "GeoNames", "Places: GeoNames, CC BY",
}  # fmt: skip
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "aria-description")


class Seen(HTMLParser):
    """What a reader sees or hears of a page: texts by line, and attributes that are read out; no code, no names of keys."""

    SKIPPED = ("script", "style", "code", "pre", "kbd")
    INLINE = ("a", "b", "bdi", "mark", "span", "ins", "del", "time", "small", "cite", "i", "kbd", "code")

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.attributes: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in self.SKIPPED
        self.attributes += [value for name, value in attrs if name in ATTRIBUTES and value]
        self.text += "" if tag in self.INLINE else "\n"

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in self.SKIPPED
        self.text += "" if tag in self.INLINE else "\n"

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.text += data


def english(page: str) -> list[str]:
    """Return the words of a page that no translation has touched."""
    reader = Seen()
    reader.feed(page)
    rest = re.sub(r"http\S+|(idk|whsec|msg)_\S+|geonames:\d+|\w+=\w+", " ", "\n".join([reader.text, *reader.attributes]))
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)) != rest:
        rest = shorter
    for same in sorted(SAME, key=len, reverse=True):  # "JSON Feed" before "JSON"
        rest = re.sub(rf"(?<![A-Za-z]){re.escape(same)}(?![A-Za-z])", " ", rest)
    return list(dict.fromkeys(" ".join(line.split()) for line in rest.splitlines() if re.search(r"[A-Za-z]{2,}", line)))
