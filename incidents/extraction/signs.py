"""What speaks for and against a happening being a reported incident: named signs, which the learned weights of relevance add up.

A sign is a short word such as "voice:passive" or "patient:civilian"; names make none, so that the weights know language, not
places or people.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from incidents.extraction.act_words import act_words
from incidents.extraction.clauses import asserts
from incidents.extraction.clusters import Cluster
from incidents.extraction.cues import find, word_lists
from incidents.extraction.mentions import Mention
from incidents.extraction.per_word import PerWord
from incidents.extraction.tokens import Reading, Sentence

CLOSED: Final = frozenset(("DT", "IN", "PRP$", "MD", "TO", "CC", "RB", "PRP", "WP", "WDT", "CD", "POS"))
CONTENT: Final = frozenset(("NN", "NNS", "VB", "VBD", "VBN", "VBG", "VBZ", "VBP", "JJ", "RB"))
NATURE: Final = act_words("nature")
OWN_VOICE: Final = frozenset(("we", "our", "us", "i", "my", "you", "your"))
STATEMENT_HEAD: Final = 60  # tokens at the start of a document in which it says what it is
NEAR: Final = PerWord("near:{}".format)  # kept, since the same few thousand signs are looked up again and again
FIRST: Final = PerWord("first:{}".format)
STEPS: Final = (0.002, 0.006, 0.012, 0.025, 0.05)


def document_signs(reading: Reading, shares: dict[str, float], happenings: int) -> list[str]:
    """Return the signs that hold for every happening of a document."""
    signs = [f"setting:{name}>{step}" for name, share in shares.items() for step in STEPS if share > step]
    head: list[str] = []
    own = total = 0
    for sentence in reading.sentences:
        if len(head) < STATEMENT_HEAD:
            signs += [f"head:{cue.value}" for cue in find("background_cues", sentence) if cue.value == "statement"]
            head += sentence.lowers
        if not OWN_VOICE.isdisjoint(sentence.lowers):
            own += sum(map(OWN_VOICE.__contains__, sentence.lowers))
        total += len(sentence.tokens)
    signs += [f"own_voice>{step}" for step in STEPS if own > step * total]
    signs += [f"length>{size}" for size in (100, 250, 500, 1000) if total > size]
    signs += [f"happenings>{number}" for number in (1, 2, 4, 7) if happenings > number]
    return list(dict.fromkeys(signs))


def cluster_signs(cluster: Cluster, published: date | None) -> set[str]:
    """Return the signs of one happening: of its first real mention, of any mention, and of all together."""
    real = [mention for mention in cluster.mentions if mention.reality.real] or cluster.mentions
    signs = {f"kind:{cluster.kind}", *_age(cluster, published)}
    signs.update(f"mentions>{number}" for number in (1, 2, 3, 5, 8) if len(real) > number)
    first = list(_mention_signs(real[0]))
    signs.update(first, map(FIRST.__getitem__, first))
    for mention in real[1:]:
        signs.update(_mention_signs(mention))
    if not any(mention.reality.real for mention in cluster.mentions):
        signs.add("unreal")
    signs.update(_common(real))
    signs.update(_statements(cluster.kind, real))
    signs.update(_world(cluster.kind, real))
    signs.update([NEAR[token.lemma] for sentence in _sentences(real) for token in sentence.tokens if token.tag in CONTENT])
    return signs


def _statements(kind: str, mentions: list[Mention]) -> Iterator[str]:
    """Signs of an act stated in so many words: a finite verb with its doer, its sufferer or a number of people."""
    for mention in mentions:
        if asserts(mention):
            where = "early" if mention.sentence.depth == 0 else "later"
            doer = "group" if mention.groups else mention.agent_kind or "none"
            counted = "counted" if mention.counts else mention.patient_kind or "none"
            yield from (f"stated:{where}", f"stated:{kind}:{where}", f"stated:{doer}>{counted}")
            yield f"stated:{where}:{doer}>{counted}"


def _world(kind: str, mentions: list[Mention]) -> Iterator[str]:
    """Signs of the world the act's own sentences are in: an accident's deaths, a court's murder, a match's shot."""
    types = {mention.type for mention in mentions}
    only = min(types) if len(types) == 1 else "several"
    doer = any(
        mention.agent_kind in ("perpetrator", "security_force") or mention.groups or mention.weapons for mention in mentions
    )
    yield f"only:{only}"
    yield f"doer:{doer}"
    yield f"only:{only} doer:{doer}"
    lists = word_lists("settings")
    lowers = set().union(*(sentence.lowers for sentence in _sentences(mentions)))
    for name, words in lists.items():
        if found := len(lowers & words):
            yield f"near_setting:{name}>{min(found, 3)}"
            yield f"near_setting:{name} doer:{doer}"
            yield f"near_setting:{name} kind:{kind}"
    for mention in mentions:
        if (agent := mention.parties.agent) and mention.sentence.tokens[agent.head].lower in NATURE:
            yield "agent:nature"


def _sentences(mentions: list[Mention]) -> list[Sentence]:
    return list({mention.sentence.index: mention.sentence for mention in mentions}.values())


def _common(mentions: list[Mention]) -> Iterator[str]:
    """Signs that every mention shares."""
    if all(mention.trigger.voice == "nominal" for mention in mentions):
        yield "all:nominal"
    if all(mention.sentence.quoted for mention in mentions):
        yield "all:quoted"
    if all(mention.background_cue for mention in mentions):
        yield "all:history"
    if all(mention.trigger.act.strength in ("weak", "support") for mention in mentions):
        yield "all:weak"
    if all(mention.reality.generic for mention in mentions):
        yield "all:generic"


def _age(cluster: Cluster, published: date | None) -> Iterator[str]:
    value = cluster.date
    if value is None:
        yield "date:none"
        return
    yield f"date:{value.precision}"
    yield f"date:{value.basis}"
    if value.earliest and published:
        days = (published - value.earliest).days
        yield f"age:{next((limit for limit in (-1, 0, 1, 3, 7, 30, 90, 365) if days <= limit), 'more')}"


def _mention_signs(mention: Mention) -> Iterator[str]:
    act, trigger = mention.trigger.act, mention.trigger
    yield f"act:{act.name}"
    yield f"type:{mention.type}"
    yield f"strength:{act.strength}"
    yield f"voice:{trigger.voice}"
    yield f"agent:{mention.agent_kind}"
    yield f"patient:{mention.patient_kind}"
    yield f"stage:{mention.reality.stage}"
    yield _position(mention.sentence)
    for name, holds in (
        ("generic", mention.reality.generic), ("quoted", mention.sentence.quoted), ("history", mention.background_cue),
        ("opens", mention.opens), ("weapon", bool(mention.weapons)), ("group", bool(mention.groups)),
        ("count", bool(mention.counts)),
        ("day", bool(mention.date and mention.date.precision in ("day", "time"))), ("place", mention.place is not None),
        ("with_others", bool(mention.others)),
    ):  # fmt: skip
        if holds:
            yield name
    yield from _words_around(mention)
    if mention.parties.patient:
        head = mention.sentence.tokens[mention.parties.patient.head]
        yield f"patient_tag:{head.tag}"
        first = mention.sentence.tokens[mention.parties.patient.first]
        yield f"patient_first:{first.tag if first.tag != 'DT' else first.lower}"


def _words_around(mention: Mention) -> Iterator[str]:
    tokens, trigger = mention.sentence.tokens, mention.trigger
    yield f"tag:{tokens[trigger.first].tag}"
    if trigger.first and (before := tokens[trigger.first - 1]).tag in CLOSED:
        yield f"before:{before.lower}" if before.tag not in ("CD", "RB") else f"before:{before.tag}"
    if trigger.last < len(tokens) and (after := tokens[trigger.last]).tag in CLOSED:
        yield f"after:{after.lower}" if after.tag not in ("CD", "RB") else f"after:{after.tag}"


def _position(sentence: Sentence) -> str:
    if sentence.in_title:
        return "at:title"
    return f"at:p{min(sentence.depth, 4)}" if sentence.depth else "at:lead"
