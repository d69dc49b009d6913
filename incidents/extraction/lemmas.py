"""Base forms of English words: rules, with the exceptions learned from treebanks (weights/lemmas.tsv)."""

from functools import cache, lru_cache
from typing import Final

from incidents.extraction.lexicons import WEIGHTS, rows

EXCEPTIONS: Final = WEIGHTS / "lemmas.tsv"
VOWELS: Final = "aeiou"
# Base forms that end in a doubled consonant: "killed" loses no letter, "stopped" does.
KEPT_DOUBLE: Final = ("ll", "ss", "zz", "ff", "dd")
# Stems that take their silent e back ("forc-ed", "seiz-ed", "manag-ed", "charg-ed", "explod-ed").
SILENT_E: Final = (
    *("c", "v", "u", "z", "dg", "ng", "rg", "ag", "bl", "cl", "dl", "fl", "gl", "kl", "pl", "tl", "rs", "ns", "ps"),
    *("as", "at", "ir", "ur", "od", "ud", "id", "ik", "ak", "ok", "iz"),
)


@cache
def exceptions() -> dict[tuple[str, str], str]:
    """Return (form, first two letters of its tag) -> base form, for the words that the rules get wrong."""
    learned = (line.split("\t") for line in EXCEPTIONS.read_text("utf-8").splitlines()) if EXCEPTIONS.exists() else ()
    found = {(form, kind): base for base, kind, forms in learned for form in forms.split(" ")}
    return found | {(form, "VB"): base for base, forms in rows("irregular_verbs") for form in forms.split()}


@lru_cache(maxsize=65536)
def lemma_of(word: str, tag: str) -> str:
    """Return the base form of a lower-case word read with this Penn tag; names and closed classes stay as they are."""
    kind = tag[:2]
    if kind not in ("VB", "NN") or tag.startswith("NNP"):
        return word
    return exceptions().get((word, kind)) or by_rule(word, tag)


def by_rule(word: str, tag: str) -> str:
    """Return the base form that the regular endings give."""
    if tag in ("NNS", "VBZ"):
        return _without_s(word)
    if tag in ("VBD", "VBN") and word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if tag in ("VBD", "VBN") and word.endswith("ed"):
        return _base(word[:-2])
    if tag == "VBG" and word.endswith("ing") and len(word) > 4:
        return _base(word[:-3])
    return word


def _without_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _base(stem: str) -> str:
    if len(stem) < 3:
        return stem
    if stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        return stem if stem.endswith(KEPT_DOUBLE) else stem[:-1]
    if stem.endswith(SILENT_E) and not (len(stem) > 3 and stem[-2] in VOWELS and stem[-3] in VOWELS and stem[-1] not in "vzcs"):
        return stem + "e"
    one_syllable = sum(letter in VOWELS for letter in stem) == 1
    return stem + "e" if one_syllable and stem[-2] in VOWELS and stem[-1] not in "wxyh" else stem
