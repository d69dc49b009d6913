"""Looks to the left of an outcome cue: its subject across phrases, parentheses, lists and relative clauses."""

from typing import Final

from incidents.extraction.count_objects import LONGEST_APPOSITION, PLACING, QUOTES, after_apposition, objects
from incidents.extraction.count_scene import ADVERB_TAGS, AUXILIARIES, PARTICIPLES, REACH, SPEECH, WISHED, Scene
from incidents.extraction.outcomes import Cue
from incidents.extraction.people import AGES, WORDS, Group


def verb_groups(scene: Scene, position: int) -> list[Group]:
    """The people a transitive cue happens to: its objects, or its subject where it is passive."""
    cue = scene.cues[position]
    start, passive, any_aux = scene.aux_start(cue.first)
    none = scene.word(start - 1) in ("one", "nobody") or scene.word(start - 1) == "none"
    if scene.unreal(cue):
        return []
    form = scene.word(cue.first)
    if not passive:
        found = objects(scene, cue.last)
        if found and found[0].last in scene.cue_starts and _is_counted_before(scene, found[0], scene.group_until(cue.first)):
            found = []  # "15 killed 20 injured"
        if not found and scene.word(cue.last) in ("and", "or"):
            found = _shared_objects(scene, cue.last + 1)
        if found and not (none and any_aux):
            return found
        if any_aux or (cue.last - cue.first == 1 and not form.endswith("ed") and form not in PARTICIPLES):
            return []
    found = subjects(scene, position)
    if not found and not passive and cue.last in scene.number_starts:
        return objects(scene, cue.last)
    return found


def _shared_objects(scene: Scene, index: int) -> list[Group]:
    """The people of the verb at `index`, for the one before it: "killed or wounded ten men", "killed and robbed two men"."""
    second = scene.cue_starts.get(index)
    if second is not None:
        return objects(scene, second.last)
    return (
        objects(scene, index + 1) if index < len(scene.tokens) and scene.tokens[index].tag in ("VBD", "VBN", "VBG", "VBZ") else []
    )


def _is_counted_before(scene: Scene, following: Group, before: Group | None) -> bool:
    """Whether a headline's participle counts the people before it, those after it being the next participle's."""
    if before is None or following.bare:
        return before is not None
    victims = before.best is not None and before.who_class in ("unknown", "civilian")
    return victims and following.best is not None and scene.sentence.in_title | (scene.sentence.index == 1)


LEFT_WITH: Final = frozenset(("left", "leaves", "leaving", "leave", "treated", "treating", "treats"))


def state_groups(scene: Scene, cue: Cue) -> list[Group]:
    """People in a state: "five dead", "left five people dead", "five people were found dead", "two wounded soldiers"."""
    if any(group.last == cue.last and group.first < cue.first for group in scene.groups) or _is_sentence(scene, cue):
        return []
    inside = next((group for group in scene.groups if group.first < cue.first and cue.last < group.last), None)
    if inside is not None:
        return [inside] if inside.best is not None and not inside.definite and not inside.single else []
    start, passive, any_aux = scene.aux_start(cue.first)
    group = scene.group_until(start if not any_aux else cue.first)
    if scene.word(cue.first) == "with" and (group is None or scene.word(group.first - 1) not in LEFT_WITH):
        return []  # "left a student with cuts"
    if group is not None and group.name and WORDS.get(scene.word(group.first - 1)) == "preposition":
        return []
    if group is not None and not any_aux and not group.possessive and (group.best is not None or group.low is not None):
        return coordinated(scene, whole_of_part(group))
    return subject_at(scene, start - 1) if passive and not scene.unreal(cue) else []


def _is_sentence(scene: Scene, cue: Cue) -> bool:
    """ "sentenced to death" is a court's word, not a killing."""
    return scene.word(cue.first) == "to" and any(
        token.lower.startswith(("sentenc", "condemn", "put")) for token in scene.tokens[max(0, cue.first - 8) : cue.first]
    )


def subjects(scene: Scene, position: int) -> list[Group]:
    """The subject of a cue: the group before its auxiliaries, across phrases, parentheses and relative pronouns."""
    cue = scene.cues[position]
    start, _, any_aux = scene.aux_start(cue.first)
    shared = _shared_subject(scene, position, start)
    if shared is not None:
        return shared
    participle = not any_aux and start == cue.first and "verb" in cue.kinds
    return subject_at(scene, start - 1, nearest=participle)


def sentence_subject(scene: Scene, cue: Cue) -> list[Group]:
    """The single person who opens the sentence, for "who shot himself and died"; nobody where another may be meant."""
    start, _, _ = scene.aux_start(cue.first)
    opening = next((group for group in scene.groups if group.first <= 6 and not group.possessive), None)
    if opening is None or opening.last > cue.first:
        return []
    if scene.word(start - 1) not in ("and", "before", "later", "but"):
        convict = cue.outcome == "escaped" and scene.word(opening.last) in ("convicted", "accused", "suspected", "jailed")
        return [opening] if convict and opening.single else []
    fled = cue.outcome == "escaped" and opening.who_class == "captive"  # "four inmates sawed through the bars and got away"
    return [opening] if opening.single or fled else []


def _shared_subject(scene: Scene, position: int, start: int) -> list[Group] | None:
    """ "was kidnapped and later killed": the second verb takes the first one's subject."""
    if scene.word(start - 1) not in ("and", "or", "then", "but") and scene.word(start - 2) not in ("and", "or", "then"):
        return None
    link = start - 1 if scene.word(start - 1) in ("and", "or", "then", "but") else start - 2
    if link == start - 2 and scene.group_until(start) is not None:  # "four were killed and eight freed"
        return None
    earlier = scene.cue_ends.get(link if scene.word(link - 1) != "," else link - 1)
    if earlier is None or earlier >= position:
        return None
    return verb_groups(scene, earlier) if scene.cues[earlier].kinds & {"verb", "weak"} else subjects(scene, earlier)


def subject_at(scene: Scene, index: int, *, nearest: bool = False) -> list[Group]:
    """The group that ends at token `index`, or the one that the words ending there belong to.

    Before "who", and with `nearest` set (a participle right after its noun), the group itself is meant where it has a number.
    """
    limit = max(-1, index - REACH)
    relative = False
    while index > limit:
        group = scene.group_until(index + 1)
        group = _whole_of(scene, group) if group is not None else None
        if group is not None and (relative or (nearest and group.best is not None)):
            return coordinated(scene, whole_of_part(group) if nearest else group)
        if group is not None:
            outer = _holder(scene, group)
            return coordinated(scene, outer) if outer is not None else _before_who(scene, group.first)
        step = _step_left(scene, index)
        if step is None:
            return _before_who(scene, index + 1) or _before_participle(scene, index + 1)
        relative = scene.word(index) in ("who", "that", "which")
        index = step
    return []


def whole_of_part(group: Group) -> Group:
    """ "the 20 students" of "three of the 20 students abducted on Monday", to all of whom that happened."""
    if group.whole is None:
        return group
    return group._replace(low=group.whole, best=group.whole, high=group.whole, quantifier=None, part_of=False, single=False)


def _whole_of(scene: Scene, part: Group) -> Group:
    """The group that "including three children" or "mostly children" is said of; the group itself where it is no such part."""
    is_second = scene.word(part.first - 1) == "and"  # "including two women and a child"
    paired = scene.group_until(part.first - 1) if is_second else None
    before = (paired or part).first - 1
    if scene.word(before) in ("including", "mostly", "mainly"):
        before -= scene.word(before - 1) == ","
    elif not (scene.sentence.in_title and part.best is not None and scene.word(part.last - 1) in AGES):
        return part  # only headlines leave the word out: "15 civilians 3 children killed"
    else:
        before += 1
    whole = scene.group_until(before)
    return whole if whole is not None and not whole.possessive and (whole.best or 0) > (part.best or 0) else part


def _before_participle(scene: Scene, index: int) -> list[Group]:
    """The group of "a boy shot outside a club on Friday has died", "two of the men held were freed": right before another cue."""
    for position in range(index - 1, max(0, index - 14), -1):
        group = scene.ends.get(position)
        if position in scene.cue_starts and group is not None and (group.single or group.part_of) and not group.possessive:
            return [group]
    return []


def _holder(scene: Scene, group: Group) -> Group | None:
    """The group that a phrase belongs to: "five members" in "five members of the family"; None where it is not people."""
    for _ in range(4):
        preposition = scene.word(group.first - 1)
        if WORDS.get(preposition) != "preposition" or group.first < 2 or preposition == "after":  # "after four were killed"
            return group
        outer = scene.group_until(group.first - 1)
        if outer is None:
            noun = scene.word(group.first - 2)
            if preposition == "of" and WORDS.get(noun) == "collective":
                return group
            if preposition == "by":
                return None
            return group if preposition == "with" else _holder_left(scene, group)
        group = outer
    return group


def _before_who(scene: Scene, index: int) -> list[Group]:
    """The group that "who", a little to the left of `index`, speaks of: its clause is stepped over."""
    for position in range(index - 1, max(0, index - 12), -1):
        if scene.word(position) == "who":
            group = scene.group_until(position - 1 if scene.word(position - 1) == "," else position)
            return [group] if group is not None else []
    return []


def _holder_left(scene: Scene, group: Group) -> Group | None:
    """Across "in a car with three men" to the group before it, where only nouns lie between."""
    index = group.first - 2
    while index > 0 and scene.tokens[index].tag[:2] in ("NN", "DT", "JJ", "CD", "PO", "PR"):
        index -= 1
    if WORDS.get(scene.word(index)) != "preposition":
        return None if scene.word(group.first - 1) == "of" else group
    return scene.group_until(index)


def _step_left(scene: Scene, index: int) -> int | None:
    """One step of a look to the left over what may stand between a subject and its verb; None where the look must end."""
    token = scene.tokens[index]
    if token.text in (",", ")", "]", "—", "--", "-"):
        return _before_parenthesis(scene, index)
    if token.text in QUOTES:
        return index - 1
    if token.lower in ("who", "that", "which"):
        return index - 2 if scene.word(index - 1) == "," else index - 1
    if token.lower in AUXILIARIES or token.tag in ADVERB_TAGS or scene.is_time(token):
        return index - 2 if scene.word(index - 1) == "on" else index - 1
    position = index
    while position >= 0 and index - position < 10 and _is_nominal(scene, position):
        position -= 1
    if position < index and WORDS.get(scene.word(position)) == "preposition":
        return position - 1
    return None


def _is_nominal(scene: Scene, position: int) -> bool:
    token = scene.tokens[position]
    return token.tag[:2] in ("NN", "DT", "JJ", "CD", "PO", "PR") or token.text in QUOTES


def _before_parenthesis(scene: Scene, index: int) -> int | None:
    """The token before the comma or bracket that opens what closes at `index`, a finite verb only in a clause with "who"."""
    closing = scene.tokens[index].text
    opening = {")": "(", "]": "["}.get(closing, closing)
    for position in range(index - 1, max(-1, index - REACH), -1):
        if scene.tokens[position].text == opening:
            before = position - 1
            is_age = scene.word(before).isdigit() and scene.word(before - 1) == ","
            return before - 2 if is_age else before
        if closing == "," and _is_finite(scene, position) and not _is_relative(scene, position):
            return None
    return None


def _is_finite(scene: Scene, position: int) -> bool:
    token = scene.tokens[position]
    return token.tag in ("VBD", "VBZ", "VBP", "MD") and token.lower not in AUXILIARIES


def _is_relative(scene: Scene, position: int) -> bool:
    """Whether "who" or "whom" opens the clause that a verb stands in, right after the comma before it."""
    for before in range(position - 1, max(-1, position - 6), -1):
        if scene.word(before) in ("who", "whom", "whose", "which", "that"):
            return True
        if scene.word(before) == ",":
            return False
    return False


NOT_LISTED: Final = frozenset(("by", "to", "from"))  # "figures compiled by the monitor, two men were killed"


def coordinated(scene: Scene, group: Group) -> list[Group]:
    """The group with those joined to it on its left: "five soldiers, a child and two women"."""
    found = [group]
    for _ in range(12):
        index = found[0].first - 1
        kind = scene.ends.get(index + 1)
        if kind is not None and found[0].name and kind.best is None and not kind.single:  # "soldiers Juan Rey and Luis Paz"
            index = kind.first - 1
        if scene.word(index) not in ("and", "or", ",", ";") and scene.word(index - 1) != "well":
            break
        if [scene.word(index - 2), scene.word(index - 1), scene.word(index)] == ["as", "well", "as"]:
            index -= 2
        listed = scene.word(index) in (",", ";")
        if not listed and scene.word(index - 1) in (",", ";"):
            index -= 1
        if not listed or scene.word(index) == ";":
            index = _before_apposition(scene, index)
        index = scene.aside_start(index)
        if scene.word(index - 1).isdigit() and scene.word(index - 2) == "," and len(scene.word(index - 1)) <= 2 and found[0].name:
            index -= 2
        if scene.word(index - 1) in QUOTES and scene.group_until(index) is None:  # '12 "terrorists" and two soldiers'
            index -= 1
        before = scene.group_until(index) or (_lone_name(scene, index - 1) if found[0].name else None)
        if (
            before is None
            or before.possessive
            or _is_object(scene, before)
            or (before.name and scene.word(before.first - 1) in PLACING)
            or (listed and before.name != found[0].name and before.single)
            or (listed and scene.word(before.first - 1) in NOT_LISTED)
        ):
            break
        found.insert(0, before)
    return found


def _lone_name(scene: Scene, index: int) -> Group | None:
    """One word that is a person's name beside whole ones: "Quispe, Isidoro Saune and Ana Paz"."""
    token, before = scene.tokens[index] if index >= 0 else None, scene.tokens[index - 1] if index > 0 else None
    if token is None or token.tag != "NNP" or len(token.text) < 3 or token.text.isupper() or scene.is_time(token):
        return None
    if before is not None and before.tag in ("NNP", "NNPS", "IN", "TO", "CD"):
        return None
    return Group(index, index + 1, index, 1, 1, 1, single=True, name=True)


def _before_apposition(scene: Scene, index: int) -> int:
    """Across "Ana Paz, leader of the miners' union, and": from the second comma to the end of the name where one stands there."""
    for position in range(index - 1, max(-1, index - LONGEST_APPOSITION), -1):
        group = scene.ends.get(position)
        if group is not None and group.name and after_apposition(scene, group) == index:
            return group.last
    return index


def _is_object(scene: Scene, group: Group) -> bool:
    """Whether a verb other than one of saying stands right before the group, which then is that verb's object."""
    before = scene.tokens[group.first - 1] if group.first else None
    if before is not None and (before.lower in SPEECH or before.lower in ("left", "leaving", "leaves", "leave")):
        return False
    return before is not None and (group.first in scene.cue_ends or before.tag in ("VBD", "VBG", "VBZ", "VBP", "VB"))


def _of_after(scene: Scene, index: int) -> int | None:
    """Where the "of" of a noun for an act stands: next to it, or after "in Guatemala", "during the past week"."""
    if scene.word(index) == "[":  # "the massacre [of six priests]": put in by who translated the text
        index += 1
    if scene.word(index) == "of":
        return index
    if scene.word(index) not in ("in", "during", "on", "at", "last", "yesterday"):
        return None
    for position in range(index + 1, min(index + 7, len(scene.tokens))):
        if scene.word(position) == "of":
            return position
        if scene.tokens[position].tag[:2] not in ("NN", "DT", "JJ", "CD"):
            return None
    return None


PEOPLED: Final = frozenset(("by", "involving"))  # "a protest by 300 students"


def act_groups(scene: Scene, cue: Cue) -> list[Group]:
    """ "the killing of five men", "the man's death"."""
    owner = scene.ends.get(cue.first - 1)
    if owner is not None and owner.possessive:
        return [owner]
    wished = any(token.lower in WISHED for token in scene.tokens[max(0, cue.first - 5) : cue.first])
    if wished and cue.outcome in ("released", "captured", "recaptured", "escaped"):
        return []
    of = cue.last if cue.outcome == "participants" and scene.word(cue.last) in PEOPLED else _of_after(scene, cue.last)
    if of is not None and not scene.unreal(cue):
        return objects(scene, of + 1)
    if scene.word(cue.first - 1) in ("his", "her") and scene.word(cue.first) not in ("arrest",):
        return [Group(cue.first - 1, cue.first, cue.first - 1, 1, 1, 1, definite=True, single=True)]
    return []
