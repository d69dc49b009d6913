"""What a bin of the timeline is made of: incidents by family, or by the gravest outcome that they state."""

from functools import reduce
from operator import or_

import numpy as np

from incidents.columns.growing import Codes
from incidents.columns.tables import Tables
from incidents.columns.tallies import FAMILY, Stack
from incidents.extraction.values import OUTCOMES


def _gravest(tables: Tables) -> Codes:
    """Return for each distinct toll the place in GRAVITY of what it states. A stated zero is no missing figure."""
    known = {outcome: tables.toll.known(outcome) for outcome in OUTCOMES}
    stated = reduce(or_, (number == 0 for number in known.values()))
    harmed = [reduce(or_, (known[outcome] > 0 for outcome in outcomes)) for outcomes in HARM.values()]
    return np.select([*harmed, stated], list(range(len(GRAVITY) - 1)), len(GRAVITY) - 1).astype(np.int32)


# People with any of these outcomes, from the gravest on; then those that state nobody, then those that state no figure.
HARM = {
    "killed": ("killed",),
    "wounded": ("wounded",),
    "held": ("missing", "abducted", "captured", "recaptured"),
    "moved": ("displaced", "escaped", "released", "participants"),
}
GRAVITY = (*HARM, "none", "unstated")
STACKS = {"family": FAMILY, "outcome": Stack("outcomes", GRAVITY, "toll", _gravest)}
