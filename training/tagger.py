"""Rebuilds the tagger's weights and the lemma exceptions from a folder of treebanks:

    python -m training.tagger FOLDER

FOLDER holds ewt-train.conllu.xz (UD English EWT, CC BY-SA 4.0), with ewt-test and pud-test beside it for the closing figures.
"""

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from incidents.extraction import lemmas, tagging
from incidents.extraction.text import case_of
from incidents.extraction.tokens import Sentence, Token
from training.treebank import Word, sentences

ROUNDS = 6
CERTAIN_COUNT, CERTAIN_SHARE = 6, 0.975  # seen this often and this uniformly: one tag, no perceptron
RARE_SHARE = 0.01  # a reading rarer than this among a word's uses is taken for an annotation slip
SCALE = 10  # weights are kept as whole numbers of tenths
DROP_BELOW = 6  # weights smaller than this (in tenths) are left out of the file
SKIPPED_TAGS = frozenset({"GW", "XX", "ADD", "AFX", "NFP", "LS", "HYPH"})
RELATED = {
    "VBD": ("VBN",),
    "VBN": ("VBD", "JJ"),
    "VB": ("VBP", "NN"),
    "VBP": ("VB",),
    "NNS": ("VBZ",),
    "VBZ": ("NNS",),
    "VBG": ("NN",),
}


def main() -> None:
    """Train, write the weights, and print accuracy on the treebanks that were not trained on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    training = list(sentences(folder / "ewt-train.conllu.xz"))
    write_lemmas(training)
    certain, candidates, endings = dictionary(training)
    model = tagging.Model(certain, candidates, tagging.small_words(certain, candidates), endings, {})
    weights = train(model, training)
    write_weights(model, weights)
    tagging.load_model.cache_clear()
    for name in ("ewt-test", "pud-test"):
        report(name, list(sentences(folder / f"{name}.conllu.xz")))


def dictionary(training: list[list[Word]]) -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Count the tags of every form; a sentence's first word counts in small letters unless it is a name."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for words in training:
        if case_of([word.text for word in words]) != "normal":
            continue
        for index, word in enumerate(words):
            if word.tag not in SKIPPED_TAGS and word.text[0].isalpha():
                seen[word.text if index or word.tag.startswith("NNP") else word.text.lower()][word.tag] += 1
    certain: dict[str, str] = {}
    candidates: dict[str, tuple[str, ...]] = {}
    for form, tags in seen.items():
        total = tags.total()
        best, count = tags.most_common(1)[0]
        if total >= CERTAIN_COUNT and count >= CERTAIN_SHARE * total:
            certain[form] = best
            continue
        kept = [name for name, number in tags.most_common(6) if number >= RARE_SHARE * total]
        if total < CERTAIN_COUNT:
            kept += [name for tag in list(kept) for name in RELATED.get(tag, ()) if name not in kept]
        candidates[form] = tuple(dict.fromkeys(kept))
    return certain, candidates, _endings(seen)


def _endings(seen: dict[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
    """Tags that rare small words take, by their last letters."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for form, tags in seen.items():
        if tags.total() <= 4 and form.islower():
            for ending in (form[-3:], form[-2:], ""):
                counts[ending].update(dict.fromkeys(tags, 1))
    open_tags = {"NN", "NNS", "JJ", "VB", "VBD", "VBN", "VBG", "VBZ", "VBP", "RB"}
    kept = {
        ending: tuple(name for name, number in tags.most_common(6) if name in open_tags and number >= 0.03 * tags.total())
        for ending, tags in counts.items()
        if tags.total() >= (4 if len(ending) == 3 else 1)
    }
    return {ending: tags for ending, tags in kept.items() if tags}


def _sentence(words: list[Word]) -> Sentence:
    tokens = [Token(word.text, 0, 0, index, word.text.lower()) for index, word in enumerate(words)]
    return Sentence(0, tokens, in_title=False, paragraph=0)


def train(model: tagging.Model, training: list[list[Word]]) -> dict[str, dict[str, float]]:
    """Averaged perceptron over the ambiguous words, the tags before them as predicted."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    sums: dict[tuple[str, str], float] = defaultdict(float)
    stamps: dict[tuple[str, str], int] = defaultdict(int)
    clock = 0
    order = list(range(len(training)))
    prepared = [_sentence(words) for words in training]
    chooser = random.Random(7)  # noqa: S311 - a fixed order of sentences, so that training repeats exactly
    for _ in range(ROUNDS):
        chooser.shuffle(order)
        for number in order:
            clock = _learn(model, weights, sums, stamps, clock, prepared[number], training[number])
    for (feature, name), total in sums.items():
        weight = weights[feature].get(name, 0)
        weights[feature][name] = (total + (clock - stamps[feature, name]) * weight) / clock
    return weights


def _learn(
    model: tagging.Model,
    weights: dict[str, dict[str, float]],
    sums: dict[tuple[str, str], float],
    stamps: dict[tuple[str, str], int],
    clock: int,
    sentence: Sentence,
    gold: list[Word],
) -> int:
    """One pass over one sentence; returns the clock."""
    tokens = sentence.tokens
    options = [found.tags for found in tagging.options_in(model, sentence)]
    before, before2 = "<s>", "<s>"
    for index, token in enumerate(tokens):
        choice = options[index]
        guess = choice[0]
        if len(choice) > 1:
            clock += 1
            ahead = options[index + 1][0] if index + 1 < len(tokens) else "</s>"
            next_word = tokens[index + 1].lower if index + 1 < len(tokens) else "</s>"
            last_word = tokens[index - 1].lower if index else "<s>"
            found = tagging.features(token.lower, last_word, next_word, before, before2, ahead)
            guess = best_tag(weights, choice, found)
            truth = gold[index].tag
            if guess != truth and truth in choice:
                for feature in found:
                    for name, step in ((truth, 1.0), (guess, -1.0)):
                        weight = weights[feature].get(name, 0.0)
                        sums[feature, name] += (clock - stamps[feature, name]) * weight
                        stamps[feature, name] = clock
                        weights[feature][name] = weight + step
        before2, before = before, guess
    return clock


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


def write_weights(model: tagging.Model, weights: dict[str, dict[str, float]]) -> None:
    """Write the model compactly; words that share their tags share a line."""
    certain: dict[str, list[str]] = defaultdict(list)
    for form, name in sorted(model.certain.items()):
        certain[name].append(form)
    candidates: dict[str, list[str]] = defaultdict(list)
    for form, tags in sorted(model.candidates.items()):
        candidates[" ".join(tags)].append(form)
    kept: dict[str, tuple[str, list[int]]] = {}
    for feature, values in sorted(weights.items()):
        whole = {name: round(value * SCALE) for name, value in sorted(values.items()) if abs(round(value * SCALE)) >= DROP_BELOW}
        if whole:
            kept[feature] = (" ".join(whole), list(whole.values()))
    data = {
        "certain": {name: " ".join(forms) for name, forms in certain.items()},
        "candidates": {tags: " ".join(forms) for tags, forms in candidates.items()},
        "endings": model.endings,
        "weights": kept,
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    tagging.WEIGHTS.write_bytes(gzip.compress(packed, mtime=0))


def write_lemmas(training: list[list[Word]]) -> None:
    """Write the forms whose base the rules get wrong."""
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for words in training:
        for word in words:
            if word.tag[:2] in ("VB", "NN") and not word.tag.startswith("NNP") and word.text.isalpha():
                counts[word.text.lower(), word.tag[:2]][word.lemma.lower(), word.tag] += 1
    forms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (form, kind), readings in sorted(counts.items()):
        (base, name), count = readings.most_common(1)[0]
        if base.isalpha() and base[0] == form[0] and lemmas.by_rule(form, name) != base and count * 2 > readings.total():
            forms[base, kind].append(form)
    lines = [f"{base}\t{kind}\t{' '.join(found)}" for (base, kind), found in sorted(forms.items())]
    lemmas.EXCEPTIONS.write_text("\n".join(lines) + "\n", "utf-8")
    lemmas.exceptions.cache_clear()
    lemmas.lemma_of.cache_clear()


def report(name: str, test: list[list[Word]]) -> None:
    """Print the share of words tagged and reduced to their base form as the treebank has them."""
    model = tagging.load_model()
    right = lemma_right = total = 0
    for words in test:
        sentence = _sentence(words)
        tagging.tag_sentence(model, sentence)
        for token, word in zip(sentence.tokens, words, strict=True):
            total += 1
            right += token.tag == word.tag
            lemma_right += token.lemma == word.lemma.lower() or token.tag[:2] not in ("NN", "VB")
    print(f"{name}: {total} words, tags {right / total:.4f}, base forms of nouns and verbs {lemma_right / total:.4f}")  # noqa: T201


if __name__ == "__main__":
    main()
