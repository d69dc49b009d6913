"""What speaks for a candidate's part in an act: named signs, which the learned weights of `roles` add up.

Signs are of the candidate in the whole article, of the words around it in the sentences that tell the act, of its grammatical
relation to the act's words, and of who else is there. Names make none: the weights know language, not parties.
"""

from collections.abc import Iterator
from typing import Final

from incidents.extraction.act_words import act_words
from incidents.extraction.candidates import Candidate, Spot
from incidents.extraction.claims import CUES
from incidents.extraction.clusters import Cluster
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import Party
from incidents.extraction.triggers import BE, HAVE

CLOSED: Final = frozenset(("IN", "TO", "CC", "MD", "WP", "WDT", ",", "POS", "RP"))
WITHIN: Final = frozenset(("JJ", "VBN", "JJS", "VBG"))
BEFORE_GROUP: Final = frozenset(("DT", "CD", "PRP$", "JJ", "PDT"))
VIOLENT: Final = frozenset(("perpetrator", "armed_group"))
DISTANCES: Final = ((0, "0"), (1, "1"), (2, "2"), (5, "5"))
GAPS: Final = ((3, "close"), (8, "near"))
EXPLOSIVES: Final = frozenset(
    ("bombing", "suicide_bombing", "shelling", "air_strike", "drone_strike", "arson", "chemical_attack")
)
OUT_OF_REACH: Final = 5  # sentences from the act to a common noun or a person's name that may still be its doer
CLEARED: Final = "own:agent:negated"  # the text says that it did not, or against whom it fought
GENERIC: Final = act_words("generic_weapons")


class Scene:
    """The happenings of an article by sentence, and the candidates for one part in them with the signs that hold for all acts."""

    def __init__(self, clusters: list[Cluster], candidates: list[Candidate]) -> None:
        self.candidates = candidates
        self.common = [set(_common_signs(candidate)) for candidate in candidates]
        self.told: dict[int, list[tuple[Cluster, Mention]]] = {}
        for cluster in clusters:
            for mention in cluster.mentions:
                self.told.setdefault(mention.sentence.index, []).append((cluster, mention))

    def signs(self, cluster: Cluster, kind: str) -> list[set[str]]:
        """Return the signs of each candidate towards one happening, whose type is `kind`."""
        here = sorted({mention.sentence.index for mention in cluster.mentions})
        found = [self._towards(number, cluster, here) for number in range(len(self.candidates))]
        if any(candidate.form == "weapon" for candidate in self.candidates):
            _add_rival_weapons(self.candidates, found, kind)
        else:
            _add_rivals(self.candidates, found)
        return [own if CLEARED in own else common | own for common, own in zip(self.common, found, strict=True)]

    def _towards(self, number: int, cluster: Cluster, here: list[int]) -> set[str]:
        candidate = self.candidates[number]
        kind = f"{candidate.form}/{candidate.kind}"
        distances = [min([abs(spot.sentence.index - other) for other in here]) for spot in candidate.spots]
        nearest = min(distances)
        if nearest > OUT_OF_REACH and candidate.form in ("noun", "name"):
            return {CLEARED}
        signs: set[str] = set()
        for spot, distance in zip(candidate.spots, distances, strict=True):
            index = spot.sentence.index
            if not distance:
                signs.update(_spot_signs(spot))
            if spot.tie:
                reach = "far" if distance else "near"
                signs.update((f"{reach}:{spot.tie.tie}", f"{reach}:{spot.tie.tie}:{kind}"))
            for owner, mention in self.told.get(index, ()):
                signs.update(_relation(spot, mention, kind, own=owner is cluster))
        near = next((name for most, name in DISTANCES if nearest <= most), "far")
        signs.update((f"near:{near}", f"near:{near}:{kind}", f"kind:{cluster.kind}:{kind}"))
        return signs


def _common_signs(candidate: Candidate) -> Iterator[str]:
    spots, first = candidate.spots, candidate.spots[0]
    kind = f"{candidate.form}/{candidate.kind}"
    yield f"is:{kind}"
    yield from (f"spots>{number}" for number in (1, 2, 4, 7) if len(spots) > number)
    yield "at:title" if first.sentence.in_title else f"at:p{min(first.sentence.depth, 3)}"
    if candidate.form == "noun":
        head = first.sentence.tokens[first.head]
        yield from (f"head:{head.lemma}", f"tag:{head.tag}")
    elif candidate.form == "body":
        yield f"body:{candidate.key.rsplit(' ', 1)[-1]}"
    elif candidate.form == "weapon":
        yield from (f"name:{candidate.key}", f"words:{candidate.key.count(' ') + 1}")
    yield from {f"tie:{spot.tie.tie}" for spot in spots if spot.tie}


def _spot_signs(spot: Spot) -> list[str]:
    """Return the signs of the words within and around a spot."""
    tokens = spot.sentence.tokens
    signs = [f"mod:{token.lemma}" for token in tokens[spot.first : spot.head] if token.tag in WITHIN]
    start = spot.first
    while start and tokens[start - 1].tag in BEFORE_GROUP:
        start -= 1
    if start:
        before = tokens[start - 1]
        signs.append(f"before:{before.lower}" if before.tag in CLOSED else f"before:{before.tag[:2]}:{before.lemma}")
        if start > 1 and before.tag == "IN":
            signs.append(f"before2:{tokens[start - 2].lemma}:{before.lower}")
    else:
        signs.append("before:")
    index = spot.last
    while index < len(tokens) and (tokens[index].tag in ("RB", "MD") or tokens[index].lower in BE or tokens[index].lower in HAVE):
        index += 1
    if index < len(tokens):
        after = tokens[index]
        signs.append(f"after:{after.lower}" if after.tag in CLOSED else f"after:{after.tag[:2]}:{after.lemma}")
        if after.lower in CUES:
            signs.append("speaks")
    return signs


def _relation(spot: Spot, mention: Mention, kind: str, *, own: bool) -> Iterator[str]:
    """Signs of a spot's place in the clause of an act, the happening's own or another's."""
    mine = "own" if own else "other"
    act, voice = mention.trigger.act, mention.trigger.voice
    if _within(spot, mention.parties.agent) or _is_beside(spot, mention.parties.agent):
        yield from (f"{mine}:agent", f"{mine}:agent:{voice}", f"{mine}:agent:{kind}", f"{mine}:agent:{act.type}:{act.agent}")
        yield from (f"{mine}:agent:{kind}:{voice}", f"{mine}:agent:{kind}:{mention.patient_kind}")
        if not mention.reality.real:
            yield f"{mine}:agent:unreal"
        if own and (mention.reality.negated or (kind.endswith("security_force") and mention.patient_kind == "perpetrator")):
            yield CLEARED
    elif _within(spot, mention.parties.patient):
        yield from (f"{mine}:patient", f"{mine}:patient:{kind}", f"{mine}:patient:{act.agent}")
    elif own:
        after = spot.first >= mention.trigger.last
        side = "after" if after else "before"
        gap = spot.first - mention.trigger.last if after else mention.trigger.first - spot.last
        yield f"own:{side}:{next((name for most, name in GAPS if gap <= most), 'wide')}"
        yield from (f"own:{side}:{kind}", f"own:free:{voice}:{side}")
        yield f"own:free:agent_is:{mention.agent_kind or ('none' if mention.parties.agent is None else 'other')}"


def _within(spot: Spot, party: Party | None) -> bool:
    return party is not None and spot.first < party.last and party.first <= spot.head


def _is_beside(spot: Spot, party: Party | None) -> bool:
    """Whether a spot is the other of two subjects: "Hamas and Islamic Jihad fired rockets"."""
    if party is None or not 0 < party.first - spot.last <= 2:
        return False
    lowers = spot.sentence.lowers
    joint, only = lowers[spot.last], party.first - spot.last == 1
    return (joint == "or" and only) or (joint == "and" and (only or lowers[spot.last + 1] == "the"))


def _add_rivals(candidates: list[Candidate], found: list[set[str]]) -> None:
    """Add the signs of who else the happening's sentences name: a doer of the same sort, or of the other."""
    agents = {number for number, signs in enumerate(found) if "own:agent" in signs}
    near = {number for number, signs in enumerate(found) if "near:0" in signs}
    doers = {number for number in agents if candidates[number].kind in VIOLENT or candidates[number].form == "body"}
    groups = [number for number, candidate in enumerate(candidates) if candidate.kind == "armed_group"]
    for number, (candidate, signs) in enumerate(zip(candidates, found, strict=True)):
        sort = "body" if candidate.is_body else "person"
        same = {other for other in near | doers if other != number and candidates[other].is_body == candidate.is_body}
        if doers & same:
            signs.add(f"rival:{sort}:{'agent' if number in agents else 'no'}")
        elif doers and number not in doers:
            signs.add(f"rival:other:{sort}")
        elif agents - {number}:
            signs.add(f"rival:any:{sort}")
        if groups == [number]:  # "the rebels" of the article can be no others
            signs.update(("sole", f"sole:{bool(doers - {number})}:{'near' if number in near else 'far'}"))
        peers = min(sum(candidates[other].kind in VIOLENT for other in near & same), 2)
        signs.add(f"peers:{sort}:{peers}")
        if candidate.kind in VIOLENT:
            signs.add(f"peers:{candidate.kind}:{peers}:{'near' if number in near else 'far'}")


def _add_rival_weapons(candidates: list[Candidate], found: list[set[str]], kind: str) -> None:
    """Add the signs of how a weapon suits the act, and of fuller and vaguer names beside it."""
    near = {number for number, signs in enumerate(found) if "near:0" in signs}
    for number, (candidate, signs) in enumerate(zip(candidates, found, strict=True)):
        generic = candidate.key in GENERIC
        reach = "near" if number in near else "far"
        signs.update((f"type:{kind}", f"type:{kind}:{candidate.kind}", f"generic:{generic}"))
        signs.add(f"fits:{fits(candidate.kind, kind)}:{reach}")
        others = [(candidates[other], other in near) for other in range(len(candidates)) if other != number]
        if any(close and other.key.endswith(f" {candidate.key}") for other, close in others):
            signs.add("longer")
        if any(candidate.key.endswith(f" {other.key}") for other, _ in others):
            signs.add("shorter")
        signs.update(f"rival:{other.key in GENERIC}:{generic}" for other, close in others if close)


def fits(weapon: str, kind: str) -> bool:
    """Whether a weapon of this type is used in acts of that type."""
    if kind in EXPLOSIVES:
        return weapon in EXPLOSIVES
    return weapon not in ("bombing", "suicide_bombing") or kind in ("attack", "armed_clash", "casualties", "assassination")
