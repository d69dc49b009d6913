"""Who did it, and with what: a logistic sum of signs for each candidate; `python -m training.train_roles` learns the weights."""

import gzip
import json
import math
from collections import Counter
from functools import cache
from typing import Final, Literal

from incidents.extraction import lexicons
from incidents.extraction.act_claims import claims_or_denies
from incidents.extraction.act_words import act_words
from incidents.extraction.candidates import Candidate, Spot
from incidents.extraction.clusters import Cluster
from incidents.extraction.role_signs import CLEARED, Scene

Part = Literal["perpetrator", "weapon"]
WEIGHTS: Final = lexicons.WEIGHTS / "roles.json.gz"
# What the first of a sort needs, persons and organisations being two sorts, and what each further one needs.
FIRST: Final[dict[Part, float]] = {"perpetrator": 0.18, "weapon": 0.24}
FURTHER: Final[dict[Part, float]] = {"perpetrator": 0.4, "weapon": 0.4}
MOST: Final = 3
GENERIC_HEADS: Final = act_words("generic_heads")
BARE_DOERS: Final = act_words("bare_doers")
SAID: Final = 0.9  # how sure a party's own word makes it that it is the one in question


@cache
def weights() -> dict[str, dict[str, float]]:
    """Return for each part the weight of each sign; "" is the bias."""
    found: dict[str, dict[str, float]] = json.loads(gzip.decompress(WEIGHTS.read_bytes()))
    return found


def probability(part: Part, signs: set[str]) -> float:
    """Return from 0 to 1 how sure the signs make it that a candidate has this part in the act."""
    if CLEARED in signs:
        return 0.0
    known = weights()[part]
    total = known[""]
    for sign in signs:
        total += known.get(sign, 0.0)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def chosen(part: Part, scene: Scene, cluster: Cluster, kind: str, confidence: float) -> list[tuple[Candidate, Spot]]:
    """Return who or what has this part in a happening, the surest first, each at the spot to show.

    The surer the happening itself, the less a candidate needs: of an act that may be none, nobody is the likely doer.
    """
    if not scene.candidates:
        return []
    sure = [probability(part, signs) for signs in scene.signs(cluster, kind)]
    _resolve(scene.candidates, sure)
    own = [claims_or_denies(candidate, cluster) for candidate in scene.candidates]
    ranked = [(max(sure[number] * confidence, SAID * own[number]), -number) for number in range(len(sure))]
    taken: Counter[bool] = Counter()
    heads: set[str] = set()
    found: list[tuple[Candidate, Spot]] = []
    for chance, number in sorted(ranked, reverse=True):
        candidate = scene.candidates[-number]
        if chance < (FURTHER if taken[candidate.is_body] else FIRST)[part] or len(found) == MOST:
            continue
        spot = _shown(candidate, cluster)
        head = spot.sentence.tokens[spot.head].lemma.lower()
        if head in heads:
            continue
        twin = next((at for at, (other, _) in enumerate(found) if is_one_party(candidate, other)), None)
        if twin is not None:
            if _is_bare(found[twin][0]) and not _is_bare(candidate):
                found[twin] = (candidate, spot)
            continue
        heads.add(head)
        taken[candidate.is_body] += 1
        found.append((candidate, spot))
    return found


def is_one_party(one: Candidate, other: Candidate) -> bool:
    """Whether two descriptions may be of the same people: "masked gunmen", later "the attackers". Names and bodies never are.

    One of them must say no more than that they did it, both be one or many, and no sentence name them side by side.
    """
    if (
        not one.kind == other.kind == "perpetrator"
        or not one.form == other.form == "noun"
        or not (_is_bare(one) or _is_bare(other))
    ):
        return False
    if {_is_many(spot) for spot in one.spots} != {_is_many(spot) for spot in other.spots}:
        return False
    return {spot.sentence.index for spot in one.spots}.isdisjoint(spot.sentence.index for spot in other.spots)


def _is_bare(candidate: Candidate) -> bool:
    return candidate.key in BARE_DOERS


def _is_many(spot: Spot) -> bool:
    return spot.sentence.tokens[spot.head].tag in ("NNS", "NNPS")


def _resolve(candidates: list[Candidate], sure: list[float]) -> None:
    """Make the only armed group that an article names as sure as "the rebels" or "the group", who can be no others."""
    groups = [number for number, candidate in enumerate(candidates) if candidate.kind == "armed_group"]
    if len(groups) == 1:
        meant = [chance for candidate, chance in zip(candidates, sure, strict=True) if candidate.key in GENERIC_HEADS]
        sure[groups[0]] = max(sure[groups[0]], *meant, 0.0)


def _shown(candidate: Candidate, cluster: Cluster) -> Spot:
    """Return the first spot with the name that the happening's own sentences use most."""
    here = {mention.sentence.index for mention in cluster.mentions}
    spots = [spot for spot in candidate.spots if spot.sentence.index in here] or candidate.spots
    names = Counter(spot.text.lower() for spot in spots)
    return max(spots, key=lambda spot: names[spot.text.lower()])
