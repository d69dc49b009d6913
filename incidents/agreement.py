"""How far two people agree beyond chance: Cohen's kappa. Pure.

κ = (p_o − p_e) / (1 − p_e), where p_o is the share of items on which both gave the same answer, and p_e the share to expect if
each had drawn answers by chance as often as they gave them: p_e = Σ_k p_1(k)·p_2(k).
J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20 (1960), 37-46.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Items both judged, the share on which they agree, the share chance alone would give, and kappa (None: not defined)."""

    n: int
    observed: float
    expected: float
    kappa: float | None


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement | None:
    """Return the agreement of pairs of answers to the same items, the first person's first; None for no items.

    Where both gave one and the same answer throughout, chance explains everything and kappa is not defined.

    >>> yes_no = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    >>> round(agreement(yes_no).kappa, 2)
    0.4
    """
    n = len(pairs)
    if not n:
        return None
    observed = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(times * second[answer] for answer, times in first.items()) / n**2
    kappa = None if expected == 1 else (observed - expected) / (1 - expected)
    return Agreement(n, observed, expected, kappa)


def wilson(changed: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of a share by Wilson's score (J. Am. Stat. Assoc. 22 (1927), 209-212)."""
    if not n:
        return 0.0, 1.0
    z, share = 1.959964, changed / n
    middle, spread = share + z * z / (2 * n), z * ((share * (1 - share) + z * z / (4 * n)) / n) ** 0.5
    return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))
