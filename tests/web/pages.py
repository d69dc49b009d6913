"""Reading answers as a person would: text without markup, and forms by their action."""

from html.parser import HTMLParser
from typing import Protocol


class Answer(Protocol):
    """A response, as the test client's or a view's own."""

    @property
    def content(self) -> bytes: ...


class _Reader(HTMLParser):
    SKIPPED = ("script", "style", "svg")
    INLINE = ("a", "b", "bdi", "mark", "span", "ins", "del", "time", "kbd", "cite")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag in self.SKIPPED
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.SKIPPED
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _read(response: Answer) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def text_of(response: Answer) -> str:
    """Return what the page says, white space folded."""
    return " ".join("".join(_read(response).words).split())


def tags_of(response: Answer, name: str) -> list[dict[str, str | None]]:
    """Return the attributes of every element of a name, in order."""
    return [attributes for tag, attributes in _read(response).tags if tag == name]


def marked_in(response: Answer) -> list[str]:
    """Return what stands in the page's `mark` elements."""
    body = response.content.decode()
    return [part.split("</mark>")[0] for part in body.split("<mark>")[1:]]
