"""Actors of an event with their roles: who did it, to whom, who answered, who was held."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from incidents.extraction.act_claims import ActClaim
from incidents.extraction.act_words import act_words
from incidents.extraction.aliases import GroupMention, canonical
from incidents.extraction.candidates import Spot
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import Party
from incidents.extraction.people import noun_of
from incidents.extraction.tokens import Sentence, spelled
from incidents.extraction.values import Actor, Role, Span

DOERS: Final = frozenset(("perpetrator", "security_force", "civilian", "name", "captive"))
QUANTIFIERS: Final = act_words("quantifiers")
PLAIN_DOERS: Final = frozenset(("perpetrator", "security_force"))
SKIPPED_FIRST: Final = frozenset(("DT", "PDT", "CD", "PRP$", "POS", "``", "''"))
VAGUE_NAMES: Final = frozenset(
    ("people", "person", "persons", "others", "one", "some", "many", "victims", "members", "it", "dead")
)
NOT_PARTIES: Final = act_words("not_parties")
STATE_ACTS: Final = frozenset(("arrest", "recapture", "raid", "weapons_seizure", "curfew", "deployment"))
ROLE_ORDER: Final[tuple[Role, ...]] = ("perpetrator", "target", "victim", "security_force", "captive", "unknown")


def actors_of(mentions: list[Mention], doers: list[Actor] | None) -> tuple[Actor, ...]:
    """Return the actors of one happening, each once under the name the text gives first, perpetrators first.

    `doers` are those whom the learned weights find to have done it; None where grammar alone decides.
    """
    found: dict[tuple[str, Role], Actor] = {}
    for actor in doers or ():
        found.setdefault((_key(actor), "perpetrator"), actor)
    for mention in mentions:
        for actor in _of_mention(mention):
            if doers is not None and actor.role == "perpetrator" and mention.agent_kind == "security_force":
                actor = replace(actor, role="security_force")
            if doers is None or _may_stand(actor, found):
                found.setdefault((_key(actor), actor.role), actor)
    return tuple(sorted(_without_shorter(list(found.values())), key=lambda actor: ROLE_ORDER.index(actor.role)))


def _may_stand(actor: Actor, found: dict[tuple[str, Role], Actor]) -> bool:
    """Whether grammar may give an actor its role beside the doers that were found."""
    return actor.role != "perpetrator" and (actor.role != "security_force" or (_key(actor), "perpetrator") not in found)


def doer(spot: Spot, claim: ActClaim) -> Actor:
    """Return a party found to have done an act, named without the words that only hedge or count."""
    first, tokens = spot.first, spot.sentence.tokens
    several = tokens[spot.head].tag in ("NNS", "NNPS")  # "84 Islamic State fighters", but "17 November"
    while first < spot.head and (tokens[first].lower in QUANTIFIERS or (several and tokens[first].tag == "CD")):
        first += 1
    shown = replace(spot, first=first)
    return Actor(shown.text, "perpetrator", spot.sentence.span(first, spot.last), claim.claimant, claim.denied)


def _groups_inside(mention: Mention, party: Party) -> list[GroupMention]:
    """The known actors that a party names, one that begins before it included: "Army" of "Lord's Resistance Army"."""
    return [group for group in mention.groups if party.first < group.last and group.last <= party.last]


def _of_mention(mention: Mention) -> Iterator[Actor]:
    sentence = mention.sentence
    roles = _roles(mention)
    parties = ((mention.parties.agent, mention.agent_kind, roles[0]), (mention.parties.patient, mention.patient_kind, roles[1]))
    for party, kind, role in parties:
        if party is None or role is None:
            continue
        groups = _groups_inside(mention, party)
        if groups and role in ("perpetrator", "security_force"):
            for group in groups:
                yield _group_actor(sentence, group, role)
            if any(group.first <= party.first and party.last <= group.last for group in groups) or kind not in (
                "perpetrator",
                "security_force",
                "civilian",
            ):
                continue
        if actor := _party_actor(mention, party, role):
            yield actor


def _roles(mention: Mention) -> tuple[Role | None, Role | None]:
    """Return the roles of agent and patient, None where the group can be no party."""
    act, agent, patient = mention.trigger.act, mention.agent_kind, mention.patient_kind
    named = _names_group(mention, mention.parties.agent)
    doer: Role | None = None
    sure = (
        mention.trigger.voice != "nominal"
        or mention.trigger.first - (mention.parties.agent.last if mention.parties.agent else 0) != 0
    )
    if act.agent in ("perpetrator", "unknown", "security_force") and (agent in (DOERS if sure else PLAIN_DOERS) or named):
        doer = _doer_role(mention, agent, named)
    sufferer: Role | None = None
    if patient in ("civilian", "name", "security_force", "captive", "perpetrator"):
        sufferer = "captive" if act.patient == "captive" else "victim"
        if patient == "perpetrator" and act.patient != "captive":
            sufferer = "target"
        if patient == act.patient == "security_force":  # troops sent, or whom fighters give themselves up to
            sufferer = "security_force"
    elif patient == "target":
        sufferer = "target"
    elif not patient and _is_of_people(mention.sentence, mention.parties.patient):
        sufferer = "captive" if act.patient == "captive" else "victim"
    if act.agent == "captive" and agent:
        doer = "captive"
    elif act.agent == "victim" and agent in ("civilian", "name", "security_force"):
        doer = "victim"
    return doer, sufferer


def _is_of_people(sentence: Sentence, party: Party | None) -> bool:
    """Whether a noun for people heads a party whose part no list tells: "a village chief", "six herders"."""
    return party is not None and noun_of(sentence.tokens[party.head]) is not None


def _doer_role(mention: Mention, kind: str, named: str) -> Role:
    if mention.type in STATE_ACTS or named == "security_force":
        return "security_force"
    if kind == "security_force" and mention.patient_kind == "perpetrator":
        return "security_force"
    return "perpetrator"


def _names_group(mention: Mention, party: Party | None) -> str:
    """Return the kind of the known actor that a group of words names, "" where it names none."""
    if party is None:
        return ""
    inside = _groups_inside(mention, party)
    return inside[0].group.kind if inside else ""


def _group_actor(sentence: Sentence, mention: GroupMention, role: Role) -> Actor:
    return Actor(spelled(sentence.tokens[mention.first : mention.last]), role, sentence.span(mention.first, mention.last))


def _party_actor(mention: Mention, party: Party, role: Role) -> Actor | None:
    sentence = mention.sentence
    first = party.first
    while first < party.head and (sentence.tokens[first].tag in SKIPPED_FIRST or sentence.tokens[first].lower in QUANTIFIERS):
        first += 1
    name = spelled(sentence.tokens[first : party.last])
    if sentence.tokens[party.head].lower in NOT_PARTIES or _is_weapon(mention, party):
        return None
    if not name or name.lower() in VAGUE_NAMES or sentence.tokens[party.head].tag in ("PRP", "WP", "CD", "DT", "WDT"):
        return None
    span: Span = sentence.span(first, party.last)
    return Actor(name, role, span)


def _is_weapon(mention: Mention, party: Party) -> bool:
    return any(weapon.last == party.last and weapon.first >= party.first for weapon in mention.weapons)


def _key(actor: Actor) -> str:
    return canonical(actor.name).lower()


def _without_shorter(actors: list[Actor]) -> list[Actor]:
    """Drop an actor whose name is the end of a longer one's of the same role ("Merino" beside "Francisco Merino")."""
    names = [(actor.name.lower(), actor.role) for actor in actors]
    return [
        actor
        for actor in actors
        if not any(
            role == actor.role and name != actor.name.lower() and name.endswith(" " + actor.name.lower()) for name, role in names
        )
    ]
