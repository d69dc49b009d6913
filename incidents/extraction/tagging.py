"""Parts of speech (Penn Treebank) and lemmas: a dictionary for words that have one reading, a greedy perceptron for the rest.

The weights are learned from treebanks by `python -m training.tagger FOLDER`. Words in capitals or in a headline's title case are
looked up as the small words they are, so that a wire in capitals reads like any other text.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from incidents.extraction.lemmas import lemma_of
from incidents.extraction.tokens import Reading, Sentence, Token

WEIGHTS = Path(__file__).parent / "weights" / "tagger.json.gz"
MARK_TAGS = {
    ",": ",", ";": ":", ":": ":", "-": ":", "–": ":", "—": ":", "--": ":", "...": ":", "…": ":", ".": ".", "!": ".", "?": ".",
    "(": "-LRB-", ")": "-RRB-", "[": "-LRB-", "]": "-RRB-", '"': "''", "“": "``", "”": "''", "‘": "``", "’": "POS", "'": "POS",
    "$": "$", "£": "$", "€": "$", "%": "NN", "&": "CC", "/": ":",
    "s": "POS", "ll": "MD", "re": "VBP", "ve": "VBP", "d": "MD", "m": "VBP",
}  # fmt: skip
LONGEST_CACHED = 24
MOST_SCORED = 100_000  # contexts kept
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
SUBJECT_ENDS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
OBJECT_STARTS = frozenset(("DT", "PRP$", "CD", "NNP", "PRP"))
TIME_NOUNS = frozenset(
    (
        "day", "days", "night", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes", "yesterday",
        "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend", "morning", "evening",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    )
)  # fmt: skip
LEMMATISED = frozenset(("VB", "NN"))

Context = tuple[str, str, str, str, tuple[str, ...]]  # word, two tags before, likeliest tag after, possible tags


@dataclass(frozen=True, slots=True)
class Model:
    """What training learned. `certain` maps a word to its one tag, `candidates` to its possible tags, most frequent first."""

    certain: dict[str, str]
    candidates: dict[str, tuple[str, ...]]
    small: dict[str, tuple[str, ...]]  # both of these, for words in small letters
    endings: dict[str, tuple[str, ...]]  # last three letters -> tags of rare words that end so
    weights: dict[str, dict[str, int]]  # feature -> tag -> weight
    scored: dict[Context, tuple[int, ...]] = field(default_factory=dict)  # what most contexts say is worked out once


@cache
def load_model(path: Path = WEIGHTS) -> Model:
    """Read the committed weights; about 50 ms, once a process."""
    data = json.loads(gzip.decompress(path.read_bytes()))
    certain = {word: tag for tag, words in data["certain"].items() for word in words.split(" ")}
    candidates = {word: tuple(tags.split(" ")) for tags, words in data["candidates"].items() for word in words.split(" ")}
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
    tokens, lowers = sentence.tokens, sentence.lowers
    small = model.small
    options = [small.get(token.text) or possible_tags(model, token, sentence) for token in tokens]
    before, before2, size = "<s>", "<s>", len(tokens)
    for index, token in enumerate(tokens):
        choice = options[index]
        if len(choice) == 1:
            found = choice[0]
        else:
            ahead = options[index + 1][0] if index + 1 < size else "</s>"
            next_word = lowers[index + 1] if index + 1 < size else "</s>"
            last_word = lowers[index - 1] if index else "<s>"
            found = _chosen(model, (lowers[index], before, before2, ahead, choice), last_word, next_word)
        token.tag = found
        token.lemma = lemma_of(lowers[index], found) if found[:2] in LEMMATISED else lowers[index]
        before2, before = before, found
    _with_finite_pasts(tokens)


def _with_finite_pasts(tokens: list[Token]) -> None:
    """Read "gunmen kidnapped six engineers" as a past tense: a participle between subject and object, no verb before it."""
    for index in range(1, len(tokens) - 1):
        token = tokens[index]
        if token.tag in FINITE:
            return
        if token.tag == "VBN" and tokens[index - 1].tag in SUBJECT_ENDS and tokens[index + 1].tag in OBJECT_STARTS:
            if TIME_NOUNS.isdisjoint(following.lower for following in tokens[index + 1 : index + 4]):
                token.tag = "VBD"
            return


def _chosen(model: Model, context: Context, last_word: str, next_word: str) -> str:
    """The candidate with the highest score, as `best_tag` gives it, from the context's score and the words on both sides."""
    scores = model.scored.get(context)
    if scores is None:
        scores = _scored(model, context)
    word, choice = context[0], context[4]
    right, left = model.weights.get(f"{word}>{next_word}"), model.weights.get(f"{last_word}<{word[-2:]}")
    if right is not None:
        scores = tuple([score + right.get(name, 0) for score, name in zip(scores, choice, strict=True)])
    if left is not None:
        scores = tuple([score + left.get(name, 0) for score, name in zip(scores, choice, strict=True)])
    return choice[scores.index(max(scores))]


def _scored(model: Model, context: Context) -> tuple[int, ...]:
    """What the features without the words beside say for each candidate; kept, since contexts recur."""
    word, before, before2, ahead, choice = context
    known = [weight for name in features(word, "", "", before, before2, ahead)[:-2] if (weight := model.weights.get(name))]
    scores = tuple(sum(weight.get(name, 0) for weight in known) for name in choice)
    if len(model.scored) >= MOST_SCORED:
        model.scored.clear()
    model.scored[context] = scores
    return scores


def features(word: str, last_word: str, next_word: str, before: str, before2: str, ahead: str) -> tuple[str, ...]:
    """Features of one ambiguous word: its own form, the two tags before it, and the likeliest tag and word after it."""
    return (
        word,
        f"{word} {before}",
        f"{word}+{ahead}",
        f"{before}|{ahead}",
        f"{before2}|{before}|",
        f"{before}~{word[-3:]}",
        f"{word}>{next_word}",
        f"{last_word}<{word[-2:]}",
    )


def best_tag(weights: Mapping[str, Mapping[str, float]], choice: tuple[str, ...], found: tuple[str, ...]) -> str:
    """Return the candidate with the highest score, the most frequent one where scores are equal."""
    if len(choice) == 2:
        return _better_of_two(weights, choice, found)
    scores = dict.fromkeys(choice, 0.0)
    for feature in found:
        weight = weights.get(feature)
        if weight is not None:
            for name, value in weight.items():
                if name in scores:
                    scores[name] += value
    return max(scores, key=scores.__getitem__)


def _better_of_two(weights: Mapping[str, Mapping[str, float]], choice: tuple[str, ...], found: tuple[str, ...]) -> str:
    first, second = choice
    lead = 0.0
    for feature in found:
        weight = weights.get(feature)
        if weight is not None:
            lead += weight.get(first, 0) - weight.get(second, 0)
    return first if lead >= 0 else second


def possible_tags(model: Model, token: Token, sentence: Sentence) -> tuple[str, ...]:
    """Return a word's possible tags, likeliest first, from the dictionary, its capitals and its ending."""
    text = token.text
    certain = model.certain.get(text)
    if certain is not None and (certain[:3] != "NNP" or sentence.case == "normal"):
        return (certain,)
    first = text[0]
    if not first.isalpha():
        return _mark_tags(text)
    if first.isupper():
        return _capital_tags(model, token, sentence)
    return model.small.get(text) or _unknown_tags(model, text)


@cache
def _one(tag_name: str) -> tuple[str, ...]:
    return (tag_name,)


def _mark_tags(text: str) -> tuple[str, ...]:
    if text[0].isdigit():
        return _one("JJ" if text[-1].isalpha() and (text[-2:].lower() in ("st", "nd", "rd", "th") or "-" in text) else "CD")
    return _one(MARK_TAGS.get(text) or MARK_TAGS.get(text[1:].lower(), "SYM"))


def _capital_tags(model: Model, token: Token, sentence: Sentence) -> tuple[str, ...]:
    """Tags of a capitalised word: a name where the capital says so, else what the small word would be."""
    lower = token.lower
    small = model.small.get(lower)
    if sentence.case != "normal":
        return small or _one("NNP")
    known = model.candidates.get(token.text)
    opens = token.index == 0 or sentence.tokens[token.index - 1].text in '"“‘:([--—'
    if known is not None:
        return (known + tuple(name for name in small if name not in known)) if opens and small is not None else known
    if small is not None:
        return small if opens else ("NNP", *small)
    if token.text.isupper():
        return _one("NNP")
    return ("NNP", *_unknown_tags(model, lower)) if opens else ("NNP", "NNPS", "JJ") if lower[-1] in "snhic" else _one("NNP")


def _unknown_tags(model: Model, lower: str) -> tuple[str, ...]:
    if "-" in lower:
        last = lower.rsplit("-", 1)[1]
        return _one("JJ" if last.endswith(("ed", "ing", "old", "ly", "en")) or last == "based" else "NN")
    return model.endings.get(lower[-3:]) or model.endings.get(lower[-2:]) or model.endings[""]
