"""Looks to the right of an outcome cue: the people it is done to, lists of them, and the parts told of after them."""

from typing import Final

from incidents.extraction.count_scene import ADVERB_TAGS, AUXILIARIES, REACH, SPEECH, Scene
from incidents.extraction.numbers import Quantity
from incidents.extraction.people import Group

LONGEST_APPOSITION: Final = 22  # tokens
FEWEST: Final = 3  # people that a phrase such as "scores of deaths" may count
HUNDREDS: Final = 200
QUOTES: Final = frozenset(('"', "“", "”"))
PLACING: Final = frozenset(("at", "in", "near", "outside", "inside"))  # what has a name after them is a place


def after_being(scene: Scene, index: int) -> list[Group]:
    """Groups after "were", "included" and the like, at most six tokens on."""
    for position in range(index, min(index + 6, len(scene.tokens))):
        if scene.word(position) in ("was", "were", "is", "are", "included", "include", "includes"):
            return objects(scene, position + 1)
    before = group_before_being(scene, index)
    return [before] if before else []


def group_before_being(scene: Scene, index: int) -> Group | None:
    """The group in "three children were among the dead", `index` being after "dead"."""
    for position in range(index - 2, max(-1, index - 7), -1):
        if scene.word(position) in ("was", "were", "is", "are"):
            at = position - 1 if scene.word(position - 1) in ("also",) else position
            return scene.group_until(at)
    return None


def objects(scene: Scene, index: int) -> list[Group]:
    """Groups from `index` on: "two soldiers, a child and three others", adverbs stepped over, appositions left out."""
    while index < len(scene.tokens) and index not in scene.starts and index not in scene.number_starts:
        token = scene.tokens[index]
        if token.tag not in ADVERB_TAGS and token.lower not in ("up", '"', "”"):  # '"murdering" two men'
            break
        index += 1
    group = scene.group_from(index) or _described_name(scene, index)
    if group is not None and group.possessive:  # "kills officer's son"
        group = scene.starts.get(group.last) or scene.starts.get(group.last + 1)
    if group is None or group.possessive:
        return []
    if scene.word(group.first) == "them" and group.best is None:
        group = next((other for other in reversed(scene.groups) if other.last <= index and _may_be_meant(scene, other)), group)
    named = scene.starts.get(group.last)
    if named is not None and named.name and group.best is None and not group.name:  # "soldiers Juan Rey and Luis Paz"
        group = named
    found = [group]
    while (following := _next_in_list(scene, found[-1])) is not None:
        if _is_office_of(scene, found[-1], following):
            found.pop()
        found.append(following)
    return found


def _is_office_of(scene: Scene, office: Group, person: Group) -> bool:
    """Whether two nouns joined are one person's: "Senator and presidential candidate Ana Paz"."""
    bare = office.single and not (office.name or office.definite) and office.first == office.noun
    described = person.single and person.first == person.noun and scene.tokens[person.last - 1].tag[:3] == "NNP"
    return bare and described and scene.word(office.last) == "and"


def _may_be_meant(scene: Scene, group: Group) -> bool:
    """Whether "them" may be this group: several people, who are not the ones that speak."""
    return (group.best or 0) > 1 and scene.word(group.last) not in SPEECH


def _described_name(scene: Scene, index: int) -> Group | None:
    """A person's name behind a description in small letters: "political analyst Sani Bello"."""
    for position in range(index, min(index + 4, len(scene.tokens))):
        group = scene.starts.get(position)
        if group is not None:
            return group if group.name else None
        if scene.tokens[position].tag not in ("NN", "JJ"):
            return None
    return None


def _after_phrase(scene: Scene, index: int) -> int:
    """Step over "of the Haqqani network", "reportedly known as Carlos" and the like, where a list goes on after it."""
    named = scene.word(index) in ("reportedly", "identified", "known", "named")
    if not named and scene.word(index) not in ("of", "from", "in", "with", "at"):
        return index
    for position in range(index + 1, min(index + 8, len(scene.tokens))):
        if scene.word(position) in ("and", ",", ";"):
            return position
        tag = scene.tokens[position].tag[:2]
        inside = tag in (("NN", "VB", "IN", "RB") if named else ("NN", "DT", "JJ", "PO", "PR")) or scene.word(position) == "of"
        if not inside or (position in scene.starts and not named):
            break
    return index


def _next_in_list(scene: Scene, group: Group) -> Group | None:
    phrase = after_apposition(scene, group)
    index = scene.aside_end(_after_phrase(scene, phrase))
    index += scene.word(index) in QUOTES
    link = scene.word(index)
    if link not in (",", ";", "and", "or", "&", "plus") and not (link == "as" and scene.word(index + 1) == "well"):
        return None
    index += 3 if link == "as" else 1
    listed = link in (",", ";")
    if listed and scene.word(index) in ("and", "as"):
        index += 1 if scene.word(index) == "and" else 3
        listed = False
    if scene.word(index) == "of" and not listed:  # "the murder of the judge and of his driver"
        index += 1
    following = scene.group_from(index) or (None if listed else _described_name(scene, index))
    if following is None or following.possessive or _has_own_predicate(scene, following):
        return None
    if listed and link == "," and following.name != group.name and group.single:
        return None
    if following.name and scene.word(phrase) in PLACING:
        return None
    return following


def after_apposition(scene: Scene, group: Group) -> int:
    """Where the text goes on after a name's age and description: ", 34", ", leader of the miners' union"."""
    index = group.last
    if scene.word(index) == "," and scene.word(index + 1).isdigit() and len(scene.word(index + 1)) <= 2:
        index += 2
    if not (group.single and group.name and scene.word(index) == ",") or scene.tokens[index + 1 : index + 2] == []:
        return index
    if scene.tokens[index + 1].tag not in ("DT", "NN", "JJ"):
        return index
    for position in range(index + 2, min(index + LONGEST_APPOSITION, len(scene.tokens) - 2)):
        if scene.word(position) == "," and scene.word(position + 1) == "and":
            return position
        if scene.tokens[position].tag[:2] in ("VB", "MD", "WP") or scene.word(position) in (";", "and"):
            break
    return index


def _has_own_predicate(scene: Scene, group: Group) -> bool:
    if group.last in scene.cue_starts:
        return True
    after = scene.tokens[group.last] if group.last < len(scene.tokens) else None
    return after is not None and (AUXILIARIES.get(after.lower) in ("be", "have") or after.tag in ("VBD", "VBZ", "VBP", "MD"))


def parts_of(scene: Scene, group: Group) -> list[Group]:
    """Groups after "including" or "among them", and "two of them", said of this group."""
    index = group.last
    for position in range(index, min(index + REACH, len(scene.tokens))):
        word = scene.word(position)
        if word in ("including", "include", "included") or _among_them(scene, position):
            step = 1 if word != "among" else 2
            return objects(scene, position + step)
        if (some := _some_of_them(scene, position)) is not None:
            return [some]
        if word in (".", ";", "while", "when", "but") or (position in scene.cue_starts and position > index + 3):
            break
    return []


def _some_of_them(scene: Scene, index: int) -> Group | None:
    """ "four of them brothers", "two of whom were officers": some of the people told before, and what they are."""
    some = scene.starts.get(index)
    if some is None or not some.part_of or scene.word(some.last - 1) not in ("them", "whom"):
        return None
    kind = scene.starts.get(some.last + (scene.word(some.last) in ("was", "were")))
    if kind is None or kind.first == some.first or kind.last in scene.cue_starts or (kind.best or 1) > 1:
        return None
    return some._replace(last=kind.last, noun=kind.noun, who_class=kind.who_class)


def parts_before_among(scene: Scene, groups: list[Group]) -> list[Group]:
    """The last groups of "13 people, six children and four women among them"."""
    if len(groups) == 1 or not groups or not _among_them(scene, groups[-1].last):
        return []
    for number in range(1, len(groups)):
        before, after = (sum(group.best or group.low or 0 for group in some) for some in (groups[:number], groups[number:]))
        if scene.word(groups[number].first - 1) == "," and after <= before:
            return groups[number:]
    return []


def _among_them(scene: Scene, index: int) -> bool:
    return scene.word(index) == "among" and scene.word(index + 1) in ("them", "whom")


def number_before(scene: Scene, index: int) -> Quantity | None:
    """The number that counts the noun at `index`, adjectives between them."""
    for position in range(index, max(-1, index - 4), -1):
        quantity = scene.number_ends.get(position)
        if quantity is not None:
            return quantity if scene.is_people(quantity) else None
        before = scene.tokens[position - 1] if position else None
        if before is not None and before.lower == "of" and (dozens := scene.number_ends.get(position - 1)) is not None:
            return dozens if FEWEST <= (dozens.low or 0) < HUNDREDS else None  # "dozens of bodies", of one happening
        if before is None or before.tag[:2] not in ("JJ", "NN"):
            return None
    return None
