"""What speaks for a candidate having done an act: named signs, which the learned weights of roles add up.

Signs are of three reaches: of the candidate in the whole article, of its spots in the sentences that tell the act, of the others.
Names make none, so that the weights know language, not parties.
"""

from collections.abc import Iterator

from incidents.extraction.candidates import Candidate, Spot
from incidents.extraction.claims import CUES
from incidents.extraction.clusters import Cluster, kind_of
from incidents.extraction.mentions import Mention
from incidents.extraction.triggers import BE, HAVE

CLOSED = frozenset(("IN", "TO", "CC", "MD", "WP", "WDT", ",", "POS", "RP"))
WITHIN = frozenset(("JJ", "VBN", "JJS", "VBG"))
REACH = 5


class Told:
    """The mentions of an article by sentence, each with the number of the happening it belongs to."""

    def __init__(self, clusters: list[Cluster]) -> None:
        self.by_sentence: dict[int, list[tuple[int, Mention]]] = {}
        for number, cluster in enumerate(clusters):
            for mention in cluster.mentions:
                self.by_sentence.setdefault(mention.sentence.index, []).append((number, mention))


def common_signs(candidate: Candidate) -> set[str]:
    """Return the signs of a candidate that hold for every act of the article."""
    spots = candidate.spots
    first = spots[0].sentence
    kind = f"{candidate.form}/{candidate.kind}"
    signs = {f"is:{kind}"}
    signs.update(f"spots>{number}" for number in (1, 2, 4, 7) if len(spots) > number)
    signs.add("at:title" if first.in_title else f"at:p{min(first.depth, 3)}")
    if candidate.form == "noun":
        signs.add(f"head:{first.tokens[spots[0].head].lemma}")
        signs.add(f"tag:{first.tokens[spots[0].head].tag}")
    if candidate.form == "body":
        signs.add(f"body:{candidate.key.rsplit(' ', 1)[-1]}")
    if any(spot.blamed for spot in spots):
        signs.update(("blamed", f"blamed:{kind}"))
    return signs


def spot_signs(spot: Spot) -> list[str]:
    """Return the signs of one place where a candidate is named: the words within and around it."""
    tokens = spot.sentence.tokens
    signs = [f"mod:{token.lemma}" for token in tokens[spot.first : spot.head] if token.tag in WITHIN]
    start = spot.first
    while start and tokens[start - 1].tag in ("DT", "CD", "PRP$", "JJ", "PDT"):
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


def signs_towards(candidates: list[Candidate], told: Told, number: int, cluster: Cluster, cache: dict[int, list[str]], common: list[set[str]]) -> list[set[str]]:
    """Return the signs of every candidate towards one happening, and of each beside the others."""
    found = [act_signs(candidate, told, number, cluster, cache) for candidate in candidates]
    agents = [i for i, signs in enumerate(found) if "own:agent" in signs]
    near = [i for i, signs in enumerate(found) if "near:0" in signs]
    doers = [i for i in agents if candidates[i].kind in ("perpetrator", "armed_group") or candidates[i].form == "body"]
    result = []
    for i, (candidate, signs) in enumerate(zip(candidates, found, strict=True)):
        org = _is_org(candidate)
        mine = "org" if org else "person"
        if any(j != i and _is_org(candidates[j]) == org for j in doers):
            signs.add(f"rival:{mine}:{'agent' if i in agents else 'no'}")
        elif doers and i not in doers:
            signs.add(f"rival:other:{mine}")
        elif any(j != i for j in agents):
            signs.add(f"rival:any:{mine}")
        peers = [j for j in near if j != i and _is_org(candidates[j]) == org and (candidates[j].kind in ("perpetrator", "armed_group"))]
        signs.add(f"peers:{mine}:{min(len(peers), 2)}")
        if candidate.kind in ("perpetrator", "armed_group"):
            signs.add(f"peers:{candidate.kind}:{min(len(peers), 2)}:{'near' if i in near else 'far'}")
        result.append(common[i] | signs)
    return result


def _is_org(candidate: Candidate) -> bool:
    return candidate.form in ("group", "body")


def act_signs(candidate: Candidate, told: Told, number: int, cluster: Cluster, cache: dict[int, list[str]]) -> set[str]:
    """Return the signs of a candidate towards one happening."""
    kind = f"{candidate.form}/{candidate.kind}"
    signs: set[str] = set()
    nearest = 99
    here = {mention.sentence.index for mention in cluster.mentions}
    for spot in candidate.spots:
        index = spot.sentence.index
        around = cache.get(id(spot))
        if around is None:
            around = cache[id(spot)] = spot_signs(spot)
        if index in here:
            nearest = 0
            signs.update([f"n:{sign}" for sign in around])
            if spot.blamed:
                signs.update(("n:blamed", f"n:blamed:{kind}"))
            for owner, mention in told.by_sentence[index]:
                signs.update(_relation(spot, mention, kind, own=owner == number))
        else:
            nearest = min(nearest, min(abs(index - other) for other in here))
            signs.update([f"f:{sign}" for sign in around])
            for owner, mention in told.by_sentence.get(index, ()):
                if owner != number:
                    signs.update(_relation(spot, mention, kind, own=False))
    distance = "0" if nearest == 0 else "1" if nearest == 1 else "2" if nearest == 2 else "3" if nearest < 6 else "far"
    signs.update((f"near:{distance}", f"near:{distance}:{kind}", f"kind:{cluster.kind}:{kind}"))
    return signs


def _relation(spot: Spot, mention: Mention, kind: str, *, own: bool) -> Iterator[str]:
    mine = "own" if own else "other"
    act, voice = mention.trigger.act, mention.trigger.voice
    agent, patient = mention.parties.agent, mention.parties.patient
    if agent is not None and spot.first < agent.last and agent.first <= spot.head:
        yield f"{mine}:agent"
        yield f"{mine}:agent:{voice}"
        yield f"{mine}:agent:{kind}"
        yield f"{mine}:agent:{act.type}:{act.agent}"
        yield f"{mine}:agent:{kind}:{voice}"
        yield f"{mine}:agent:{kind}:{mention.patient_kind}"
        if mention.reality.negated or mention.reality.hypothetical:
            yield f"{mine}:agent:unreal"
    elif patient is not None and spot.first < patient.last and patient.first <= spot.head:
        yield f"{mine}:patient"
        yield f"{mine}:patient:{kind}"
        yield f"{mine}:patient:{act.agent}"
    elif own:
        after = spot.first >= mention.trigger.last
        gap = spot.first - mention.trigger.last if after else mention.trigger.first - spot.last
        size = "close" if gap <= 3 else "near" if gap <= 8 else "wide"
        yield f"own:{'after' if after else 'before'}:{size}"
        yield f"own:{'after' if after else 'before'}:{kind}"
        yield f"own:free:{voice}:{'after' if after else 'before'}"
        yield f"own:free:agent_is:{mention.agent_kind or ('none' if agent is None else 'other')}"
