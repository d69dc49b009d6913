"""Is there a security incident in this? A logistic sum of signs, with weights learned by `python -m training.train_relevance`."""

import gzip
import json
import math
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights" / "relevance.json.gz"
THRESHOLD = 0.5


@cache
def weights() -> dict[str, float]:
    """Return the weight of each sign; "" is the bias."""
    found: dict[str, float] = json.loads(gzip.decompress(WEIGHTS.read_bytes()))
    return found


def probability(signs: set[str]) -> float:
    """Return from 0 to 1 how sure the signs make it that a happening is a reported incident."""
    known = weights()
    total = known[""] + sum(map(known.__getitem__, known.keys() & signs))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
