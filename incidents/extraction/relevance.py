"""Is there a security incident in this? Judged for each happening by everything that is said of it."""

from incidents.extraction.clusters import STRENGTH, Cluster, weight_of
from incidents.extraction.mentions import Mention

THRESHOLD = 0.5
UNREAL = ("sport", "art", "drill", "accident")


def score(cluster: Cluster, shares: dict[str, float]) -> float:
    """Return from 0 to 1 how sure it is that a cluster is a reported security incident."""
    real = [mention for mention in cluster.mentions if mention.reality.real]
    if not real:
        return 0.0
    best = max(_worth(mention) for mention in real)
    best += 0.05 * min(len(real), 5)
    best -= sum(6 * shares[name] for name in UNREAL) - min(6 * shares["security"], 0.3)
    return max(0.0, min(0.99, best))


def _worth(mention: Mention) -> float:
    worth = STRENGTH[mention.trigger.act.strength] / 6 + 0.05 * weight_of(mention)
    worth += (
        0.1 * (mention.agent_kind == "perpetrator")
        + 0.1 * bool(mention.groups)
        + 0.1 * (mention.patient_kind in ("civilian", "name"))
    )
    worth += 0.1 * bool(mention.weapons)
    return worth - 0.2 * mention.reality.generic - 0.2 * mention.background_cue
