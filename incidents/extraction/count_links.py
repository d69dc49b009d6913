"""Ties outcome cues to the people they happen to: objects, passive subjects, "left five dead", "the killing of", tolls, zeros.

One pass over the cues of a sentence; each look to the left or right is bounded, so the cost is linear in the number of cues.
"""

from dataclasses import replace
from typing import Final

from incidents.extraction.count_aboard import aboard
from incidents.extraction.count_fits import fits
from incidents.extraction.count_objects import after_being, number_before, objects, parts_before_among, parts_of
from incidents.extraction.count_scene import AFFECTED, SPEECH, Link, Scene
from incidents.extraction.count_subjects import act_groups, sentence_subject, state_groups, subjects, verb_groups
from incidents.extraction.count_tolls import tolls
from incidents.extraction.lexicons import sets
from incidents.extraction.numbers import Quantity
from incidents.extraction.outcomes import Cue
from incidents.extraction.people import Group
from incidents.extraction.tokens import Sentence
from incidents.extraction.values import WhoClass

SETS: Final = sets("outcome_word_sets")
COMPANY_REACH: Final = 16  # tokens from "killed" to "along with"
MORE_OF_THEM: Final = frozenset({"other", "further", "additional", "more", "new"})
GATHERING_NOUNS: Final = SETS["protester"]
A_CROWD: Final = 10  # fewer "protesters" are those of whom something is told
AFFECTED_PEOPLE: Final = frozenset(("hurt", "injured", "wounded", "killed", "harmed"))
ZERO_WORDS: Final = frozenset(("no", "without", "any", "neither"))
LIFE_VERBS: Final = SETS["life_verb"]


def links(
    sentence: Sentence, cues: list[Cue], quantities: list[Quantity], groups: list[Group], spoken: str | None = None
) -> list[Link]:
    """Return the statements of one sentence, each group once per outcome; `spoken` is the outcome counted just before it."""
    scene = Scene(sentence, cues, quantities, groups)
    found: list[Link] = []
    for position, cue in enumerate(cues):
        if not (scene.is_tool(cue) or _is_attribute(scene, cue) or _is_noun(scene, cue)):
            of_cue = _of_cue(scene, position, cue)
            if of_cue and scene.said_also(cue) and scene.word(cue.first) != "lost":  # another side's, not more of the same
                of_cue[0] = replace(of_cue[0], group=of_cue[0].group._replace(further=True))
            found += of_cue
    found += tolls(scene, found, spoken) + _zeros(scene) + _crowds(scene, found) + aboard(scene)
    # "two of the wounded" says what became of two, not how many there are
    found = [link for link in found if not (link.group.bare and link.group.part_of and link.outcome == "wounded")]
    return _with_suicides(scene, _without_mixed(scene, _unique(_without_broken_down(scene, found))))


def _without_broken_down(scene: Scene, found: list[Link]) -> list[Link]:
    """ "Of the 30 people hit, nine died and 21 were wounded": who was hit is told by what became of each."""
    if scene.word(0) != "of" or len(found) < 2:
        return found
    return [link for link in found if not (link.weak and link.group.first == 1)]


def _without_mixed(scene: Scene, found: list[Link]) -> list[Link]:
    """ "19 killed and injured" counts both together: how many of each is not said, but no more than all."""
    kept: list[Link] = []
    for link in found:
        other = {"killed": "wounded", "wounded": "killed"}.get(link.outcome)
        mixed = (
            (link.group.best or 0) > 1
            and not link.weak
            and any(
                one.outcome == other and not one.weak and one.group.first == link.group.first and _are_joined(scene, one, link)
                for one in found
            )
        )
        kept.append(replace(link, group=link.group._replace(low=None, best=None, high=link.group.best)) if mixed else link)
    return kept


def _are_joined(scene: Scene, one: Link, other: Link) -> bool:
    """Whether nothing but "and" or "or" stands between the words for two outcomes."""
    first, second = sorted((one, other), key=lambda link: link.cue_first)
    return second.cue_first - first.cue_last == 1 and scene.word(first.cue_last) in ("and", "or", "&")


def _with_suicides(scene: Scene, found: list[Link]) -> list[Link]:
    """Count who kills others "and then himself" beside those others."""
    kept: list[Link] = []
    for link in found:
        after = any(other.outcome == link.outcome == "killed" and not other.part for other in kept)
        if after and scene.word(link.group.last - 1) in ("himself", "herself", "self", "life"):
            link = replace(link, group=link.group._replace(further=True))
        kept.append(link)
    return kept


def _of_cue(scene: Scene, position: int, cue: Cue) -> list[Link]:
    """All readings of one cue, the surest first."""
    if scene.after_among(cue):
        return _linked(cue, after_being(scene, cue.last), part=True)
    if "suicide" in cue.kinds:
        group = Group(cue.first, cue.last, cue.last - 1, 1, 1, 1, single=True)
        return [] if scene.unreal(cue) else [Link(cue.outcome, group, cue.first, cue.last)]
    if "state" in cue.kinds:
        found = state_groups(scene, cue)
        if found:
            return _with_parts(scene, cue, [*found, *_accompanying(scene, cue)])
    if cue.kinds & {"verb", "weak"}:
        found = verb_groups(scene, position)
        if found and fits(scene, cue, found):
            return _with_parts(scene, cue, [*found, *_accompanying(scene, cue)])
    if "self" in cue.kinds:
        found = subjects(scene, position) or sentence_subject(scene, cue)
        if found and not scene.unreal(cue) and fits(scene, cue, found):
            return _with_parts(scene, cue, found)
    if "people" in cue.kinds:
        counted = _counted_noun(scene, cue)
        if counted:
            return counted
    if "act" in cue.kinds:
        found = act_groups(scene, cue)
        return _with_parts(scene, cue, found) if found and fits(scene, cue, found) else []
    return []


def _is_noun(scene: Scene, cue: Cue) -> bool:
    """Whether "the wounded" are people spoken of, not a thing told of anyone."""
    word = scene.word(cue.first)
    after = scene.tokens[cue.last].tag[:2] if cue.last < len(scene.tokens) else ""
    if word not in AFFECTED or scene.word(cue.first - 1) != "the" or scene.after_among(cue):
        return False
    return after not in ("NN", "JJ", "CD")


def _is_attribute(scene: Scene, cue: Cue) -> bool:
    """Whether it only describes somebody: "the jailed leader", "his detained brother"."""
    after = scene.tokens[cue.last].tag if cue.last < len(scene.tokens) else ""
    before = scene.word(cue.first - 1)
    return (
        cue.outcome == "captured"
        and "verb" in cue.kinds
        and before in ("the", "his", "her", "its", "their")
        and after[:2] in ("NN", "JJ")
    )


def _accompanying(scene: Scene, cue: Cue) -> list[Group]:
    """The people of "was killed at his home, along with two guards", before another verb."""
    for index in range(cue.last, min(cue.last + COMPANY_REACH, len(scene.sentence.tokens) - 2)):
        if scene.sentence.tokens[index].tag in ("VBD", "VBZ", "VBP", "MD"):
            return []
        if scene.word(index) in ("along", "together") and scene.word(index + 1) == "with":
            company = scene.starts.get(index + 2)
            return [company] if company else []
    return []


def _linked(cue: Cue, groups: list[Group], *, part: bool = False) -> list[Link]:
    weak = "weak" in cue.kinds
    counted = _without_uncounted(groups)
    together = [group if index == 0 or part else group._replace(further=True) for index, group in enumerate(counted)]
    return [Link(cue.outcome, group, cue.first, cue.last, part, weak=weak) for group in together]


def _without_uncounted(groups: list[Group]) -> list[Group]:
    """Groups with a figure. In "25 soldiers and fighters" the number counts both: the bare plural after it adds nobody."""
    countable = [group for group in groups if _countable(group)]
    numbered = [group for group in countable if group.best is not None or group.quantifier]
    return numbered or countable


def _countable(group: Group) -> bool:
    return group.low is not None or group.best is not None or group.high is not None


def _with_parts(scene: Scene, cue: Cue, groups: list[Group]) -> list[Link]:
    """The groups themselves, then "including three children" and "two of them" said of them, as parts."""
    parts = [part for group in groups for part in parts_of(scene, group)] + parts_before_among(scene, groups)
    whole = [group for group in groups if group not in parts]
    return _linked(cue, whole) + _linked(cue, parts, part=True)


def _counted_noun(scene: Scene, cue: Cue) -> list[Link]:
    """ "12 deaths", "no injuries", "the bodies of five men": the noun itself is counted."""
    tokens = scene.sentence.tokens
    word = tokens[cue.last - 1].lower
    if word == "lives" and not any(token.lower in LIFE_VERBS for token in tokens[max(0, cue.first - 5) : cue.first]):
        return []
    if cue.last < len(tokens) and tokens[cue.last].lower == "of" and word in ("body", "bodies", "corpse", "corpses"):
        groups = objects(scene, cue.last + 1)
        number = number_before(scene, cue.first)
        if len(groups) == 1 and groups[0].best is None and number is not None:  # "28 bodies of villagers"
            groups = [groups[0]._replace(low=number.low, best=number.best, high=number.high, quantifier=number.quantifier)]
        if groups:
            return _with_parts(scene, cue, groups)
    quantity = number_before(scene, cue.first)
    if quantity is not None and quantity.best == 0 and quantity.further:
        return []
    if quantity is None:
        if word in ("body", "corpse") and cue.first and tokens[cue.first - 1].lower in ("a", "an"):
            return [Link(cue.outcome, scene.bare(Quantity(cue.first - 1, cue.last, cue.first - 1, 1, 1, 1)), cue.first, cue.last)]
        return []
    return [Link(cue.outcome, scene.bare(quantity), cue.first, cue.last)]


def _zeros(scene: Scene) -> list[Link]:
    """ "no casualties", "there were no reports of injuries", "without causing casualties"."""
    tokens = scene.sentence.tokens
    found: list[Link] = []
    for token in tokens:
        of_life = token.lower == "life" and scene.word(token.index - 2) == "loss" and scene.word(token.index - 1) == "of"
        anyone = token.lower in AFFECTED_PEOPLE and scene.word(token.index - 1) in ("being", "was", "were", "been")
        anyone = anyone and not {"anyone", "anybody"}.isdisjoint(scene.sentence.lowers[max(0, token.index - 3) : token.index])
        if token.lower not in ("casualties", "injuries", "fatalities", "victims", "losses") and not (of_life or anyone):
            continue
        before = [other.lower for other in tokens[max(0, token.index - 7) : token.index]]
        if not any(word in ZERO_WORDS for word in before) or ("any" in before and not scene.negated(token.index)):
            continue
        if not MORE_OF_THEM.isdisjoint(before[-2:]):  # "no further casualties": beside those told of
            continue
        outcomes = {"fatalities": ["killed"], "life": ["killed"]}.get(token.lower, ["killed", "wounded"])
        first = token.index - before[::-1].index(next(word for word in before[::-1] if word in ZERO_WORDS)) - 1
        civilians = token.index > 0 and tokens[token.index - 1].lower == "civilian"
        noun = token.index - 1 if civilians else token.index + 1
        side: WhoClass = "civilian" if civilians else "unknown"
        group = Group(first, token.index + 1, noun, 0, 0, 0, who_class=side, bare=not civilians)
        found += [Link(outcome, group, token.index, token.index + 1) for outcome in outcomes]
    return found


def _crowds(scene: Scene, found: list[Link]) -> list[Link]:
    """ "5,000 protesters", of whom nothing else is told, took part."""
    if GATHERING_NOUNS.isdisjoint(scene.sentence.lowers):
        return []
    told = {link.group.first for link in found}
    crowds = [group for group in scene.groups if scene.word(group.last - 1) in GATHERING_NOUNS and group.first not in told]
    return [
        Link("participants", group, group.last - 1, group.last)
        for group in crowds
        if (group.best or group.low or 0) >= A_CROWD
        and scene.word(group.last) not in SPEECH
        and group.last not in scene.cue_starts
    ]


def _unique(found: list[Link]) -> list[Link]:
    """Each group once per outcome; a group that is killed is not also wounded by the weaker reading of "shot"."""
    killed = {link.group.first for link in found if link.outcome == "killed" and not link.weak}
    told = {link.group.first for link in found if link.outcome != "participants"}
    seen: set[tuple[str, int]] = set()
    kept: list[Link] = []
    for link in found:
        key = (link.outcome, link.group.first)
        if (
            key in seen
            or (link.weak and link.group.first in killed)
            or (link.outcome == "participants" and link.group.first in told)
        ):
            continue
        seen.add(key)
        kept.append(link)
    return kept
