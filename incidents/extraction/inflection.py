"""The regular forms of English verbs and nouns, so that a lexicon states each word once."""

from typing import Final, NamedTuple

VOWELS: Final = "aeiou"
DOUBLED: Final = frozenset(
    (
        "stab", "rob", "mug", "nab", "grab", "gun", "ram", "lob", "set", "hit", "drag", "trap", "slap", "repel", "kidnap", "rip",
        "slit", "gas", "machinegun", "machine-gun",
    )
)  # fmt: skip


class VerbForms(NamedTuple):
    """The forms of one verb, each a phrase in lower case."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def _third(word: str) -> str:
    if word.endswith(("s", "sh", "ch", "x", "z", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ied"
    return word + (word[-1] + "ed" if word in DOUBLED else "ed")


def _gerund(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "ye")):
        return word[:-1] + "ing"
    return word + (word[-1] + "ing" if word in DOUBLED else "ing")


def verb_forms(statement: str) -> VerbForms:
    """Read `base` or `base|past|participle`; in a phrase the first word is the verb."""
    base, _, irregular = statement.partition("|")
    verb, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    past, _, participle = irregular.partition("|")
    return VerbForms(
        base, _third(verb) + tail, past or _past(verb) + tail, participle or _past(verb) + tail, _gerund(verb) + tail
    )


def plural(noun: str) -> str:
    """Return the plural of a noun phrase: of its last word, or of the word before its first "of", "on" or "in"."""
    words = noun.split(" ")
    head = next((i - 1 for i, word in enumerate(words) if i and word in {"of", "on", "in", "against"}), len(words) - 1)
    word = words[head]
    if word.endswith("man") and word not in {"human", "german"}:
        words[head] = word[:-3] + "men"
    elif word.endswith(("s", "people", "police")):
        return noun
    elif word.endswith("body"):
        words[head] = word[:-1] + "ies"
    else:
        words[head] = _third(word) if not word.endswith("o") else word + "s"
    return " ".join(words)
