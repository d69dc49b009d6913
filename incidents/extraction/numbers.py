"""Numbers in a sentence, in digits and words, with their quantifiers: what is said of the low, best and high figure.

"at least" gives no high, "nearly" no low; "dozens" is a range without a best figure. What is counted is not decided here.
"""

import re
from typing import Final, NamedTuple

from incidents.extraction.lexicons import rows, sets, table
from incidents.extraction.per_word import PerWord
from incidents.extraction.time_names import MONTHS
from incidents.extraction.tokens import Sentence, Token

DIGITS: Final = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d{1,9}|\d{1,4}\.\d{1,3}")
RANGE: Final = re.compile(r"(\d{1,7})[-–](\d{1,7})")
SHORT: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(k|m|mn)")  # "1.5m people"; 12m alone may be metres
SHORT_SCALES: Final = {"k": 1000, "m": 1_000_000, "mn": 1_000_000}
UNITS: Final = {word: int(value) for word, value in table("number_words").items()}
SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
GROUPS: Final = {"dozen": 12, "couple": 2, "pair": 2, "trio": 3, "score": 20, "both": 2, "none": 0, "nobody": 0, "no-one": 0}
LONGEST: Final = 5  # words in a quantifier
CHANGES: Final = sets("outcome_word_sets")["rise"] | sets("outcome_word_sets")["change"]
CHANGE_REACH: Final = 3  # tokens from "rose" or "up" to "from"


def _phrases(name: str) -> dict[str, dict[tuple[str, ...], list[str]]]:
    """Phrases of a lexicon by their last word, so that one look-up tells whether any can end here."""
    found: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for phrase, *columns in rows(name):
        words = tuple(phrase.split())
        found.setdefault(words[-1], {})[words] = columns
    return found


QUANTIFIERS: Final = _phrases("number_quantifiers")
VAGUE: Final = _phrases("number_vague")
OPENERS: Final = frozenset(phrase.split()[0] for phrase, *_ in rows("number_vague")) | {
    *UNITS,
    *GROUPS,
    *SCALES,
    *VAGUE,
    "no",
    "half",
}


class Quantity(NamedTuple):
    """A number: tokens `first` up to, not including, `last`, the figure itself from `figure` on. None is "not stated"."""

    first: int
    last: int
    figure: int
    low: int | None
    best: int | None
    high: int | None
    quantifier: str | None = None
    further: bool = False  # "another five", "five others": people not counted before


def find_numbers(sentence: Sentence) -> list[Quantity]:
    """Return the numbers of a sentence from left to right; ordinals, clock times and "15-year-old" are none."""
    tokens = sentence.tokens
    found: list[Quantity] = []
    floor = 0
    for index in [index for index, word in enumerate(sentence.lowers) if OPENS_NUMBER[word]]:
        if index >= floor and (quantity := _number_at(tokens, index, floor)):
            found.append(quantity)
            floor = quantity.last
    return _ranges(tokens, found)


def _number_at(tokens: list[Token], index: int, floor: int) -> Quantity | None:
    """The number whose figure begins at `index`; its quantifier may reach back to `floor`."""
    word = tokens[index].lower
    if _is_year_of_date(tokens, index) or _is_age(tokens, index) or _is_day(tokens, index):
        return None
    vague = _vague_at(tokens, index, floor)
    if vague is not None:
        return _quantified(tokens, vague, floor)
    span = RANGE.fullmatch(word)
    if span and int(span[1]) < int(span[2]):
        return _quantified(tokens, Quantity(index, index + 1, index, int(span[1]), int(span[1]), int(span[2]), "between"), floor)
    value, last = cardinal(tokens, index)
    if value is None:
        return None
    has_article = index > floor and tokens[index - 1].lower in ("a", "an") and (word in SCALES or word in GROUPS)
    first = index - 1 if has_article else index
    return _quantified(tokens, Quantity(first, last, first, value, value, value), floor)


def _is_year_of_date(tokens: list[Token], index: int) -> bool:
    """Whether a figure is the year of a date before it ("June 17 2016", "in May 2016")."""
    word = tokens[index].text
    if not (index and len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")):
        return False
    at = index - 2 if tokens[index - 1].text == "," and index > 1 else index - 1
    before = tokens[at].lower
    dated = before.isdigit() and len(before) <= 2 and at > 0 and tokens[at - 1].lower in MONTHS
    return before in MONTHS or dated


def _is_day(tokens: list[Token], index: int) -> bool:
    """Whether a figure is the day of a date, its month after it ("17 June 2016", "the kidnapping of 10 May")."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.lower not in MONTHS or not (tokens[index].text.isdigit() and len(tokens[index].text) <= 2):
        return False
    return after.text[0].isupper() or (index + 2 < len(tokens) and _is_year_of_date(tokens, index + 2))


def _is_age(tokens: list[Token], index: int) -> bool:
    """Whether "year old" follows a figure."""
    after = [token.lower for token in tokens[index + 1 : index + 4] if token.text != "-"]
    return after[:2] in (["year", "old"], ["years", "old"], ["month", "old"], ["months", "old"])


def cardinal(tokens: list[Token], index: int) -> tuple[int | None, int]:
    """Read one exact number from `index` on; return it with the index after it, or None with `index`."""
    word = tokens[index].lower
    if word == "no":
        after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        return (None, index) if after in ("fewer", "less", "more", "longer") else (0, index + (2 if after == "one" else 1))
    if word == "half" and [token.lower for token in tokens[index + 1 : index + 3]] == ["a", "dozen"]:
        return 6, index + 3
    parts = [token.lower for token in tokens[index + 1 : index + 3]]
    if word == "half" and parts[:1] == ["a"] and parts[-1] in SCALES:  # "half a million"
        return SCALES[parts[-1]] // 2, index + 3
    if word in GROUPS:
        return GROUPS[word], index + 1
    total, current, position, read = 0.0, 0.0, index, False
    while position < len(tokens):
        worth, scale = WORTH[tokens[position].lower]
        if scale:
            if scale == 12 and tokens[position].lower != "dozen":
                break
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        elif worth is None:
            if not (tokens[position].lower == "and" and read and current >= 100 and _continues(tokens, position + 1)):
                break
        elif read and (current % 100 or worth >= 100 or tokens[position].text[0].isdigit() or (current and current < 100)):
            break  # two numbers side by side
        else:
            current += worth
        read = True
        position += 1
    return (round(total + current), position) if read else (None, index)


def _worth(word: str) -> tuple[float | None, int]:
    """What one word adds, or the scale it multiplies by."""
    if word in SCALES:
        return None, SCALES[word]
    if word == "dozen":
        return None, 12
    if word in UNITS:
        return UNITS[word], 0
    if DIGITS.fullmatch(word):
        return float(re.sub("[,\u00a0\u202f]", "", word)), 0
    if short := SHORT.fullmatch(word):
        return float(short[1]) * SHORT_SCALES[short[2]], 0
    tens, _, ones = word.partition("-")
    if ones in UNITS and tens in UNITS and UNITS[tens] >= 20 and 0 < UNITS[ones] < 10:
        return UNITS[tens] + UNITS[ones], 0
    return None, 0


def _opens_number(word: str) -> bool:
    return word in OPENERS or word[0].isdigit() or WORTH[word] != (None, 0)


WORTH: Final = PerWord(_worth)
OPENS_NUMBER: Final = PerWord(_opens_number)


def _continues(tokens: list[Token], position: int) -> bool:
    """Whether "and" joins the parts of one number ("two hundred and fifty"), not two numbers."""
    if position >= len(tokens):
        return False
    worth, _ = WORTH[tokens[position].lower]
    return worth is not None and worth < 100 and tokens[position].text[0].isalpha()


def _vague_at(tokens: list[Token], index: int, floor: int) -> Quantity | None:
    """The vague number that ends furthest right, begun at `index` or one word before it."""
    for last in range(min(index + 3, len(tokens)), index, -1):
        for words, (low, best, high) in VAGUE.get(tokens[last - 1].lower, {}).items():
            first = last - len(words)
            if floor <= first <= index and tuple(token.lower for token in tokens[first:last]) == words:
                if _only_scale(tokens, last):
                    continue
                return Quantity(first, last, first, int(low), _figure(best), _figure(high), " ".join(words))
    return None


def _only_scale(tokens: list[Token], last: int) -> bool:
    """ "several hundred" is longer than "several": leave it to the longer phrase."""
    return (
        last < len(tokens)
        and tokens[last].lower in ("hundred", "thousand", "dozen")
        and tokens[last - 1].lower in ("several", "few")
    )


def _figure(column: str) -> int | None:
    return None if column == "-" else int(column)


def _quantified(tokens: list[Token], quantity: Quantity, floor: int) -> Quantity:
    """Take in the quantifiers before the number ("at least another five") and after it ("five others", "20 or more")."""
    while True:
        step = _quantifier_before(tokens, quantity, floor)
        if step is None:
            break
        quantity = step
    after = [token.lower for token in tokens[quantity.last : quantity.last + 2]]
    if after[:2] in (["or", "more"], ["and", "counting"]):
        return quantity._replace(last=quantity.last + 2, high=None, quantifier="at least")
    if after[:2] == ["or", "so"]:
        return quantity._replace(last=quantity.last + 2, low=None, high=None, quantifier="about")
    if after[:1] in (["others"], ["other"], ["more"]) and after[1:] != ["than"]:
        return quantity._replace(further=True)
    return quantity


def _quantifier_before(tokens: list[Token], quantity: Quantity, floor: int) -> Quantity | None:
    """The quantity with one more quantifier word or phrase taken in, or None where none stands before it."""
    if quantity.first <= floor or (known := QUANTIFIERS.get(tokens[quantity.first - 1].lower)) is None:
        return None
    for words, (kind,) in sorted(known.items(), key=lambda item: -len(item[0])):
        first = quantity.first - len(words)
        if first >= floor and tuple(token.lower for token in tokens[first : quantity.first]) == words:
            return _apply(quantity._replace(first=first), kind, " ".join(words))
    return None


def _apply(quantity: Quantity, kind: str, words: str) -> Quantity:
    """What each kind of quantifier leaves of a number's range."""
    low, best, high = quantity.low, quantity.best, quantity.high
    if kind == "further":
        return quantity._replace(further=True)
    if kind == "exact":
        return quantity
    if kind in ("least", "more"):
        return quantity._replace(high=None, quantifier=words)
    if kind in ("most", "less", "nearly"):
        return quantity._replace(low=None, high=high if high is not None else best, quantifier=words)
    return quantity._replace(low=low if best is None else None, high=high if best is None else None, quantifier=words)


def _ranges(tokens: list[Token], found: list[Quantity]) -> list[Quantity]:
    """Join "between A and B", "A to B" and "two or three" into one quantity; of "rose from A to B" leave what it rose to."""
    joined: list[Quantity] = []
    for quantity in found:
        before = joined[-1] if joined else None
        link = tokens[before.last].lower if before and before.last + 1 == quantity.first else ""
        if before and link == "to" and _changed(tokens, before.first):
            joined[-1] = quantity
            continue
        opened = before is not None and before.first > 0 and tokens[before.first - 1].lower in ("between", "from")
        if (
            before
            and before.best is not None
            and quantity.best is not None
            and before.best < quantity.best
            and (link == "to" or (link == "and" and opened) or (link == "or" and quantity.best - before.best <= before.best))
        ):
            first = before.first - 1 if opened else before.first
            joined[-1] = Quantity(first, quantity.last, before.figure, before.best, before.best, quantity.best, "between")
        else:
            joined.append(quantity)
    return joined


def _changed(tokens: list[Token], first: int) -> bool:
    """Whether the number at `first` is one that another has come to stand for: "has risen from an initial nine to 14"."""
    start = first - 1
    while start > 0 and tokens[start].tag in ("DT", "JJ"):
        start -= 1
    changing = (token.lower for token in tokens[max(0, start - CHANGE_REACH) : start])
    return start >= 0 and tokens[start].lower == "from" and not CHANGES.isdisjoint(changing)
