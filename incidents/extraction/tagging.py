"""Parts of speech (Penn Treebank) and lemmas: a dictionary for words that have one reading, a greedy perceptron for the rest.

The weights are learned from treebanks by `python -m training.tagger FOLDER`. Words in capitals or in a headline's title case are
looked up as the small words they are, so that a wire in capitals reads like any other text.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from sys import intern
from typing import Final, Literal

from incidents.extraction import lexicons
from incidents.extraction.lemmas import lemma_of
from incidents.extraction.per_word import PerWord
from incidents.extraction.tokens import Reading, Sentence, Token

Place = Literal["inside", "opens", "shouted"]  # inside a sentence, where one opens, in capitals or a headline's title case
Tags = Mapping[str, int]  # tag -> weight
WEIGHTS: Final = lexicons.WEIGHTS / "tagger.json.gz"
MARK_TAGS: Final = {
    ",": ",", ";": ":", ":": ":", "-": ":", "–": ":", "—": ":", "--": ":", "...": ":", "…": ":", ".": ".", "!": ".", "?": ".",
    "(": "-LRB-", ")": "-RRB-", "[": "-LRB-", "]": "-RRB-", '"': "''", "“": "``", "”": "''", "‘": "``", "’": "POS", "'": "POS",
    "$": "$", "£": "$", "€": "$", "%": "NN", "&": "CC", "/": ":",
    "s": "POS", "ll": "MD", "re": "VBP", "ve": "VBP", "d": "MD", "m": "VBP",
}  # fmt: skip
MOST_SCORED: Final = 500  # contexts kept of one word
PLACES: Final[tuple[Place, ...]] = ("inside", "opens", "shouted")
AFTER: Final = ">\t"  # mark the features of the word after and of the word before
BEFORE: Final = "\t<"
OPENERS: Final = frozenset('"“‘:([-—') | {"--"}  # a capital after these says no more than one that opens a sentence
FINITE: Final = frozenset(("VBD", "VBZ", "VBP", "MD"))
AUXILIARIES: Final = frozenset(("is", "has", "'s", "’s", "gets", "does"))
SUBJECT_ENDS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
SPEECH: Final = lexicons.words("speech_verbs")
OBJECT_STARTS: Final = frozenset(("DT", "PRP$", "CD", "NNP", "PRP"))
TIME_NOUNS: Final = frozenset(
    (
        "day", "days", "night", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes", "yesterday",
        "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend", "morning", "evening",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What a word in small letters may be in one kind of place, likeliest first, with all that its own form says about it."""

    word: str
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]  # with each of the tags
    before: Mapping[str, Tags]  # the word before -> weights
    after: Mapping[str, Tags]  # likewise the word after
    # The two tags before and the likeliest tag after -> scores of the tags and the best, worked out once: contexts recur.
    scored: dict[tuple[str, str, str], tuple[list[int], int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """What training learned. `certain` maps a word to its one tag, `candidates` to its possible tags, most frequent first."""

    certain: dict[str, str]
    candidates: dict[str, tuple[str, ...]]
    small: dict[str, tuple[str, ...]]  # both of these, for words in small letters
    endings: dict[str, tuple[str, ...]]  # last three letters -> tags of rare words that end so
    weights: dict[str, Tags]  # feature -> weights
    after: dict[str, dict[str, Tags]] = field(default_factory=dict)  # word -> word after it -> weights
    before: dict[str, dict[str, Tags]] = field(default_factory=dict)  # a word's last letters -> word before it -> weights
    options: dict[Place, PerWord[Options]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in PLACES:
            self.options[place] = PerWord(partial(options_of, self, place))
        for feature, weight in self.weights.items():
            word, mark, following = feature.partition(AFTER)
            if mark:
                self.after.setdefault(word, {})[following] = weight
            previous, mark, ending = feature.partition(BEFORE)
            if mark:
                self.before.setdefault(ending, {})[previous] = weight


@cache
def load_model(path: Path = WEIGHTS) -> Model:
    """Read the committed weights; about 50 ms, once a process."""
    data = json.loads(gzip.decompress(path.read_bytes()))
    certain = {intern(word): tag for tag, words in data["certain"].items() for word in words.split(" ")}
    candidates = {intern(word): tuple(tags.split(" ")) for tags, words in data["candidates"].items() for word in words.split(" ")}
    return Model(
        certain,
        candidates,
        small_words(certain, candidates),
        {ending: tuple(tags) for ending, tags in data["endings"].items()},
        {feature: dict(zip(tags.split(" "), values, strict=True)) for feature, (tags, values) in data["weights"].items()},
    )


def small_words(certain: dict[str, str], candidates: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the possible tags of every known word in small letters, in one table for speed."""
    tags = {word: (name,) for word, name in certain.items()} | candidates
    return {word: names for word, names in tags.items() if word.islower()}


def tag(reading: Reading) -> None:
    """Fill `tag` and `lemma` of every token."""
    model = load_model()
    for sentence in reading.sentences:
        tag_sentence(model, sentence)


def tag_sentence(model: Model, sentence: Sentence) -> None:
    """Fill `tag` and `lemma` of one sentence's tokens."""
    lowers = sentence.lowers
    found = options_in(model, sentence)
    before, before2, last = "<s>", "<s>", len(found) - 1
    for index, token in enumerate(sentence.tokens):
        options = found[index]
        choice = 0
        if len(options.tags) > 1:
            ahead, next_word = (found[index + 1].tags[0], lowers[index + 1]) if index < last else ("</s>", "</s>")
            last_word = lowers[index - 1] if index else "<s>"
            choice = _chosen(model, options, (before2, before, ahead), last_word, next_word)
        chosen = options.tags[choice]
        if chosen == "VB" and before == "DT":  # "a monitor": a word that the treebank has as a verb alone
            chosen = "NN"
        before2, before = before, chosen
        token.tag, token.lemma = before, options.lemmas[choice]
    _with_finite_pasts(sentence.tokens)


def options_in(model: Model, sentence: Sentence) -> list[Options]:
    """Return what each word of a sentence may be."""
    texts = sentence.texts
    if sentence.case != "normal":
        return list(map(model.options["shouted"].__getitem__, texts))
    found = list(map(model.options["inside"].__getitem__, texts))
    opens = model.options["opens"]
    found[0] = opens[texts[0]]
    if not OPENERS.isdisjoint(texts):
        for index in range(1, len(texts)):
            if texts[index - 1] in OPENERS:
                found[index] = opens[texts[index]]
    return found


def _with_finite_pasts(tokens: list[Token]) -> None:
    """Read "gunmen kidnapped six engineers" as a past tense: a participle between subject and object, no verb before it."""
    for index in range(1, len(tokens) - 1):
        token = tokens[index]
        if token.tag == "VBZ" and tokens[index - 1].tag == "CD" and tokens[index - 1].lower not in ("one", "1"):
            token.tag, token.lemma = "NNS", lemma_of(token.lower, "NNS")  # "two journalists were"
        if token.tag in FINITE and not _is_subject(tokens, index):
            return
        if token.tag == "VBN" and tokens[index - 1].tag in SUBJECT_ENDS and tokens[index + 1].tag in OBJECT_STARTS:
            if TIME_NOUNS.isdisjoint(following.lower for following in tokens[index + 1 : index + 4]):
                token.tag = "VBD"
            return


def _is_subject(tokens: list[Token], index: int) -> bool:
    """Whether a word taken for a verb is the subject of the one after it, and make it so: "on May 9 gunmen killed two men"."""
    token, following = tokens[index], tokens[index + 1]
    objects = index + 2 < len(tokens) and tokens[index + 2].tag in OBJECT_STARTS
    if token.tag != "VBZ" or token.lower in AUXILIARIES or following.tag not in ("VBN", "VBD"):
        return False
    if not objects and (following.tag != "VBD" or token.lower in SPEECH):
        return False
    token.tag, token.lemma = "NNS", lemma_of(token.lower, "NNS")
    return True


def _chosen(model: Model, options: Options, context: tuple[str, str, str], last_word: str, next_word: str) -> int:
    """Position of the tag with the highest score, from the tags around it and the words on both sides."""
    scores, best = options.scored.get(context) or _scored(model, options, context)
    after, before = options.after.get(next_word), options.before.get(last_word)
    if after is None and before is None:
        return best
    for weights in (after, before):
        if weights is not None:
            scores = [score + weights.get(name, 0) for score, name in zip(scores, options.tags, strict=True)]
    return scores.index(max(scores))


def _scored(model: Model, options: Options, context: tuple[str, str, str]) -> tuple[list[int], int]:
    """What the features without the words beside say for each tag, and the position of the best."""
    before2, before, ahead = context
    known = [
        weight for name in features(options.word, "", "", before, before2, ahead)[:-2] if (weight := model.weights.get(name))
    ]
    scores = [sum(weight.get(name, 0) for weight in known) for name in options.tags]
    found = scores, scores.index(max(scores))
    if len(options.scored) < MOST_SCORED:
        options.scored[context] = found
    return found


def features(word: str, last_word: str, next_word: str, before: str, before2: str, ahead: str) -> tuple[str, ...]:
    """Features of one ambiguous word: its own form, the two tags before it, and the likeliest tag and word after it."""
    return (
        word,
        f"{word} {before}",
        f"{word}+{ahead}",
        f"{before}|{ahead}",
        f"{before2}|{before}|",
        f"{before}~{word[-3:]}",
        f"{word}{AFTER}{next_word}",
        f"{last_word}{BEFORE}{word[-2:]}",
    )


def options_of(model: Model, place: Place, text: str) -> Options:
    """Return a word's possible tags with what its form says about them."""
    word = text.lower()
    tags = possible_tags(model, text, place)
    lemmas = tuple(lemma_of(word, name) for name in tags)
    return Options(word, tags, lemmas, model.before.get(word[-2:], {}), model.after.get(word, {}))


def possible_tags(model: Model, text: str, place: Place) -> tuple[str, ...]:
    """Return a word's possible tags, likeliest first, from the dictionary, its capitals and its ending."""
    if known := model.small.get(text):
        return known
    certain = model.certain.get(text)
    if certain is not None and (certain[:3] != "NNP" or place != "shouted"):
        return (certain,)
    first = text[0]
    if not first.isalpha():
        return _mark_tags(text)
    if first.isupper():
        return _capital_tags(model, text, place)
    return _unknown_tags(model, text)


@cache
def _one(tag_name: str) -> tuple[str, ...]:
    return (tag_name,)


def _mark_tags(text: str) -> tuple[str, ...]:
    if text[0].isdigit():
        return _one("JJ" if text[-1].isalpha() and (text[-2:].lower() in ("st", "nd", "rd", "th") or "-" in text) else "CD")
    return _one(MARK_TAGS.get(text) or MARK_TAGS.get(text[1:].lower(), "SYM"))


def _capital_tags(model: Model, text: str, place: Place) -> tuple[str, ...]:
    """Tags of a capitalised word: a name where the capital says so, else what the small word would be."""
    lower = text.lower()
    small = model.small.get(lower)
    if place == "shouted":
        return small or _one("NNP")
    known = model.candidates.get(text)
    opens = place == "opens"
    if known is not None:
        return (known + tuple(name for name in small if name not in known)) if opens and small is not None else known
    if small is not None:
        return small if opens else ("NNP", *small)
    if text.isupper():
        return _one("NNP")
    return ("NNP", *_unknown_opening(model, lower)) if opens else ("NNP", "NNPS", "JJ") if lower[-1] in "snhic" else _one("NNP")


def _unknown_opening(model: Model, lower: str) -> tuple[str, ...]:
    """What else an unknown word may be that opens a sentence: no order, nor an adverb but in "ly" ("Rwanda denied")."""
    return tuple(name for name in _unknown_tags(model, lower) if name not in ("VB", "VBP", "RB") or lower.endswith("ly"))


@cache
def irregular_pasts() -> frozenset[str]:
    """Return the past forms of verbs that the treebank may lack ("fought", "dug")."""
    return frozenset(form for _, forms in lexicons.rows("irregular_verbs") for form in forms.split() if not form.endswith("ing"))


def _unknown_tags(model: Model, lower: str) -> tuple[str, ...]:
    if lower in irregular_pasts():
        return ("VBD", "VBN")
    if "-" in lower:
        last = lower.rsplit("-", 1)[1]
        return _one("JJ" if last.endswith(("ed", "ing", "old", "ly", "en")) or last == "based" else "NN")
    return model.endings.get(lower[-3:]) or model.endings.get(lower[-2:]) or model.endings[""]
