"""Whom and what an article names that may have a part in its acts: armed groups, kinds of people, named people, weapons.

A candidate keeps every spot where it is named; which part it has in which act is weighed in `roles`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal, NamedTuple

from incidents.extraction import aliases, weapons
from incidents.extraction.act_words import OWN_SIDE, act_words
from incidents.extraction.actor_words import actor_words
from incidents.extraction.aliases import GroupMention
from incidents.extraction.attribution import Tied, tied
from incidents.extraction.claims import DENIALS
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import HEADS, Party, group_before, subject
from incidents.extraction.tokens import Reading, Sentence, Token, spelled

Form = Literal["group", "body", "noun", "name", "weapon"]
LAST_SENTENCE: Final = 80  # whom the rest of a long text names, did not do what its beginning tells
BODIES: Final = act_words("bodies")
NOT_PARTIES: Final = act_words("not_parties")
NO_PART_OF_NAME: Final = frozenset(("DT", "PDT", "CD", "PRP$", "``", "''", "POS"))
SAYING: Final = frozenset(("said", "says", "stated", "announced", "declared", "claimed"))
NOBODY: Final = frozenset(("no", "any", "neither", "which", "what"))
JOINS_NAME: Final = frozenset(("IN", "POS", "CC", "DT"))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a candidate is named: tokens `first` up to `last` of a sentence, with the head's position."""

    sentence: Sentence
    first: int
    last: int
    head: int
    tie: Tied | None = None  # what ties it to an act there, beside grammar

    @property
    def text(self) -> str:
        """The words as they stand there."""
        return spelled(self.sentence.tokens[self.first : self.last])


@dataclass(slots=True)
class Candidate:
    """Somebody or something the article names. `form`: a known group, a body by its name, a noun, a person's name, a weapon."""

    key: str
    form: Form
    kind: str  # of actor_words, of a known group, or the type of act a weapon stands for
    spots: list[Spot] = field(default_factory=list)

    @property
    def is_body(self) -> bool:
        """Whether it is an organisation."""
        return self.form in ("group", "body")


class Found(NamedTuple):
    """One spot with what it names."""

    key: str
    form: Form
    kind: str
    spot: Spot


def parties_named(reading: Reading, mentions: list[Mention]) -> list[Candidate]:
    """Return everybody who may have done one of the acts, in the order in which the article first names them."""
    groups = aliases.find_all(reading, reading.sentences[:LAST_SENTENCE])
    agents: dict[int, list[Party]] = {}
    for mention in mentions:
        if doer := _doer(mention):
            agents.setdefault(mention.sentence.index, []).append(doer)
    acronyms: dict[str, str] = {}
    found: dict[str, Candidate] = {}
    for sentence in reading.sentences[:LAST_SENTENCE]:
        for one in _of_sentence(sentence, groups[sentence.index], agents.get(sentence.index, []), acronyms):
            _add(found, one)
    return list(found.values())


def _doer(mention: Mention) -> Party | None:
    """Return whom grammar has do it; for "the Front said that it had" and "Chad denied that its soldiers had", the speaker."""
    agent, lowers = mention.parties.agent, mention.sentence.lowers
    cues = SAYING if mention.agent_kind == "pronoun" else DENIALS
    if mention.agent_kind != "pronoun" and (agent is None or OWN_SIDE.isdisjoint(lowers[agent.first : agent.head])):
        return agent
    said = [index for index in range(mention.first) if lowers[index] in cues]
    speaker = subject(mention.sentence, said[-1]) if said else None
    return speaker if speaker is not None or mention.agent_kind == "pronoun" else agent


def weapons_named(reading: Reading) -> list[Candidate]:
    """Return the weapons an article names, each once whether in the singular or the plural."""
    found: dict[str, Candidate] = {}
    for sentence in reading.sentences[:LAST_SENTENCE]:
        for named in weapons.find(sentence):
            if not named.means.carrier or named.means.type == "drone_strike":
                spot = Spot(sentence, named.first, named.last, named.last - 1)
                _add(found, Found(named.weapon.name.lower().removesuffix("s"), "weapon", named.means.type, spot))
    return list(found.values())


def _add(found: dict[str, Candidate], one: Found) -> None:
    candidate = found.setdefault(one.key, Candidate(one.key, one.form, one.kind))
    if all(other.head != one.spot.head or other.sentence is not one.spot.sentence for other in candidate.spots[-2:]):
        candidate.spots.append(one.spot)


@cache
def _heads() -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in actor_words()) | BODIES


def _of_sentence(
    sentence: Sentence, groups: list[GroupMention], agents: list[Party], acronyms: dict[str, str]
) -> Iterator[Found]:
    accused = {one.party.head: one for one in tied(sentence)}
    taken: set[int] = set()
    for group in groups:
        taken.update(range(group.first, group.last))
        tie = next((one for one in accused.values() if one.party.first < group.last and group.first < one.party.last), None)
        spot = Spot(sentence, group.first, group.last, group.last - 1, tie)
        yield Found(group.group.name.lower(), "group", group.group.kind, spot)
    parties = {party.head: party for party in agents} | {head: one.party for head, one in accused.items()}
    tokens = sentence.tokens
    for head in sorted((_possible_heads(sentence, acronyms) | parties.keys()) - taken):
        compound = head + 1 < len(tokens) and tokens[head + 1].tag in HEADS and head not in parties
        if tokens[head].tag not in HEADS or compound or tokens[head].lower in NOT_PARTIES:
            continue
        if full := acronyms.get(tokens[head].lower):
            yield Found(full, "body", "", Spot(sentence, head, head + 1, head, accused.get(head)))
        elif (party := parties.get(head) or group_before(sentence, head + 1)) and tokens[party.first].lower not in NOBODY:
            yield _classed(sentence, party, acronyms, accused.get(head))


def _possible_heads(sentence: Sentence, acronyms: dict[str, str]) -> set[int]:
    words = _heads()
    if words.isdisjoint(sentence.lowers) and not acronyms:
        return set()
    return {index for index, word in enumerate(sentence.lowers) if word in words or word in acronyms}


def _classed(sentence: Sentence, party: Party, acronyms: dict[str, str], tie: Tied | None) -> Found:
    """Return what a noun group names; an acronym in brackets after a body's name is learned."""
    tokens, head, first = sentence.tokens, party.head, party.first
    while first < head and tokens[first].tag in NO_PART_OF_NAME:
        first += 1
    spot = Spot(sentence, first, party.last, head, tie)
    word, known = tokens[head].lower, actor_words()
    kind = (known.get(f"{tokens[head - 1].lower} {word}") if head > first else None) or known.get(word, "")
    if word in BODIES and sentence.case == "normal" and _is_capital(tokens[first : head + 1]):
        key = " ".join(token.lower for token in tokens[first : head + 1])
        after = tokens[party.last : party.last + 2]
        if len(after) == 2 and after[0].text in ("(", "[") and after[1].text.isupper() and len(after[1].text) > 1:
            acronyms[after[1].lower] = key
        return Found(key, "body", kind, spot)
    return Found(word, "noun" if kind or tokens[head].tag in ("NN", "NNS") else "name", kind, spot)


def _is_capital(tokens: list[Token]) -> bool:
    """Whether a group of several words is written as a name."""
    return (
        len(tokens) > 1
        and tokens[-1].text[0].isupper()
        and all(token.text[0].isupper() or token.tag in JOINS_NAME for token in tokens)
    )
