"""Whom and what an article names that may have a part in its acts: armed groups, kinds of people, named people, each once.

A candidate keeps every spot where it is named; which part it plays in which act is weighed in `roles`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from incidents.extraction import aliases
from incidents.extraction.act_words import act_words
from incidents.extraction.actor_words import actor_words
from incidents.extraction.aliases import GroupMention
from incidents.extraction.attribution import blamed
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import HEADS, Party, group_before
from incidents.extraction.tokens import Reading, Sentence

Form = Literal["group", "body", "noun", "name"]
LAST_SENTENCE = 80  # whom the rest of a long text names, did not do what its beginning tells
BODIES = act_words("bodies")  # last words of the names of organisations
NOT_PARTIES = act_words("not_parties")
OPENING = frozenset("([")
SHORTEST_ACRONYM = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a candidate is named: tokens `first` up to `last` of a sentence, with the head's position."""

    sentence: Sentence
    first: int
    last: int
    head: int
    blamed: bool = False


@dataclass(slots=True)
class Candidate:
    """Somebody the article names. `form`: a known group, a body by its name, a common noun, a person's name."""

    key: str
    form: Form
    kind: str
    spots: list[Spot] = field(default_factory=list)


@cache
def _heads() -> frozenset[str]:
    return frozenset(word for phrase in actor_words() for word in (phrase, phrase.split()[-1])) | BODIES


def candidates_of(reading: Reading, mentions: list[Mention]) -> list[Candidate]:
    """Return the candidates of a document in the order in which it first names them."""
    found: dict[str, Candidate] = {}
    acronyms: dict[str, str] = {}
    groups = aliases.find_all(reading)
    agents: dict[int, list[Party]] = {}
    for mention in mentions:
        if mention.parties.agent is not None:
            agents.setdefault(mention.sentence.index, []).append(mention.parties.agent)
    for sentence in reading.sentences[:LAST_SENTENCE]:
        for key, form, kind, spot in _of_sentence(sentence, groups[sentence.index], agents.get(sentence.index, []), acronyms):
            candidate = found.get(key)
            if candidate is None:
                candidate = found[key] = Candidate(key, form, kind)
            if all(other.head != spot.head or other.sentence is not sentence for other in candidate.spots[-2:]):
                candidate.spots.append(spot)
    return list(found.values())


def _of_sentence(
    sentence: Sentence, groups: list[GroupMention], agents: list[Party], acronyms: dict[str, str]
) -> Iterator[tuple[str, Form, str, Spot]]:
    lowers, tokens = sentence.lowers, sentence.tokens
    known = not _heads().isdisjoint(lowers)
    accused = {party.head: party for party in blamed(sentence)}
    taken: set[int] = set()
    for group in groups:
        taken.update(range(group.first, group.last))
        spot = Spot(sentence, group.first, group.last, group.last - 1, _touches(accused, group.first, group.last))
        yield group.group.name.lower(), "group", group.group.kind, spot
    parties = {party.head: party for party in agents} | accused
    heads = set(parties)
    if known:
        words = _heads()
        heads.update(index for index, word in enumerate(lowers) if word in words)
    if acronyms:
        heads.update(index for index, word in enumerate(lowers) if word in acronyms)
    for head in sorted(heads - taken):
        if tokens[head].tag not in HEADS or (head + 1 < len(tokens) and tokens[head + 1].tag in HEADS and head not in parties):
            continue
        if lowers[head] in NOT_PARTIES:
            continue
        if lowers[head] in acronyms:
            yield acronyms[lowers[head]], "body", "", Spot(sentence, head, head + 1, head, head in accused)
            continue
        party = parties.get(head) or group_before(sentence, head + 1)
        if party is None:
            continue
        yield _classed(sentence, party, acronyms, blamed=head in accused)


def _touches(accused: dict[int, Party], first: int, last: int) -> bool:
    return any(party.first < last and first < party.last for party in accused.values())


def _classed(sentence: Sentence, party: Party, acronyms: dict[str, str], *, blamed: bool) -> tuple[str, Form, str, Spot]:
    """Return key, form and kind of a noun group."""
    tokens, head = sentence.tokens, party.head
    word, first = tokens[head].lower, party.first
    while first < head and tokens[first].tag in ("DT", "PDT", "CD", "PRP$", "``", "''", "POS"):
        first += 1
    spot = Spot(sentence, first, party.last, head, blamed)
    kind = actor_words().get(f"{tokens[head - 1].lower} {word}" if head > first else word) or actor_words().get(word, "")
    capital = tokens[head].text[0].isupper() and sentence.case == "normal"
    if word in BODIES and capital and head > first and all(token.text[0].isupper() or token.tag in ("IN", "POS", "CC") for token in tokens[first:head]):
        key = " ".join(token.lower for token in tokens[first : head + 1])
        after = tokens[party.last : party.last + 2]
        if len(after) == 2 and after[0].text in OPENING and after[1].text.isupper() and len(after[1].text) >= SHORTEST_ACRONYM:
            acronyms[after[1].lower] = key
        return key, "body", kind, spot
    if kind or tokens[head].tag in ("NN", "NNS"):
        return word, "noun", kind, spot
    return word, "name", "", spot
