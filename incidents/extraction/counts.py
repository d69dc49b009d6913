"""Statements about numbers of people: how many were killed, wounded, captured and so on, as each sentence puts it."""

import itertools
from dataclasses import dataclass, replace
from typing import Final

from incidents.extraction.claims import claimant_of
from incidents.extraction.count_aboard import HIJACKED
from incidents.extraction.count_further import with_further
from incidents.extraction.count_links import GATHERING_NOUNS, links
from incidents.extraction.count_marks import is_cumulative, is_replaced, supersedes
from incidents.extraction.count_scene import Link
from incidents.extraction.count_tolls import MAKES, SAYING, STANDS, TOLL_WORDS
from incidents.extraction.numbers import VAGUE, find_numbers
from incidents.extraction.outcomes import find_cues
from incidents.extraction.people import Group, find_people
from incidents.extraction.person_names import is_one_name, name_words
from incidents.extraction.tokens import Reading, Sentence
from incidents.extraction.values import Count, Span

NAME_TAGS: Final = frozenset(("NNP", "NNPS"))
WITHOUT_FIGURE: Final = HIJACKED | {"casualties", "victims", "losses", "loss", "anyone", "anybody"}  # "no loss of life"
UNCUED: Final = GATHERING_NOUNS | {"toll", "number"}  # words that may tell of people without a cue
OF_THAT: Final = TOLL_WORDS | MAKES | STANDS | SAYING  # likewise, after people were told of
SPOKEN: Final = 2  # sentences for which "the number" is of the outcome counted there
NEAR: Final = 4  # tokens between a number and its cue that one span may hold


@dataclass(frozen=True, slots=True)
class CountMention:
    """One statement: tokens `first` up to, not including, `last` of a sentence, and the token that says what happened.

    `definite` is a mention of people the text has spoken of ("he", "the soldiers"), `name` the person it names, and `weak` a
    wound read from "was shot" alone, which gives way to what else is said of the same people.
    """

    sentence: int
    first: int
    last: int
    cue: int
    count: Count
    definite: bool = False
    name: str | None = None
    weak: bool = False


def find(reading: Reading) -> list[CountMention]:
    """Return the statements about people in the order of the text, without hypothetical ones and numbers of other things."""
    found: list[CountMention] = []
    surnames = frozenset(_surnames(reading))
    for sentence in reading.sentences:
        near = found and found[-1].sentence >= sentence.index - SPOKEN
        found += _in_sentence(sentence, surnames, found[-1].count.outcome if near else None)
    return with_further(reading, [_attributed(reading, mention) for mention in _settled(found)])


def _attributed(reading: Reading, mention: CountMention) -> CountMention:
    """The mention with who says so, where the text names anyone."""
    claimant = claimant_of(reading, mention.sentence, mention.first, mention.last)
    if claimant is None:
        return mention
    return replace(mention, count=replace(mention.count, claimant=claimant.name, claimant_span=claimant.span))


def _surnames(reading: Reading) -> set[str]:
    """Last words of the names of two or more words in the text, so that "Smith" alone is known later on."""
    known: set[str] = set()
    for sentence in reading.sentences:
        if sentence.case != "normal":
            continue
        for before, token in itertools.pairwise(sentence.tokens):
            if token.tag in NAME_TAGS and before.tag in NAME_TAGS and token.text[0].isupper() and len(token.text) > 2:
                known.update((token.text, before.text) if len(before.text) > 2 else (token.text,))
    return known


def _in_sentence(sentence: Sentence, surnames: frozenset[str], spoken: str | None) -> list[CountMention]:
    cues = find_cues(sentence)
    if all(cue.outcome == "participants" for cue in cues) and not _may_count(sentence, spoken, cued=bool(cues)):
        return []
    quantities = find_numbers(sentence)
    groups = find_people(sentence, quantities, surnames=surnames)
    return [_mention(sentence, link) for link in links(sentence, cues, quantities, groups, spoken)]


def _may_count(sentence: Sentence, spoken: str | None, *, cued: bool) -> bool:
    """Whether a sentence that says of nobody what became of them may count people: in a toll, a zero or a crowd."""
    lowers = sentence.lowers
    if not WITHOUT_FIGURE.isdisjoint(lowers):
        return True
    if not (cued or not UNCUED.isdisjoint(lowers) or (spoken and not OF_THAT.isdisjoint(lowers))):
        return False
    return any(token.tag == "CD" for token in sentence.tokens) or not VAGUE.keys().isdisjoint(lowers)


def _mention(sentence: Sentence, link: Link) -> CountMention:
    group = link.group
    first, last = group.first, group.last
    if link.cue_first >= last and link.cue_first - last <= NEAR:
        last = link.cue_last
    elif link.cue_last <= first and first - link.cue_last <= NEAR:
        first = link.cue_first
    tokens = sentence.tokens
    who = _who(sentence, group)
    count = Count(
        outcome=link.outcome,
        low=group.low,
        best=group.best,
        high=group.high,
        quantifier=group.quantifier,
        who=who,
        who_class=group.who_class,
        span=Span(tokens[first].start, tokens[last - 1].end, sentence.in_title),
        part_of_whole=link.part or group.part_of,
        supersedes=link.supersedes or supersedes(sentence, link.cue_first),
        cumulative=is_cumulative(sentence, link),
        further=group.further,
        replaced=is_replaced(sentence, link),
    )
    name = " ".join(token.text for token in tokens[group.noun : group.last]) if group.name else None
    return CountMention(sentence.index, first, last, link.cue_first, count, group.definite, name, link.weak)


def _who(sentence: Sentence, group: Group) -> str | None:
    """The words for who is counted, without number and determiner."""
    if group.bare or group.noun >= group.last:
        return None
    tokens = sentence.tokens
    text = "".join(
        (" " if index > group.noun and tokens[index - 1].end < tokens[index].start else "") + tokens[index].text
        for index in range(group.noun, group.last)
    )
    return text.lstrip("'’s ") if text[:1] in "'’" else text


def _settled(found: list[CountMention]) -> list[CountMention]:
    """Mark single people already counted: "he", "the man" and a name said before add nobody to what was counted."""
    settled: list[CountMention] = []
    names: dict[str, list[list[str]]] = {}
    counted: set[str] = set()
    for mention in found:
        count = mention.count
        earlier = count.outcome in counted
        counted.add(count.outcome)
        repeated = False
        if mention.name is not None:
            name, said = name_words(mention.name), names.setdefault(count.outcome, [])
            repeated = any(is_one_name(name, other) for other in said)
            said.append(name)
        spoken_of = mention.definite and not count.further and len((mention.name or "").split()) < 2
        if count.best == 1 and earlier and (spoken_of or repeated):
            mention = replace(mention, count=replace(count, part_of_whole=True))
        settled.append(mention)
    wholes: dict[str, int] = {}
    for count in (mention.count for mention in settled):
        if not count.part_of_whole and not count.cumulative:
            wholes[count.outcome] = max(wholes.get(count.outcome, 0), count.best or count.high or count.low or 0)
    return _with_nobody_killed(_without_weak([_with_whole(mention, wholes) for mention in settled]))


def _with_nobody_killed(found: list[CountMention]) -> list[CountMention]:
    """ "No one was hurt" in a text that counts no dead says that nobody died."""
    if any(mention.count.outcome == "killed" for mention in found):
        return found
    unhurt = (mention for mention in found if mention.count.outcome == "wounded" and mention.count.best == 0)
    return [
        *found,
        *(replace(mention, count=replace(mention.count, outcome="killed")) for mention in itertools.islice(unhurt, 1)),
    ]


def _with_whole(mention: CountMention, wholes: dict[str, int]) -> CountMention:
    """A part stays one only where the text counts a whole that can hold it ("killed seven of them" may be the only figure)."""
    count = mention.count
    if not count.part_of_whole or mention.definite:
        return mention
    if wholes.get(count.outcome, -1) >= (count.best or count.low or 0):
        return mention
    return replace(mention, count=replace(count, part_of_whole=False))


def _without_weak(found: list[CountMention]) -> list[CountMention]:
    """Drop "was shot" where the same people are said to be dead, or the wounded are counted; "buried" where the dead are."""
    dead = (mention.count.best or 0 for mention in found if mention.count.outcome == "killed" and not mention.weak)
    killed = max(dead, default=0)
    stated = any(mention.count.outcome == "wounded" and not (mention.weak or mention.count.part_of_whole) for mention in found)

    def gives_way(mention: CountMention) -> bool:
        return killed >= (mention.count.best or 0) or (stated and mention.count.outcome == "wounded")

    return [mention for mention in found if not (mention.weak and gives_way(mention))]
