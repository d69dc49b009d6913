"""Which language a text is written in, by its script and its small words. Only English is read further."""

from functools import cache
from typing import Final

from incidents.extraction.lexicons import rows
from incidents.extraction.tokens import Reading

ENGLISH: Final = 0.2  # share of small words above which a Latin text is English without further question
SAMPLE: Final = 300  # tokens looked at
SURE: Final = 0.06  # share of small words below which a Latin text is not marked as another language
SCRIPTS: Final = (
    (0x0400, 0x052F, "ru"), (0x0370, 0x03FF, "el"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"), (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"), (0x0E00, 0x0E7F, "th"), (0x1000, 0x109F, "my"), (0x1200, 0x137F, "am"), (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"), (0xAC00, 0xD7AF, "ko"),
)  # fmt: skip


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(listed.split()) for code, listed in rows("language_words")}


def language_of(reading: Reading) -> str:
    """Return the ISO 639-1 code of the text's main language; "en" where nothing speaks against it.

    A text in a script of many languages gets the code of the one most printed in it.
    """
    words: list[str] = []
    for sentence in reading.sentences:
        words += [word for word in sentence.lowers if word[0].isalpha()]
        if len(words) >= SAMPLE:
            break
    del words[SAMPLE:]
    if sum(map(_small_words()["en"].__contains__, words)) >= ENGLISH * len(words):
        return "en"
    scripts = [_script(word) for word in words]
    foreign = [code for code in scripts if code]
    if len(foreign) * 2 > len(words):
        return max(set(foreign), key=foreign.count)
    shares = {code: sum(word in small for word in words) / len(words) for code, small in _small_words().items()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    return best if len(words) >= 12 and shares[best] >= max(SURE, 1.5 * shares["en"]) else "en"


def _script(word: str) -> str:
    point = ord(word[0])
    if point < 0x0370:
        return ""
    return next((code for low, high, code in SCRIPTS if low <= point <= high), "")
