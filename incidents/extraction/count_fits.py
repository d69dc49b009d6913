"""Whether a loose cue means what it may in its sentence: "fled" of many people, "seized" by gunmen, "marched" in a protest."""

from typing import Final

from incidents.extraction.count_scene import UNHURT, Scene
from incidents.extraction.lexicons import sets
from incidents.extraction.outcomes import Cue
from incidents.extraction.people import Group

SETS: Final = sets("outcome_word_sets")
FLEEING: Final = SETS["fleeing"]
HOMES: Final = SETS["home"]
FIGHTS: Final = SETS["fight"]
GATHERINGS: Final = SETS["gathering"]
TAKERS: Final = SETS["taker"]
TREATING: Final = SETS["treating"]
OWN: Final = frozenset(("its", "our", "their", "his"))
FIGHTING_MEN: Final = ("security_force", "armed_group")
HELD_OR_FIGHTING: Final = ("captive", *FIGHTING_MEN)
AHEAD: Final = 12  # tokens in which "from their homes" follows "driven"
FEWEST_IN_A_CROWD: Final = 3


def fits(scene: Scene, cue: Cue, groups: list[Group]) -> bool:
    """Return whether a cue with these people says what its outcome is."""
    word = scene.word(cue.first)
    if word in ("sent", "sends", "sending"):
        return any(scene.word(position) in ("hospital", "hospitals") for position in range(cue.last, cue.last + 8))
    if cue.outcome == "escaped":
        return not any(scene.word(position) in UNHURT for position in (cue.last, cue.last + 1))
    if cue.outcome == "displaced":
        return cue.last - cue.first > 1 or _are_displaced(scene, cue, groups)
    if cue.outcome == "participants":
        return _take_part(scene, groups)
    return LOOSE[word](scene, cue, groups) if word in LOOSE and cue.last - cue.first == 1 else True


def _after(scene: Scene, cue: Cue) -> list[str]:
    return scene.sentence.lowers[cue.last : cue.last + AHEAD]


def _are_displaced(scene: Scene, cue: Cue, groups: list[Group]) -> bool:
    word, after = scene.word(cue.first), _after(scene, cue)
    if word in ("drove", "driven", "driving"):
        return not HOMES.isdisjoint(after)
    many = any(group.best is None or group.best > 1 for group in groups)
    if word in ("forced", "forces", "forcing", "compelled"):
        flee = scene.word(groups[-1].last) == "to" and scene.word(groups[-1].last + 1) in FLEEING
        return many and flee and (scene.word(groups[-1].last + 1) != "leave" or not HOMES.isdisjoint(after))
    return many and not any(group.who_class in HELD_OR_FIGHTING for group in groups)


def _take_part(scene: Scene, groups: list[Group]) -> bool:
    """People with a figure, who are no force that marches on a town, where the sentence tells of a protest."""
    crowd = all((group.best or group.low or 0) >= FEWEST_IN_A_CROWD and not group.definite for group in groups)
    return crowd and not GATHERINGS.isdisjoint(scene.sentence.lowers) and all(g.who_class not in FIGHTING_MEN for g in groups)


def _is_taken(scene: Scene, cue: Cue, groups: list[Group]) -> bool:
    """ "seized" by gunmen is a kidnapping; what the police seize is not."""
    others = [group for group in scene.groups if group not in groups]
    armed = any(group.who_class == "armed_group" for group in others) or not TAKERS.isdisjoint(scene.sentence.lowers)
    suffered = groups[0].first >= cue.last or scene.aux_start(cue.first)[1]
    return suffered and armed and not any(g.who_class == "security_force" and g.last <= cue.first for g in others)


def _has_fallen(scene: Scene, cue: Cue, groups: list[Group]) -> bool:
    """Fighting men who fell: "eleven of our men fell", "twelve soldiers fell in the ambush"; not who fell ill or from a roof."""
    after = scene.word(cue.last)
    theirs = any(not OWN.isdisjoint(scene.sentence.lowers[group.first : group.last]) for group in groups)
    if not theirs and any(group.who_class not in FIGHTING_MEN for group in groups):
        return False
    ends = after in (",", ".", ";", "”", '"', "’", "", "since")
    return ends or (after in ("in", "during", "when") and not FIGHTS.isdisjoint(_after(scene, cue)[:6]))


def _are_lost(scene: Scene, cue: Cue, groups: list[Group]) -> bool:
    """ "lost twelve soldiers", on one day: what a side "has lost" is told of a war."""
    told = groups[0].first >= cue.last and scene.word(cue.first - 1) not in ("has", "have")
    army = any(group.who_class in FIGHTING_MEN for group in scene.groups)  # "admitted losing five", said of soldiers
    return told and all(not group.single and (group.who_class in FIGHTING_MEN or (group.bare and army)) for group in groups)


def _are_buried(scene: Scene, cue: Cue, groups: list[Group]) -> bool:
    """The dead, several of them, in their graves: not under rubble, nor somebody long dead."""
    near = scene.sentence.lowers[max(0, cue.first - 2) : cue.last + 6]
    alive = not {"rubble", "under", "beneath", "underneath", "alive", "debris", "snow", "mud"}.isdisjoint(near)
    several = all((group.best or group.low or 0) > 1 and not (group.definite or group.name or group.bare) for group in groups)
    return several and not alive


def _are_treated(scene: Scene, cue: Cue, groups: list[Group]) -> bool:
    """Several people whom doctors or a hospital treated."""
    several = all((group.best or 0) > 1 and not group.definite for group in groups)
    return several and not TREATING.isdisjoint(scene.sentence.lowers) and groups[0].first >= cue.last


LOOSE: Final = {
    **dict.fromkeys(("treated", "treating"), _are_treated),
    **dict.fromkeys(("seized", "seizes", "seizing"), _is_taken),
    **dict.fromkeys(("fell", "fallen"), _has_fallen),
    **dict.fromkeys(("lost", "losing", "loses"), _are_lost),
    **dict.fromkeys(("buried", "burying"), _are_buried),
}
