"""The words of an article as a whole, as relevance weighs them: those anywhere, those near its beginning, and pairs side by side.

Names are left out, so that the weights know what such news is about, not where it happens.
"""

from dataclasses import dataclass, field

from incidents.extraction.tokens import Reading

BEGINNING = 150  # tokens


@dataclass(slots=True)
class DocumentWords:
    """Base forms in small letters."""

    everywhere: set[str] = field(default_factory=set)
    beginning: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def signs(self) -> set[str]:
        """Return them as named signs."""
        return (
            {f"word:{word}" for word in self.everywhere}
            | {f"early:{word}" for word in self.beginning}
            | {f"pair:{first} {second}" for first, second in self.pairs}
        )


def document_words(reading: Reading) -> DocumentWords:
    """Collect the words of a tagged document."""
    found = DocumentWords()
    size = 0
    for sentence in reading.sentences:
        words = [token.lemma if token.tag[:3] != "NNP" and token.text[0].isalpha() else "" for token in sentence.tokens]
        if size < BEGINNING:
            found.beginning.update(words[: BEGINNING - size])
        size += len(words)
        found.everywhere.update(words)
        found.pairs.update(zip(words, words[1:], strict=False))
    return found
