"""Logistic regression over sets of named signs, with a squared penalty; plain numpy, the same weights on every run."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

STEPS = 250
RATE = 0.1
MOMENTUM, SPREAD = 0.9, 0.99  # Adam's two memories
LEAST_WEIGHT = 0.004  # smaller ones are left out of the file


class Example(NamedTuple):
    """The signs of one case, its label, and how much the example counts."""

    signs: set[str]
    label: bool
    weight: float


def fit(examples: list[Example], *, penalty: float, least_seen: int, size_of: Callable[[str], float]) -> dict[str, float]:
    """Return the weight of each sign seen often enough; "" is the bias.

    `size_of` gives the value of a sign that is there: of signs that are many and rare each may say less.
    """
    seen = Counter(sign for example in examples for sign in example.signs)
    index = {sign: number for number, sign in enumerate(sorted(sign for sign, times in seen.items() if times >= least_seen), 1)}
    columns, rows = [], []
    for row, example in enumerate(examples):
        known = [0, *sorted(index[sign] for sign in example.signs if sign in index)]
        columns += known
        rows += [row] * len(known)
    sizes = np.array([1.0, *(size_of(sign) for sign in index)])
    weights = _descend(examples, np.array(columns), np.array(rows), penalty / sizes**2)
    learned = {sign: round(float(weights[number]), 3) for sign, number in index.items() if abs(weights[number]) >= LEAST_WEIGHT}
    return {"": round(float(weights[0]), 3)} | learned


def _descend(examples: list[Example], columns: np.ndarray, rows: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """Minimise the weighted loss by Adam over all examples at once; `pull` is the penalty of each weight, none of the bias."""
    labels = np.array([example.label for example in examples], dtype=np.float64)
    counts = np.array([example.weight for example in examples], dtype=np.float64)
    pull = pull * (np.arange(len(pull)) > 0)
    weights, mean, square = (np.zeros(len(pull)) for _ in range(3))
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-np.bincount(rows, weights[columns], len(examples))))
        errors = (chance - labels) * counts
        slope = np.bincount(columns, errors[rows], len(pull)) + pull * weights
        mean = MOMENTUM * mean + (1 - MOMENTUM) * slope
        square = SPREAD * square + (1 - SPREAD) * slope**2
        rate = RATE * (1 - step / (STEPS + 8))
        weights = weights - rate * (mean / (1 - MOMENTUM**step)) / (np.sqrt(square / (1 - SPREAD**step)) + 1e-8)
    return weights
