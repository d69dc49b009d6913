"""Noun phrases that name who says something: before a verb of saying, and after it or "according to"."""

from typing import Final

from incidents.extraction.lexicons import sets
from incidents.extraction.tokens import Token

SETS: Final = sets("outcome_word_sets")
NOUN_TAGS: Final = ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "VBN", "VBG")
FINITE: Final = ("VBD", "VBZ", "VBP", "MD")
ENDS_OF_RELATIVE: Final = ("VBN", "VBD", "VBG", "VB")
LONGEST_SOURCE: Final = 12  # tokens
OPENING: Final = 4  # tokens of a sentence within which its subject ends
LONGEST_ASIDE: Final = 14  # tokens from the comma before "who asked not to be named" to the one after it
DETERMINERS: Final = SETS["determiner"]
# Nouns that are no speakers though they stand before "reported" and the like.
NOT_SOURCES: Final = SETS["not_source"]
REACHED: Final = SETS["reached"]
INSIDE: Final = frozenset(("of", "for", "in", "at", "near", "outside"))  # "the imam of the village near Bandiagara"
FIGURES: Final = SETS["figure_noun"]
NAMING: Final = SETS["naming_plural"]  # "the human rights office"
JOINS: Final = INSIDE | {"and", "&"}


def source_start(tokens: list[Token], last: int) -> int | None:
    """First token of the noun phrase that ends at `last`, "of" and "for" phrases and an apposition's comma inside it."""
    if last >= 0 and tokens[last].text == ",":
        comma = comma_before(tokens, last)
        return source_start(tokens, comma - 1) if comma else None
    first = last + 1
    while first > 0 and last - first < LONGEST_SOURCE:
        token = tokens[first - 1]
        if token.lower in DETERMINERS:
            inside = first >= 3 and tokens[first - 2].lower in INSIDE and tokens[first - 3].tag.startswith("NN")
            inside = inside and not is_day(tokens[first - 3])
            if not inside:
                return first - 1
            first -= 2  # "the family of a boy": the phrase's own noun comes before
            continue
        if first <= last and (is_day(token) or _is_at_first(tokens, first - 1)):
            break  # "on Monday police said", "at first officials said"
        joined = token.lower in JOINS and first <= last and tokens[first].text[0].isupper()
        joined = joined and first >= 2 and tokens[first - 2].tag.startswith(("NN", "JJ", "CD"))
        if (
            token.tag == "NNS"
            and token.lower not in NAMING
            and first <= last
            and not (tokens[first].lower in INSIDE or tokens[first].tag == "POS" or token.text[0].isupper())
        ):
            break  # "killed six people state television reported": the object ends here
        named = _is_noun(tokens, first - 1) if first > last else token.tag in NOUN_TAGS
        if not (named or joined) or token.lower in NOT_SOURCES:
            break
        first -= 1
    first += first <= last and tokens[first].lower in JOINS
    return first if first <= last and tokens[last].lower not in NOT_SOURCES else None


def _is_noun(tokens: list[Token], index: int) -> bool:
    """Whether a word is a noun by its tag, or stands between "a" and "who" or a verb ("guard" may be tagged as a verb)."""
    return tokens[index].tag in NOUN_TAGS or (index > 0 and tokens[index - 1].lower in DETERMINERS)


def is_day(token: Token) -> bool:
    """Whether a word names a day of the week."""
    return token.tag == "NNP" and token.lower.endswith("day")


def _is_at_first(tokens: list[Token], index: int) -> bool:
    return tokens[index].lower == "first" and index > 0 and tokens[index - 1].lower == "at"


def source_after(tokens: list[Token], first: int) -> tuple[int, int] | None:
    """The noun phrase that starts at `first`."""
    last = first
    while last < len(tokens) and last - first < LONGEST_SOURCE:
        token = tokens[last]
        joined = (
            token.lower in ("of", "for", "and") and last > first and last + 1 < len(tokens) and tokens[last + 1].text[0].isupper()
        )
        if not ((token.lower in DETERMINERS and last == first) or token.tag in NOUN_TAGS or joined) or token.tag == "VBG":
            break
        last += 1
    if last - first > 1 and tokens[last - 1].tag == "VBN" and last < len(tokens) and tokens[last].lower == "by":
        return source_after(tokens, last + 1)  # "a report issued by the army"
    if (
        last == first
        or not any(token.tag.startswith("NN") for token in tokens[first:last])
        or tokens[last - 1].lower in NOT_SOURCES
    ):
        return None
    return first, last


def comma_before(tokens: list[Token], last: int) -> int | None:
    """Where the comma stands that opens what the one at `last` closes."""
    return next((index for index in range(last - 1, max(-1, last - LONGEST_ASIDE), -1) if tokens[index].text == ","), None)


def is_aside(tokens: list[Token], last: int) -> bool:
    """Whether the comma at `last` closes words about the noun phrase that the sentence opens with: "An officer, who …, said"."""
    opening = comma_before(tokens, last) if tokens[last].text == "," else None
    return bool(opening) and not any(token.tag in FINITE or token.text in '"“”' for token in tokens[:opening])


def before_relative(tokens: list[Token], last: int) -> int | None:
    """The last token before "who" of "an official who asked not to be named", `last` being the end of that clause."""
    if (described := _before_participle(tokens, last)) is not None:
        return described
    opening = last >= 0 and tokens[last].tag not in ENDS_OF_RELATIVE  # then only at the beginning: "A guard who was at the gate"
    for index in range(last - 1, max(0, last - LONGEST_ASIDE), -1):
        if tokens[index].lower == "who":
            if opening and (index > OPENING or tokens[index + 1].tag not in FINITE or tokens[index + 2].tag == "VBD"):
                return None
            return index - 1 if _is_noun(tokens, index - 1) else None
        if tokens[index].text in ",;.":
            return None
    return None


def _before_participle(tokens: list[Token], last: int) -> int | None:
    """The last token before "reached" of "Residents reached by telephone", at a sentence's beginning, `last` being its end."""
    for index in range(1, min(OPENING + 1, last)):
        token = tokens[index]
        if token.lower in REACHED and tokens[index + 1].lower in ("by", "at", "from", "on", "in"):
            plain = not any(other.tag in FINITE or other.text in ',;"“”' for other in tokens[index + 1 : last + 1])
            return index - 1 if plain and tokens[index - 1].tag in NOUN_TAGS else None
        if token.tag not in NOUN_TAGS:
            return None
    return None


def owner_of_figure(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """The noun phrase whose figure stands at `index`: "the group's latest tally", "a count kept by the Red Crescent"."""
    start = index
    while start > 0 and tokens[start - 1].tag in ("JJ", "JJS", "NN", "CD", "VBN") and index - start < LONGEST_SOURCE:
        start -= 1
    if start > 1 and tokens[start - 1].tag == "POS":
        first = source_start(tokens, start - 2)
        return None if first is None else (first, start - 1)
    by = next((at for at in (index + 1, index + 2) if at < len(tokens) and tokens[at].lower == "by"), None)
    return source_after(tokens, by + 1) if by is not None else None
