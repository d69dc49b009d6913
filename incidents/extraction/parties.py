"""Who did it and to whom: the noun groups that a trigger governs as its agent and its patient.

Reads active, passive, relative, participle and nominal forms; what is not plainly governed is left open.
"""

from typing import Final, NamedTuple

from incidents.extraction.act_words import act_words
from incidents.extraction.time_names import after_date
from incidents.extraction.tokens import Sentence, Token
from incidents.extraction.triggers import BE, HAVE, Trigger

INSIDE: Final = frozenset(
    (
        "DT",
        "PDT",
        "PRP$",
        "CD",
        "JJ",
        "JJR",
        "JJS",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "POS",
        "VBN",
        "RBS",
        "FW",
        "``",
        "''",
        "HYPH",
        "$",
    )
)
HEADS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
ASIDE_ENDS: Final = HEADS | {"CD"}  # "Ada Musa, 34, was …"
PRONOUNS: Final = frozenset(("PRP", "WP"))
RELATIVE: Final = frozenset(("who", "that", "which"))
LIGHT: Final = act_words("light_verbs")
ABOUT: Final = frozenset(("least", "more", "than", "about", "nearly", "around", "some", "up", "over", "almost", "approximately"))
PERIODS: Final = frozenset(("week", "weekend", "month", "year"))
JOINED: Final = frozenset(("of", "from", "in", "with", "on", "at", "near", "for", "since", "by"))
CLAUSE_VERBS: Final = frozenset(("VBD", "VBN", "VBG"))
MOST_STEPS: Final = 4
REACH: Final = 14  # tokens looked at on either side of a trigger
OWN_PREPOSITIONS: Final = frozenset(("of", "on", "against", "at", "upon", "targeting"))


class Party(NamedTuple):
    """A noun group, tokens `first` up to `last`, with its head."""

    sentence: int
    first: int
    last: int
    head: int


class Parties(NamedTuple):
    """The groups a trigger governs; `by` says that the agent stands in a "by" phrase or a relative clause, which is sure."""

    agent: Party | None = None
    patient: Party | None = None


def parties_of(sentence: Sentence, trigger: Trigger) -> Parties:
    """Return the agent and patient groups of a trigger."""
    tokens = sentence.tokens
    if trigger.voice == "active":
        return Parties(subject(sentence, trigger.first), group_after(sentence, trigger.last))
    if trigger.voice == "passive":
        return Parties(_by(sentence, trigger.last), subject(sentence, trigger.first))
    if trigger.voice == "adjective":
        return Parties(None, group_after(sentence, trigger.last - 1 if tokens[trigger.last - 1].tag in INSIDE else trigger.last))
    return Parties(_nominal_agent(sentence, trigger), _of(sentence, trigger.last))


def group_after(sentence: Sentence, place: int) -> Party | None:
    """Return the noun group that starts at `place`, after adverbs and quantifying words."""
    tokens = sentence.tokens
    while (place < len(tokens) and tokens[place].tag in ("RB", "RBR", "RP", "JJR")) or _is_quantifier(tokens, place):
        place += 1
    end = place
    while end < len(tokens) and (tokens[end].tag in INSIDE or (tokens[end].tag in PRONOUNS and end == place)):
        if tokens[end].tag == "VBN" and end > place and tokens[end - 1].tag in HEADS:
            break
        end += 1
    return _grouped(sentence, place, end)


def _is_quantifier(tokens: list[Token], place: int) -> bool:
    if place >= len(tokens):
        return False
    if tokens[place].lower == "at":
        return place + 1 < len(tokens) and tokens[place + 1].lower == "least"
    if tokens[place].lower in ("around", "over"):  # "around 40 men", but "their villages around Djibo"
        return place + 1 < len(tokens) and tokens[place + 1].tag in ("CD", "DT", "JJR")
    return tokens[place].lower in ABOUT


def group_before(sentence: Sentence, place: int) -> Party | None:
    """Return the noun group that ends just before token `place`."""
    tokens = sentence.tokens
    first = place
    while first > 0 and (tokens[first - 1].tag in INSIDE or (tokens[first - 1].tag in PRONOUNS and first == place)):
        first -= 1
        if tokens[first].tag in PRONOUNS or tokens[first].tag == "DT":
            break
    return _grouped(sentence, first, place)


def _grouped(sentence: Sentence, first: int, last: int) -> Party | None:
    tokens = sentence.tokens
    while (
        last > first
        and tokens[last - 1].tag not in HEADS
        and tokens[last - 1].tag not in PRONOUNS
        and tokens[last - 1].tag != "CD"
    ):
        last -= 1
    if last <= first:
        return None
    for index in range(first + 1, last - 1):
        if tokens[index].tag == "POS":
            first = index + 1
    if first < last - 1:
        first = after_date(tokens, first, last - 1)
    return Party(sentence.index, first, last, last - 1)


def subject(sentence: Sentence, place: int, depth: int = 0) -> Party | None:
    """Return the subject of the verb at `place`: the group before its auxiliaries, a relative clause's noun, a shared subject."""
    tokens = sentence.tokens
    index = _before_auxiliaries(tokens, place)
    if index < 0 or depth > 2:
        return None
    token = tokens[index]
    if token.lower in RELATIVE:
        return _with_of(sentence, group_before(sentence, index - (index > 0 and tokens[index - 1].text == ",")))
    if token.text == "," and tokens[place].tag == "VBG":
        previous = _previous_verb(tokens, index)
        return subject(sentence, previous, depth + 1) if previous >= 0 else None
    if token.lower in ("and", "or", "but", "then") or (token.text == "," and index and tokens[index - 1].tag not in ASIDE_ENDS):
        previous = _previous_verb(tokens, index)
        return subject(sentence, previous, depth + 1) if previous >= 0 else None
    if token.text in (",", ")", "]", "--"):
        return _before_aside(sentence, index)
    if (
        token.lower in PERIODS and index > 1 and tokens[index - 1].lower in ("last", "this")
    ):  # "a similar attack last year killed"
        return _with_of(sentence, group_before(sentence, index - 1))
    if token.tag in HEADS or token.tag in PRONOUNS or token.tag == "CD":
        return _with_of(sentence, group_before(sentence, index + 1))
    return None


def _before_auxiliaries(tokens: list[Token], place: int) -> int:
    index = place - 1
    while index >= 0 and (
        tokens[index].lower in BE
        or tokens[index].lower in HAVE
        or tokens[index].lower in ("did", "does", "do")
        or tokens[index].tag in ("RB", "MD", "TO", "RBR")
        or tokens[index].lower in ("reportedly", "allegedly", "apparently", "also", "both", "all")
    ):
        index -= 1
    return index


def _previous_verb(tokens: list[Token], index: int) -> int:
    for place in range(index - 1, max(-1, index - REACH), -1):
        if tokens[place].tag in ("VBD", "VBZ", "VBP", "VBN"):
            return place
        if tokens[place].text in (";", ":"):
            return -1
    return -1


def _before_aside(sentence: Sentence, index: int) -> Party | None:
    """Step over an aside between commas or brackets ("the group, based in the hills, attacked")."""
    opener = {",": ",", ")": "(", "]": "[", "--": "--"}[sentence.tokens[index].text]
    for place in range(index - 1, max(-1, index - REACH), -1):
        if sentence.tokens[place].text == opener:
            return _with_of(sentence, group_before(sentence, place))
    return group_before(sentence, index) if opener == "," else None


def _with_of(sentence: Sentence, party: Party | None) -> Party | None:
    """Move from "the front" to "members" in "members of the front"; places, means and clauses are stepped over too.

    "men in Cali", "gunmen with rifles and axes", "raiders wielding knives", "inmates who fled from a jail in Puno".
    """
    for _ in range(MOST_STEPS):
        if party is None or party.first < 2:
            return party
        outer = _outer(sentence, party)
        if outer is None:
            return party
        keeps = sentence.tokens[party.first - 1].lower == "of" and outer.last == party.first - 1
        party = Party(party.sentence, outer.first, party.last if keeps else outer.last, outer.head)
    return party


def _outer(sentence: Sentence, party: Party) -> Party | None:
    """The group that a group's phrase or clause belongs to; None where it stands in none."""
    tokens, before = sentence.tokens, party.first - 1
    word = tokens[before].lower
    if word in JOINED:
        outer = group_before(sentence, before) if word != "for" else None
        return outer or _before_clause(sentence, before - 1)
    if word in ("and", "or"):
        listed = group_before(sentence, before)
        return listed if listed and listed.first > 1 and _outer(sentence, listed) is not None else None
    return _before_clause(sentence, before) if tokens[before].tag in CLAUSE_VERBS else None


def _before_clause(sentence: Sentence, place: int) -> Party | None:
    """The noun of the clause whose verb ends at `place`: "inmates who had fled from", "raiders wielding"."""
    tokens = sentence.tokens
    while place > 1 and tokens[place].tag in ("RP", "IN") and tokens[place].lower in ("out", "away", "off", "up", "down"):
        place -= 1
    if place < 1 or tokens[place].tag not in CLAUSE_VERBS:
        return None
    index = _before_auxiliaries(tokens, place)
    if index > 0 and tokens[index].lower in RELATIVE:
        return group_before(sentence, index - (tokens[index - 1].text == ","))
    passive = tokens[place].tag != "VBD" or tokens[place + 1].lower == "by"
    reduced = passive and index == place - 1 and tokens[index].tag in HEADS
    return group_before(sentence, index + 1) if reduced else None


def _by(sentence: Sentence, place: int) -> Party | None:
    """Return the group of a "by" phrase after `place`, in the same clause."""
    tokens = sentence.tokens
    for index in range(place, min(len(tokens) - 1, place + REACH)):
        if tokens[index].lower == "by" and tokens[index + 1].tag != "VBG" and tokens[index + 1].tag != "CD":
            return _extended(sentence, group_after(sentence, index + 1))
        if tokens[index].text in (";", ".", ":") or (
            tokens[index].tag in ("VBD", "VBZ", "VBP") and tokens[index].lower not in BE
        ):
            return None
    return None


def _extended(sentence: Sentence, party: Party | None) -> Party | None:
    """Add an "of" phrase to a group ("members" + "of the front")."""
    if party is None or party.last + 1 >= len(sentence.tokens) or sentence.tokens[party.last].lower != "of":
        return party
    inner = group_after(sentence, party.last + 1)
    return Party(party.sentence, party.first, inner.last, party.head) if inner else party


def _of(sentence: Sentence, place: int) -> Party | None:
    tokens = sentence.tokens
    for index in range(place, min(len(tokens) - 1, place + 4)):
        if tokens[index].lower in OWN_PREPOSITIONS:
            return group_after(sentence, index + 1)
        if tokens[index].text in (",", ".", ";"):
            return None
    return None


def _nominal_agent(sentence: Sentence, trigger: Trigger) -> Party | None:
    """Return the doer of a nominal act: "by X", "X's attack", "X attack", "X carried out an attack"."""
    tokens = sentence.tokens
    if by := _by(sentence, trigger.last):
        return by
    start = trigger.first
    while start > 0 and tokens[start - 1].tag in INSIDE and tokens[start - 1].tag not in ("DT", "CD"):
        start -= 1
    for index in range(trigger.first - 1, start - 1, -1):
        if tokens[index].tag == "POS":
            return group_before(sentence, index)
    for index in range(trigger.first - 1, max(-1, trigger.first - 7), -1):
        if tokens[index].lower in LIGHT and tokens[index].tag.startswith("VB") and tokens[index].tag != "VBN":
            return subject(sentence, index)
    return group_before(sentence, trigger.first) if start < trigger.first and tokens[trigger.first - 1].tag in HEADS else None
