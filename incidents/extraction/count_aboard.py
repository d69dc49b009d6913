"""The people taken with what carries them: "hijacked a bus with 25 passengers", "a ship with 19 sailors on board was seized"."""

from typing import Final

from incidents.extraction.count_scene import Link, Scene
from incidents.extraction.lexicons import sets

SETS: Final = sets("outcome_word_sets")
HIJACKED: Final = SETS["hijacked"]
CARRIERS: Final = SETS["carrier"]
HOLDS: Final = frozenset(("with", "carrying"))
LAWFUL: Final = frozenset(
    ("police", "navy", "army", "customs", "guard", "authorities", "marines")
)  # whose seizure is no hijacking
NAME_REACH: Final = 4  # tokens from the carrier to "with"
VERB_REACH: Final = 12  # tokens from the verb to "with", on either side


def aboard(scene: Scene) -> list[Link]:
    """Return the people on what is hijacked, where the sentence counts them."""
    lowers = scene.sentence.lowers
    if HIJACKED.isdisjoint(lowers) or CARRIERS.isdisjoint(lowers) or not LAWFUL.isdisjoint(lowers):
        return []
    verbs = [index for index, word in enumerate(lowers) if word in HIJACKED]
    found: list[Link] = []
    for index, word in enumerate(lowers):
        if word not in HOLDS or CARRIERS.isdisjoint(lowers[max(0, index - NAME_REACH) : index]):
            continue
        verb = next((verb for verb in verbs if abs(verb - index) <= VERB_REACH), None)
        group = scene.starts.get(index + 1) or scene.starts.get(index + 2)
        if verb is not None and group is not None and group.best is not None:
            found.append(Link("abducted", group, verb, verb + 1))
    return found
