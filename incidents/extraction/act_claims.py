"""Who says that a party did an act: the party itself, whoever blames it, or the report's source; and whether it denies it."""

from dataclasses import dataclass
from typing import Final

from incidents.extraction.act_words import OWN_SIDE
from incidents.extraction.candidates import Candidate, Spot
from incidents.extraction.claims import DENIALS, Attribution, attributions, claimant_of
from incidents.extraction.clusters import Cluster
from incidents.extraction.cues import find
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import subject
from incidents.extraction.tokens import Reading, Sentence, spelled

OWN: Final = frozenset(("claims", "by_claim"))
OWN_PRONOUNS: Final = frozenset(("it", "they", "we"))
DETERMINERS: Final = frozenset(("DT", "PRP$", "CD"))
UNVERIFIED: Final = 0.8  # of the confidence left


@dataclass(frozen=True, slots=True)
class ActClaim:
    """Who says that a party did it, None where the article does in its own voice; `denied`: the party says it did not."""

    claimant: str | None
    denied: bool


def act_claim(reading: Reading, candidate: Candidate, shown: Spot, cluster: Cluster) -> ActClaim:
    """Return who ties a candidate to a happening that it was found to have done."""
    denied = any((spot.tie and spot.tie.tie == "denies") or _is_of_denier(spot, cluster) for spot in candidate.spots)
    if claims_it(candidate, cluster):
        return ActClaim(shown.text, denied)
    here = {mention.sentence.index for mention in cluster.mentions}
    for spot in candidate.spots:
        blames = spot.tie is not None and spot.tie.tie == "blames"
        if spot.tie and blames and spot.sentence.index in here and (blamer := _words_before(spot.sentence, spot.tie.cue)):
            return ActClaim(blamer, denied)
    source = claimant_of(reading, shown.sentence.index, shown.first, shown.last)
    return ActClaim(source.name if source else None, denied)


def _is_of_denier(spot: Spot, cluster: Cluster) -> bool:
    """Whether it is whose deed their own side denies: "the army denied that its soldiers had shelled the camp"."""
    for mention in cluster.mentions:
        agent = mention.parties.agent
        if agent is not None and mention.sentence is spot.sentence and agent.first <= spot.head < agent.last:
            lowers = mention.sentence.lowers
            if not OWN_SIDE.isdisjoint(lowers[agent.first : agent.last]) and not DENIALS.isdisjoint(lowers[: agent.first]):
                return True
    return False


def claims_it(candidate: Candidate, cluster: Cluster) -> bool:
    """Whether the candidate claims the act: in so many words, or "the Front said that it had fired the rockets"."""
    return any(spot.tie and spot.tie.tie in OWN for spot in candidate.spots) or _reports_it(candidate, cluster)


def claims_or_denies(candidate: Candidate, cluster: Cluster) -> bool:
    """Whether the candidate itself claims or denies the act beside the words for it, and so is the one in question."""
    here = {mention.sentence.index for mention in cluster.mentions}
    ties = {spot.tie.tie for spot in candidate.spots if spot.tie and spot.sentence.index in here}
    return not ties.isdisjoint((*OWN, "denies")) or _reports_it(candidate, cluster)


def _reports_it(candidate: Candidate, cluster: Cluster) -> bool:
    """Whether it is the source of a report of its own act; what a security force reports of itself is mostly an answer."""
    if candidate.kind == "security_force":
        return False
    mentions = [mention for mention in cluster.mentions if mention.agent_kind == "pronoun" and mention.reality.real]
    return any(_says(spot, mention) for mention in mentions for spot in candidate.spots if spot.sentence is mention.sentence)


def _says(spot: Spot, mention: Mention) -> bool:
    """Whether the spot is the source of a report of the act, done by "it" or "they"."""
    agent = mention.parties.agent
    if agent is None or mention.sentence.tokens[agent.head].lower not in OWN_PRONOUNS:
        return False
    return any(_holds(report, spot, mention) for report in attributions(mention.sentence))


def _holds(report: Attribution, spot: Spot, mention: Mention) -> bool:
    source = report.source_first <= spot.head < report.source_last
    denied = mention.sentence.tokens[report.cue].lower in DENIALS
    return source and not denied and report.content_first <= mention.first < report.content_last


def _words_before(sentence: Sentence, cue: int) -> str | None:
    """Return the one whom the words of blame have as their subject."""
    party = subject(sentence, cue)
    if party is None:
        return None
    first = party.first
    while first < party.head and sentence.tokens[first].tag in DETERMINERS:
        first += 1
    return spelled(sentence.tokens[first : party.last])


def is_unverified(reading: Reading, cluster: Cluster) -> bool:
    """Whether the article says of a happening, in its sentences or the one after, that nobody could verify it."""
    last = len(reading.sentences) - 1
    near = {min(mention.sentence.index + step, last) for mention in cluster.mentions for step in (0, 1)}
    return any(find("doubt_cues", reading.sentences[index]) for index in sorted(near))
