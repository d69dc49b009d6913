"""Tolls, and figures given for a number spoken of: "the death toll rose to 19", "the hospital put the number at nine"."""

from typing import Final

from incidents.extraction.count_scene import AFFECTED, Link, Scene
from incidents.extraction.lexicons import sets
from incidents.extraction.numbers import Quantity

SETS: Final = sets("outcome_word_sets")
TOLL_LINKS: Final = SETS["toll_link"]
RISES: Final = SETS["rise"]
PUT: Final = SETS["put"]
NUMBERS: Final = frozenset(("number", "total", *SETS["figure_noun"])) - {"toll", "tolls"}
TOLL_WORDS: Final = frozenset(("toll", *NUMBERS))
OF_THAT_NUMBER: Final = frozenset(("at", "as", "to", "is", "was", "now", "stands", "reached", "exceeded", "topped", "hit"))
OWNING: Final = frozenset(("the", "that", "this", "its", "their", "his", "her", "'s", "’s"))
MAKES: Final = frozenset(("makes", "made", "making", "brings", "brought"))
STANDS: Final = frozenset(("stands", "stood", "rose", "risen", "climbed", "reached"))
BETWEEN: Final = frozenset(
    ("VB", "RB", "RP", "MD", "TO", "IN")
)  # the first two letters of tags between "the number" and its figure
SPOKE: Final = SETS["spoke_of"]
SAYING: Final = SETS["spoke_of"] | SETS["count_kept"] | {"put", "puts"}
MADE_BY: Final = frozenset(("that", "this", "which", "it"))
GONE: Final = frozenset(("gone", "went", "goes", "go", "crept", "shot", "jumped"))
RISEN: Final = {"deaths": "killed", "fatalities": "killed", "injuries": "wounded"}
TOLD: Final = frozenset(AFFECTED) | frozenset(RISEN) | MAKES | STANDS | SAYING | TOLL_WORDS
PUT_REACH: Final = 12  # tokens from "put" to "the wounded at 60"
TOLL_REACH: Final = 30  # tokens from "toll" to its figure
NUMBER_REACH: Final = 9  # tokens from "the number" to its figure


def tolls(scene: Scene, told: list[Link], spoken: str | None) -> list[Link]:
    """Return the tolls of a sentence; a number of nobody named is of the outcome told before it, there or in `spoken`."""
    found: list[Link] = []
    if TOLD.isdisjoint(scene.sentence.lowers):
        return found
    for index, word in enumerate(scene.sentence.lowers):
        if word in AFFECTED:
            found += _put_at(scene, index)
        elif word in MAKES:
            found += _made(scene, index, _told_before([*told, *found], index, spoken))
        elif word in STANDS:
            found += _it(scene, index, _told_before([*told, *found], index, spoken))
        elif word in SAYING:
            found += _said(scene, index, _told_before([*told, *found], index, spoken))
        if word in RISEN:
            found += _risen(scene, index, RISEN[word])
        if word in TOLL_WORDS:
            outcome = _outcome(scene, index)
            if outcome:
                found += _toll(scene, index, outcome)
            elif word in NUMBERS:
                found += _number(scene, index, _told_before([*told, *found], index, spoken))
    return found


def _toll(scene: Scene, index: int, outcome: str) -> list[Link]:
    """ "the death toll rose to 19", "the number of wounded stood at 40"."""
    if before := _brought_to(scene, index):
        return [Link(outcome, scene.bare(before), index, index + 1, supersedes=True)]
    figures = [quantity for quantity in scene.quantities if index < quantity.figure <= index + TOLL_REACH]
    links = TOLL_LINKS | {"as"} if PUT & {*scene.sentence.lowers[max(0, index - 4) : index]} else TOLL_LINKS  # "gave the toll as"
    stated = [_reached(scene, quantity) for quantity in figures]
    stated += [quantity for quantity in figures if quantity.first and scene.word(quantity.first - 1) in links]
    if not (known := [quantity for quantity in stated if quantity is not None]):
        return []
    chosen = next((quantity for quantity in known if scene.word(quantity.figure - 1) == "to"), known[0])
    return [Link(outcome, scene.bare(chosen)._replace(who_class="unknown"), index, index + 1)]


def _reached(scene: Scene, quantity: Quantity) -> Quantity | None:
    """The figure of "has gone up to nine", where "up to" says where a number has gone, and not that it may be less."""
    up = scene.word(quantity.first) == "up" and scene.word(quantity.figure - 1) == "to"
    if not up or scene.word(quantity.first - 1) not in GONE:
        return None
    return quantity._replace(low=quantity.best, high=quantity.best, quantifier=None)


def _risen(scene: Scene, index: int, outcome: str) -> list[Link]:
    """ "Deaths from the shelling rose to six"."""
    figures = [quantity for quantity in scene.quantities if index + 1 < quantity.figure <= index + TOLL_REACH]
    reached = next((quantity for quantity in figures if scene.word(quantity.first - 1) == "to"), None)
    if reached is None or RISES.isdisjoint(scene.sentence.lowers[index + 1 : reached.first]):
        return []
    return [Link(outcome, scene.bare(reached)._replace(who_class="unknown"), index, index + 1)]


def _outcome(scene: Scene, index: int) -> str | None:
    """What a toll or a number counts by its own words: "death toll", "number of wounded"."""
    if scene.word(index) == "toll":
        words = {scene.word(index - 1), scene.word(index - 2)}
        return "wounded" if words & {"injury", "wounded", "injured"} else "killed"
    if scene.word(index) != "number" or scene.word(index + 1) not in ("of", "killed", "dead", "wounded", "injured"):
        return None
    words = {scene.word(position) for position in range(index + 1, index + 6)}
    if words & {"dead", "deaths", "killed", "fatalities"}:
        return "killed"
    return "wounded" if words & {"wounded", "injured", "injuries"} else None


def _told_before(told: list[Link], index: int, spoken: str | None) -> str | None:
    """The outcome that the words before `index` tell of, else the one told before the sentence."""
    before = [link for link in told if link.cue_last <= index]
    return max(before, key=lambda link: link.cue_last).outcome if before else spoken


def _counts_things(scene: Scene, index: int) -> bool:
    """Whether the number before `index` is of things: "police recovered 12 rifles, bringing the total to 40"."""
    before = next((quantity for quantity in reversed(scene.quantities) if quantity.last <= index), None)
    if before is None or before.last >= len(scene.tokens) or scene.tokens[before.last].tag not in ("NN", "NNS"):
        return False
    counted = before.last in scene.cue_starts or any(group.first <= before.first < group.last for group in scene.groups)
    return not (counted or scene.word(before.last) in ("others", "more"))


def _number(scene: Scene, index: int, outcome: str | None) -> list[Link]:
    """ "the hospital put the number at nine", "the group's tally stood at 12", "bringing the total to 19"."""
    start = index
    while start > 0 and scene.tokens[start - 1].tag in ("JJ", "NN", "VBN", "RB"):
        start -= 1
    if outcome is None or scene.word(start - 1) not in OWNING or scene.word(index + 1) == "of" or _counts_things(scene, index):
        return []
    if before := _brought_to(scene, index):
        return [Link(outcome, scene.bare(before), index, index + 1, supersedes=True)]
    return _given(scene, index, index + 1, outcome)


def _given(scene: Scene, index: int, start: int, outcome: str) -> list[Link]:
    """The figure that verbs and adverbs from `start` on give for the number spoken of at `index`: "had gone up to nine"."""
    for position in range(start, min(start + NUMBER_REACH, len(scene.tokens))):
        quantity = scene.number_starts.get(position)
        if quantity is not None:
            rises_to = scene.word(position) == "up" and scene.word(quantity.figure - 1) == "to" and position > start
            group = scene.group_from(position) if rises_to or scene.word(position - 1) in OF_THAT_NUMBER else None
            if group is None:
                return []
            exact = group._replace(low=group.best, high=group.best, quantifier=None)
            return [Link(outcome, exact if rises_to else group, index, index + 1)]
        if scene.tokens[position].tag[:2] not in BETWEEN:
            return []
    return []


def _it(scene: Scene, index: int, outcome: str | None) -> list[Link]:
    """ "It now stands at 15", said of the toll told before."""
    if outcome is None or "it" not in (scene.word(index - 1), scene.word(index - 2)):
        return []
    return _given(scene, index, index + 1, outcome)


def _said(scene: Scene, index: int, outcome: str | None) -> list[Link]:
    """ "Doctors spoke of seven", "an aid group counted 47", "police put it at nine": a number alone."""
    after = [scene.word(index + 1), scene.word(index + 2)]
    at = {"of": index + 2, "it": index + 3}.get(after[0], index + 1)
    if outcome is None or (scene.word(index) in SPOKE) != (after[0] == "of") or (after[0] == "it") != (after[1] == "at"):
        return []
    group = scene.group_from(at) if at in scene.number_starts else None
    told = group is not None and group.bare and scene.tokens[index].tag[:2] == "VB" and (group.best or group.low or 0) > 1
    return [Link(outcome, group, group.first, group.last)] if told and group is not None else []


def _made(scene: Scene, index: int, outcome: str | None) -> list[Link]:
    """ "That makes nine", "making it 14 in all": everybody counted so far."""
    at = index + 1 + (scene.word(index + 1) == "it")
    quantity = scene.number_starts.get(at)
    adds = scene.word(index - 1) in MADE_BY or scene.word(index) == "making"
    group = scene.group_from(at) if quantity is not None and adds else None
    if outcome is None or group is None or (group.best or 0) < 2 or scene.word(group.last) == "and":
        return []
    return [Link(outcome, group._replace(further=False), index, index + 1, supersedes=True)]


def _put_at(scene: Scene, index: int) -> list[Link]:
    """The figures of "a doctor put the dead at 28 and the wounded at 60", "raising the dead to 30"."""
    quantity = scene.number_starts.get(index + 2)
    link = scene.word(index + 1)
    if quantity is None or link not in ("at", "to") or scene.word(index - 1) != "the":
        return []
    before = {scene.word(position) for position in range(index - PUT_REACH, index - 1)}
    if (PUT if link == "at" else RISES).isdisjoint(before):
        return []
    outcome = AFFECTED[scene.word(index)]
    return [Link(outcome, scene.bare(quantity), index, index + 1, supersedes=link == "to")]


def _brought_to(scene: Scene, index: int) -> Quantity | None:
    """The figure of "bringing to 45 the number killed", "raised to 45 on Sunday the number killed"."""
    last = index - 1
    while last > 0 and (scene.word(last - 1) == "on" or scene.is_time(scene.tokens[last - 1])):
        last -= 1
    quantity = scene.number_ends.get(last) if scene.word(index - 1) == "the" else None
    return quantity if quantity is not None and scene.word(quantity.first - 1) == "to" else None
