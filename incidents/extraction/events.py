"""Happenings made into events: type, stage, day, place, actors, counts and weapons of each, the main one first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from incidents.extraction.act_claims import UNVERIFIED, act_claim, is_unverified
from incidents.extraction.actors import actors_of, doer
from incidents.extraction.attachment import reattach
from incidents.extraction.candidates import Spot, parties_named, weapons_named
from incidents.extraction.clusters import Cluster, kind_of, weight_of
from incidents.extraction.judging import Judged, judge
from incidents.extraction.mentions import Mention
from incidents.extraction.relevance import THRESHOLD
from incidents.extraction.role_signs import Scene
from incidents.extraction.roles import chosen
from incidents.extraction.tokens import Reading
from incidents.extraction.totals import Claim, tolls
from incidents.extraction.values import Actor, Event, Span, Stage, Total, Weapon

HISTORY: Final = 0.15  # confidence that an act told in passing needs
CORE_IN_LEAD: Final = 0.45  # that an act needs whose doer and sufferer headline or lead name
# That the article's only events need where labelled news says little of their kinds.
OTHER_MAIN: Final = 0.7
OTHER_TOLD_FULLY: Final = 0.6
OTHER_IN_LEAD: Final = 0.33
COUNTED: Final = 0.16  # that an act needs less where a finite verb says how many it killed
BESIDE: Final = 0.5
OTHER_BESIDE: Final = 0.6
TOLD_FULLY: Final = 0.2
HEADLINED: Final = 4.0  # salience of a headline, however weak its word for the act
AFTERMATH: Final = frozenset(("operation", "release"))
WORSE: Final = frozenset(("violence", "taking", "arson", "robbery", "sexual_violence", "unrest"))
VAGUE: Final = ("attack", "casualties")
SURVIVED: Final = frozenset(("survived", "survives", "escaped", "escapes", "unhurt", "unharmed", "unscathed", "failed"))
SPECIFIC: Final = (
    "suicide_bombing",
    "chemical_attack",
    "drone_strike",
    "air_strike",
    "shelling",
    "assassination",
    "execution",
    "hostage_taking",
)


def events_of(reading: Reading, clusters: list[Cluster]) -> tuple[bool, tuple[Event, ...]]:
    """Return whether the article reports an incident, and its events, the main one first, background last."""
    judged = judge(reading, clusters)
    kept = kept_of(judged)
    held = {id(one.cluster) for one in kept}
    reattach([one.cluster for one in judged if id(one.cluster) not in held], [one.cluster for one in kept if not one.background])
    kept.sort(key=lambda one: (one.background, -salience(one.cluster)))
    relevant = any(not one.background for one in kept)
    return relevant, tuple(_events(reading, clusters, kept))


def _events(reading: Reading, clusters: list[Cluster], kept: list[Judged]) -> Iterator[Event]:
    if not kept:
        return
    mentions = [mention for cluster in clusters for mention in cluster.mentions]
    parties = parties_named(reading, mentions) if any(one.is_core for one in kept) else []
    doers, arms = Scene(clusters, parties), Scene(clusters, weapons_named(reading))
    for one in kept:
        cluster, kind = one.cluster, type_of(one.cluster)
        found = None
        if one.is_core:
            did = chosen("perpetrator", doers, cluster, kind, one.confidence)
            found = [doer(spot, act_claim(reading, candidate, spot, cluster)) for candidate, spot in did]
        used = [spot for _, spot in chosen("weapon", arms, cluster, kind, one.confidence)]
        doubt = UNVERIFIED if is_unverified(reading, cluster) else 1.0
        yield _event(replace(one, confidence=one.confidence * doubt), kind, found, used)


def kept_of(judged: list[Judged]) -> list[Judged]:
    """Return what is sure enough. Beside a sure main event, others need more, or to be told in full."""
    told = [one for one in judged if not one.background]
    main = max(told, key=lambda one: one.confidence - _needed(one), default=None)
    kept = [one for one in judged if one.background and (one.confidence >= HISTORY or one.is_dated_history)]
    if main is None or main.confidence < _needed(main):
        return kept
    return kept + [one for one in told if one is main or (one.confidence >= _needed_beside(one) and not _follows(one, main))]


def _needed_beside(one: Judged) -> float:
    if one.is_core:
        return _needed_in_lead(one) if one.is_told_fully and one.is_told_early else BESIDE - COUNTED * one.is_counted
    return TOLD_FULLY if one.is_told_fully else OTHER_BESIDE


def _needed_in_lead(one: Judged) -> float:
    return CORE_IN_LEAD - COUNTED * one.is_counted


def _follows(one: Judged, main: Judged) -> bool:
    """Whether it is told deep in an article about a worse act, whose aftermath it then is: arrests, the captives let go."""
    if one.cluster.kind not in AFTERMATH or main.cluster.kind not in WORSE or one.is_told_early or one.is_told_fully:
        return False
    return one.cluster.date is None and salience(one.cluster) < salience(main.cluster)


def _needed(one: Judged) -> float:
    """Return the confidence without which a happening alone makes no incident."""
    if one.is_core:
        return _needed_in_lead(one) if one.is_told_fully and one.is_told_early else THRESHOLD
    if not one.is_told_fully:
        return OTHER_MAIN
    return OTHER_IN_LEAD if one.is_told_early else OTHER_TOLD_FULLY


def salience(cluster: Cluster) -> float:
    """Return how much of the article a happening fills, the headline and the lead counting most."""
    in_title = any(mention.sentence.in_title and mention.trigger.act.strength != "support" for mention in cluster.mentions)
    return HEADLINED * in_title + sum(sorted((weight_of(mention) for mention in cluster.mentions), reverse=True)[:4], 0.0)


def type_of(cluster: Cluster) -> str:
    """Return the type that most is said for; a vague one only where nothing specific is said."""
    votes: dict[str, float] = defaultdict(float)
    for mention in [mention for mention in cluster.mentions if kind_of(mention) == cluster.kind] or cluster.mentions:
        votes[mention.type] += weight_of(mention) * (0.2 if mention.type in VAGUE else 1.0)
    for kind in SPECIFIC:
        if kind in votes:
            votes[kind] *= 2
    kind = max(votes, key=lambda kind: votes[kind])
    return "attack" if kind == "casualties" and any(_has_doer(mention) for mention in cluster.mentions) else kind


def _has_doer(mention: Mention) -> bool:
    """Whether a killing is somebody's act: done by a named kind of party, or murder by its very word."""
    if mention.trigger.voice == "nominal" or not mention.reality.real or mention.trigger.act.agent == "victim":
        return False
    return mention.agent_kind in ("perpetrator", "security_force") or bool(
        mention.parties.agent and mention.trigger.voice == "passive"
    )


def stage_of(mentions: list[Mention]) -> Stage:
    """Return the stage told by the weightiest mention; what is told as done anywhere was done."""
    real = [mention for mention in mentions if mention.reality.real] or mentions
    ranked = sorted(real, key=weight_of, reverse=True)
    return ranked[0].reality.stage


def _is_done(cluster: Cluster, stage: Stage) -> bool:
    """Whether "an attempt on his life" was no mere attempt: people are counted dead, and nobody is said to have survived it."""
    if stage != "attempted" or not any(count.count.outcome == "killed" and count.count.best for count in cluster.counts):
        return False
    attempts = [mention for mention in cluster.mentions if mention.reality.stage == "attempted"]
    named = all(mention.trigger.voice == "nominal" and "attempt" in mention.trigger.act.name for mention in attempts)
    return named and all(SURVIVED.isdisjoint(mention.sentence.lowers) for mention in cluster.mentions)


def _event(judged: Judged, kind: str, doers: list[Actor] | None, arms: list[Spot]) -> Event:
    cluster = judged.cluster
    mentions = cluster.mentions
    named = [mention for mention in mentions if mention.type == kind] or mentions
    trigger = max(named, key=weight_of)
    stage = stage_of(named)
    return Event(
        type=kind,
        stage="accomplished" if _is_done(cluster, stage) else stage,
        background=judged.background,
        confidence=judged.confidence,
        date=cluster.settled_date,
        place=cluster.settled_place,
        actors=actors_of(mentions, doers),
        counts=tuple(count.count for count in cluster.counts),
        totals=totals_of(cluster),
        weapons=tuple(Weapon(spot.text, spot.sentence.span(spot.first, spot.last)) for spot in arms),
        evidence=evidence_of(mentions),
        trigger=trigger.sentence.span(trigger.trigger.first, trigger.trigger.last),
    )


def totals_of(cluster: Cluster) -> dict[str, Total]:
    """Return what the counts of a happening come to, by the one rule."""
    claims = [Claim(mention.count) for mention in cluster.counts]
    return {outcome: toll.total for outcome, toll in tolls(claims).items()}


def evidence_of(mentions: list[Mention]) -> tuple[Span, ...]:
    """Return the sentences a happening was read from, in text order."""
    return tuple(dict.fromkeys(mention.sentence.span() for mention in mentions))
