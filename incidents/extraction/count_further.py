"""Figures that are added to the one before them: what a second bomb killed after a first, and each side's own losses."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from incidents.extraction.lexicons import sets
from incidents.extraction.tokens import Reading

if TYPE_CHECKING:
    from incidents.extraction.counts import CountMention

SETS: Final = sets("outcome_word_sets")
FIRST: Final = SETS["first_of_two"]
SECOND: Final = SETS["second_of_two"]
ONE_ACT: Final = SETS["one_act"]
OF_ITS_SIDE: Final = frozenset(("its", "our", "their"))
SIDES: Final = frozenset(("side", "ranks", "losses"))
CLAUSE: Final = 16  # tokens before a verb in which "the second" may stand
NEAR: Final = 3  # sentences between the losses of two sides
TOLLS: Final = ("killed", "wounded", "captured", "missing")


def with_further(reading: Reading, found: list["CountMention"]) -> list["CountMention"]:
    """Return the mentions, those marked that come on top of an earlier one with the same outcome."""
    marked: list[CountMention] = []
    last: dict[str, CountMention] = {}
    for mention in found:
        count = mention.count
        before = last.get(count.outcome)
        if before is not None and not (count.further or count.part_of_whole or count.cumulative):
            beside = count.outcome in TOLLS and _is_other_side(reading, before, mention)
            if beside or _is_of_second(reading, before, mention):
                mention = replace(mention, count=replace(count, further=True))
        marked.append(mention)
        if count.best is not None and not count.part_of_whole:
            last[count.outcome] = mention
    return marked


def _is_of_second(reading: Reading, before: "CountMention", mention: "CountMention") -> bool:
    """Whether "the second" did it, after "the first" did the other: both with their people after the verb."""
    if mention.sentence - before.sentence not in (0, 1) or mention.first < mention.cue or before.first < before.cue:
        return False
    same = mention.sentence == before.sentence
    start = before.last if same else 0
    words = reading.sentences[mention.sentence].lowers[max(start, mention.cue - CLAUSE) : mention.cue]
    if SECOND.isdisjoint(words) or reading.sentences[mention.sentence].in_title:
        return False
    first = reading.sentences[before.sentence].lowers[max(0, before.cue - CLAUSE) : before.cue]
    return _is_subject(words, SECOND) and (_is_subject(first, FIRST) or _is_one_act(first))


def _is_subject(words: list[str], of_two: frozenset[str]) -> bool:
    """Whether one of the words stands where a subject begins: "The first", "and the other", "a second bomb"."""
    for index, word in enumerate(words):
        before = words[index - 1] if index else ""
        if word in of_two and (before in ("the", "a", "") or word in ("another", "one")):
            return True
    return False


def _is_one_act(words: list[str]) -> bool:
    """Whether "a car bomb" or "a gunman" is what did it."""
    articles = [index for index, word in enumerate(words) if word in ("a", "an")]
    return any(not ONE_ACT.isdisjoint(words[index + 1 : index + 4]) for index in articles)


def _is_other_side(reading: Reading, before: "CountMention", mention: "CountMention") -> bool:
    """Whether two who speak each tell of their own: "two of its soldiers", "four dead on its side"."""
    one, other = before.count.claimant, mention.count.claimant
    if not one or not other or one.lower() == other.lower() or mention.sentence - before.sentence > NEAR:
        return False
    return _tells_own(reading, before) and _tells_own(reading, mention) and _is_name(one) and _is_name(other)


def _is_name(claimant: str) -> bool:
    """Whether a side is named: "the army" and "the ministry" may be of one."""
    return claimant[:1].isupper() or "rebel" in claimant or "group" in claimant


def _tells_own(reading: Reading, mention: "CountMention") -> bool:
    words = reading.sentences[mention.sentence].lowers
    near = words[mention.first : mention.last + 6]
    own = any(word in OF_ITS_SIDE and _is_side(near, index) for index, word in enumerate(near))
    return own or words[mention.cue] in ("lost", "losing") or not OF_ITS_SIDE.isdisjoint(words[mention.first : mention.last])


def _is_side(words: list[str], index: int) -> bool:
    """Whether "side" or "ranks" follows "its"."""
    return not SIDES.isdisjoint(words[index + 1 : index + 3])
