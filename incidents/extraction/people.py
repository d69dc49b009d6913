"""Groups of people in a sentence: counted ("five soldiers"), single ("a policeman"), named, pronouns. No outcome is read here."""

import re
from typing import Final, NamedTuple

from incidents.extraction.lexicons import classes, rows, words
from incidents.extraction.numbers import UNITS, Quantity
from incidents.extraction.per_word import PerWord
from incidents.extraction.tokens import Sentence, Token
from incidents.extraction.values import WhoClass

WHO_CLASSES: Final[dict[str, WhoClass]] = {
    "unknown": "unknown",
    "civilian": "civilian",
    "security_force": "security_force",
    "armed_group": "armed_group",
    "captive": "captive",
}
TITLES: Final = words("person_titles")
WORDS: Final = classes("person_group_words")
PARTICLES: Final = frozenset(word for word, kind in WORDS.items() if kind == "name_particle")
SINGULAR_PRONOUNS: Final = frozenset({"him", "himself", "herself", "self", "he", "she"})
PLURAL_PRONOUNS: Final = frozenset({"them", "whom", "they", "those"})
MODIFIER_TAGS: Final = frozenset({"JJ", "NN", "NNP", "NNPS", "VBN", "JJR", "JJS", "CD", "NNS", "POS", "VBG"})
COMPOUND_HEADS: Final = frozenset(
    {"police", "forces", "security", "family", "army", "women", "children", "personnel", "troops", "prisoners"}
)
AGES: Final = words("person_ages")
BETWEEN: Final = frozenset(("of", '"', "“"))  # a number and the noun it counts
LONGEST_GROUP: Final = 12  # tokens between a number and the noun it counts


def _nouns() -> dict[str, tuple[WhoClass, bool]]:
    """Noun -> side and whether it is plural. A noun listed under two sides keeps the first that is known."""
    found: dict[str, tuple[WhoClass, bool]] = {}
    for side, forms in rows("person_nouns"):
        for form in forms.split():
            found.setdefault(form.lstrip("+").lower(), (WHO_CLASSES[side], form.startswith("+")))
    return found


NOUNS: Final = _nouns()


def _endings() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    found: dict[str, list[str]] = {}
    for kind, listed in rows("person_endings"):
        found.setdefault(kind, []).extend(listed.split())
    return tuple(found["singular"]), tuple(found["plural"]), frozenset(found["exception"])


SINGULAR_ENDINGS, PLURAL_ENDINGS, NOT_PEOPLE = _endings()


AGED: Final = re.compile(r"\d{1,3}-year-old(s?)")


def noun_of(token: Token) -> tuple[WhoClass, bool] | None:
    """The side and number of a noun for people: a listed one, or one that its ending gives away ("interpreters")."""
    known = NOUNS.get(token.lower)
    if known is None and token.lower[0].isdigit() and (aged := AGED.fullmatch(token.lower)):
        return "unknown", aged[1] == "s"
    if known is not None or token.tag not in ("NN", "NNS") or len(token.lower) < 6 or token.lower in NOT_PEOPLE:
        return known
    if "-" in token.lower and (token.lower.startswith(("al-", "el-", "ez-")) or token.lower.rsplit("-", 1)[1] in NOT_PEOPLE):
        return None
    if token.tag == "NNS" and token.lower.endswith(PLURAL_ENDINGS):
        return "unknown", True
    return ("unknown", False) if token.tag == "NN" and token.lower.endswith(SINGULAR_ENDINGS) else None


class Group(NamedTuple):
    """People named together: tokens `first` up to, not including, `last`. `noun` is where the words for who they are begin."""

    first: int
    last: int
    noun: int
    low: int | None
    best: int | None
    high: int | None
    quantifier: str | None = None
    who_class: WhoClass = "unknown"
    definite: bool = False  # "the soldiers", "he": people the text has spoken of
    single: bool = False
    name: bool = False
    bare: bool = False  # a number without a noun
    further: bool = False  # "another two"
    part_of: bool = False  # "three of the attackers", "two of them"
    possessive: bool = False  # "the man's"
    whole: int | None = None  # 20, of "three of the 20 students"


def find_people(sentence: Sentence, quantities: list[Quantity], *, surnames: frozenset[str] = frozenset()) -> list[Group]:
    """Return the groups of people from left to right, not overlapping."""
    tokens = sentence.tokens
    ends = {quantity.last: quantity for quantity in quantities}
    found: list[Group] = []
    floor = 0
    for index in [token.index for token in tokens if token.tag in NAMING_TAGS or MAY_NAME_PEOPLE[token.text]]:
        if index >= floor and (group := _group_at(sentence, index, floor, ends, surnames)):
            if found and _is_owner_of_counted(tokens, found[-1], group):
                group = _of_owner(group, found.pop())
            found.append(_with_partitive(tokens, group, ends))
            floor = group.last
    return found


def _may_name_people(text: str) -> bool:
    """Whether a word may stand for people whatever its tag is."""
    word = text.lower()
    listed = word in NOUNS or word in SINGULAR_PRONOUNS or word in PLURAL_PRONOUNS or word == "her" or word in ONE_MORE
    return listed or text[0].isupper() or AGED.fullmatch(word) is not None


ORDINALS: Final = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
ONE_MORE: Final = ORDINALS | {"another"}
MAY_NAME_PEOPLE: Final = PerWord(_may_name_people)
NAMING_TAGS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))


def _group_at(sentence: Sentence, index: int, floor: int, ends: dict[int, Quantity], surnames: frozenset[str]) -> Group | None:
    token = sentence.tokens[index]
    word = token.lower
    if word in SINGULAR_PRONOUNS or (word == "her" and token.tag == "PRP"):
        return Group(index, index + 1, index, 1, 1, 1, definite=not word.endswith("self"), single=True)
    if word in PLURAL_PRONOUNS:
        return Group(index, index + 1, index, None, None, None, definite=True)
    if word in ONE_MORE:
        return _one_more(sentence, index, floor)
    noun = noun_of(token)
    if noun is not None and _is_head(sentence, index, plural=noun[1]):
        return _noun_group(sentence, index, floor, ends, noun)
    if sentence.case == "normal" and _is_demonym(sentence, index, ends):
        plural = word.endswith(("s", "ese"))
        return _noun_group(sentence, index, floor, ends, ("unknown", plural))
    if sentence.case == "normal" and token.tag[:3] == "NNP" and word not in NOUNS:
        return _name_group(sentence, index, surnames)
    return None


def _one_more(sentence: Sentence, index: int, floor: int) -> Group | None:
    """One person more than those told of, without a noun: "a fifth died of his wounds", "and another was hurt"."""
    tokens = sentence.tokens
    first = index if tokens[index].lower == "another" else index - 1
    if first < floor or (first < index and tokens[first].lower not in ("a", "an")):
        return None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    of_them = first == index and after is not None and after.lower == "of"  # "another of the wounded"
    if (
        after is not None
        and not of_them
        and (after.lower in NOT_ONE or after.tag not in AFTER_ONE or _describes(tokens, index + 1))
    ):
        return None
    return Group(first, index + 1, index + 1, 1, 1, 1, single=True, bare=True, further=True)


NOT_ONE: Final = frozenset(("of", "were", "are", "have", "than", "or"))  # "a fifth of the town", "a third were women"
AFTER_ONE: Final = frozenset(("VBD", "VBZ", "VBN", "MD", "IN", "CC", "RB", "JJ", ",", ".", ":"))


def _describes(tokens: list[Token], index: int) -> bool:
    """Whether the word at `index` belongs to a noun after it: "another wounded man"."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].tag in ("VBN", "JJ") and after is not None and after.tag[:2] in ("NN", "JJ", "CD")


DEMONYM: Final = re.compile(r"[A-Z]\w+(?:ians?|eans?|[a-z]ans?|ese|is?|ards?|men|women)")


def _is_demonym(sentence: Sentence, index: int, ends: dict[int, Quantity]) -> bool:
    """Whether a capitalised word names people by their country: "a Colombian", "two Israelis", no noun after it."""
    tokens = sentence.tokens
    token = tokens[index]
    if not (token.text[0].isupper() and index and DEMONYM.fullmatch(token.text)) or WORDS.get(token.lower) == "not_a_name":
        return False
    counted = index in ends or tokens[index - 1].lower in ("a", "an", "another")
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return counted and (
        after is None or not (after.tag.startswith(("NN", "JJ", "CD")) or after.text[0].isupper() or "-" in after.text)
    )


def _is_head(sentence: Sentence, index: int, *, plural: bool) -> bool:
    """Whether a noun for people stands for people here, not before another noun ("police station", "student union")."""
    tokens = sentence.tokens
    if index + 1 == len(tokens):
        return True
    following, word = tokens[index + 1], tokens[index].lower
    if following.lower in NOUNS and following.tag[:2] in ("NN", "JJ") and not plural:
        return False
    compound = not plural or word in COMPOUND_HEADS
    if sentence.case != "normal" or not compound:
        return not (word in COMPOUND_HEADS and following.lower in NOUNS)
    if following.tag in ("NN", "NNS") and following.lower[-2:] not in ("ed", "ot"):
        return False
    return not (following.tag[:3] == "NNP" and word in COMPOUND_HEADS)


def _noun_group(sentence: Sentence, head: int, floor: int, ends: dict[int, Quantity], noun: tuple[WhoClass, bool]) -> Group:
    """The group headed by the noun at `head`: its modifiers, number and determiner before it, a name after it."""
    tokens = sentence.tokens
    side, plural = noun
    first = head
    while first > floor and head - first < LONGEST_GROUP and first not in ends and _modifies(tokens, first - 1, head):
        first -= 1
    side = _side_of(tokens, first, head, side)
    last = _name_end(sentence, head + 1) if not plural and sentence.case == "normal" else head + 1
    possessive = last < len(tokens) and tokens[last].tag == "POS"
    group = Group(first, last, first, None, None, None, who_class=side, possessive=possessive, name=last > head + 1)
    quantity = ends.get(first)
    if quantity is None and first - 1 in ends and tokens[first - 1].lower in BETWEEN:  # "dozens of people", '50 "terrorists"'
        quantity = ends[first - 1]
    if quantity is not None and quantity.first >= floor:
        return _counted(sentence, group, quantity, floor)
    size = _size_in_words(tokens, group, head, plural=plural)
    if size is not None:
        words = [token.lower for token in tokens[head + 1 : head + 3]]
        last = head + 3 if words[:1] == ["of"] and UNITS.get(words[-1]) == size else group.last  # "a family of five"
        sized = _determined(sentence, group, floor, plural=False)
        return sized._replace(last=max(last, group.last), low=size, best=size, high=size, single=False)
    determined = _determined(sentence, group, floor, plural=plural)
    if tokens[head].lower in GATHERINGS and not group.name:  # "his family": more than one, how many is not said
        return determined._replace(low=2, best=None, high=None, single=False)
    return determined


def _counted(sentence: Sentence, group: Group, quantity: Quantity, floor: int) -> Group:
    """The group with its number; a determiner before the number ("the two", "her three") belongs to it too."""
    tokens = sentence.tokens
    start = quantity.first
    kind = WORDS.get(tokens[start - 1].lower) if start > floor else None
    more = any(token.lower in ("other", "more", "additional", "others") for token in tokens[group.first : group.last])
    return group._replace(
        first=start - 1 if kind in ("determiner", "possessive") else start,
        definite=kind == "determiner" and tokens[start - 1].lower != "that",  # "said that six people"
        low=quantity.low,
        best=quantity.best,
        high=quantity.high,
        quantifier=quantity.quantifier,
        single=quantity.best == 1,
        further=quantity.further or more,
    )


SIZE: Final = re.compile(r"(\w+)-(?:man|member|person|strong|woman|people)")
GATHERINGS: Final = frozenset({"family", "group", "team", "crew", "gang", "squad", "unit", "band"})


def _size_in_words(tokens: list[Token], group: Group, head: int, *, plural: bool) -> int | None:
    """The number inside "a six-man crew", "a family of five", "a couple" and "twin sisters"."""
    for token in tokens[group.first : head]:
        match = SIZE.fullmatch(token.lower)
        size = UNITS.get(match[1]) if match else None
        if match and (size is not None or match[1].isdigit()):
            return size if size is not None else int(match[1])
    word = tokens[head].lower
    if word in ("couple", "twins", "twin") or (plural and any(token.lower == "twin" for token in tokens[group.first : head])):
        return 2  # "twin sisters"
    if word in GATHERINGS and head + 2 < len(tokens) and tokens[head + 1].lower == "of":
        return UNITS.get(tokens[head + 2].lower)
    return None


def _determined(sentence: Sentence, group: Group, floor: int, *, plural: bool) -> Group:
    """Read the determiner of a group without a number: "a policeman" is one, "policemen" two or more."""
    tokens = sentence.tokens
    before = tokens[group.first - 1].lower if group.first > floor else ""
    kind = WORDS.get(before)
    if kind == "possessive":
        first = group.first - 1
        return group._replace(first=first, low=2) if plural else group._replace(first=first, low=1, best=1, high=1, single=True)
    if plural:
        if kind == "determiner":
            return group._replace(first=group.first - 1, definite=True)
        if before in ("no", "any"):
            return group
        return group._replace(low=2)
    if kind == "indefinite":
        return group._replace(
            first=group.first - 1, low=1, best=1, high=1, single=True, further=_is_further(tokens, group, before)
        )
    if kind == "determiner":
        return group._replace(first=group.first - 1, low=1, best=1, high=1, single=True, definite=True)
    owned = any(token.tag == "POS" for token in tokens[group.first : group.last])
    if (
        group.name
        or owned
        or sentence.case != "normal"
        or sentence.in_title
        or tokens[group.first].tag == "NN"
        or group.first == 0
    ):
        return group._replace(low=1, best=1, high=1, single=True)
    return group


def _is_further(tokens: list[Token], group: Group, before: str) -> bool:
    """Whether a single person is one more than those counted before: "another man", "a third man"."""
    return before == "another" or tokens[group.first].lower in ORDINALS


def _modifies(tokens: list[Token], index: int, head: int) -> bool:
    token = tokens[index]
    if token.lower in ("including", "killed", "killing", "wounding", "being", "left", "leaving", "used"):
        return False
    if token.lower == "dead" and index and tokens[index - 1].lower in ("shot", "shoot", "shoots", "shooting"):
        return False
    if token.tag == "POS":
        return True
    if token.lower in ("and", "or") and index > 0 and index + 1 < head:
        pair = (tokens[index - 1], tokens[index + 1])
        return all(other.tag in ("JJ", "NNP", "NN") and other.lower not in NOUNS for other in pair)
    if token.tag in ("VBN", "VBG") and index > 0:
        return tokens[index - 1].tag in ("DT", "CD", "JJ", "PRP$")
    return token.tag in MODIFIER_TAGS


def _side_of(tokens: list[Token], first: int, head: int, side: WhoClass) -> WhoClass:
    """Take the side of "members", "leaders" and the like from the words beside them ("Taliban leader", "members of the army")."""
    belonging = [token.lower for token in tokens[head + 1 : head + 4]]
    after = (2, 3) if belonging[:2] == ["of", "the"] else (1, 2) if belonging[:1] == ["of"] else ()
    for index in (*(head + 1 + step for step in after if step < len(belonging)), *range(head - 1, first - 1, -1)):
        word = tokens[index].lower
        known = NOUNS.get(word) or NOUNS.get(word + "s") or SIDE_WORDS.get(word)
        if known is not None and known[0] != "unknown" and (side == "unknown" or word in ("suspected", "captured")):
            return known[0]
    return side


SIDE_WORDS: Final[dict[str, tuple[WhoClass, bool]]] = {
    word: (WHO_CLASSES[side], False) for side, listed in rows("person_sides") for word in listed.split()
}


def _name_group(sentence: Sentence, index: int, surnames: frozenset[str]) -> Group | None:
    """A person's name: after a title, of two or more capitalised words, or a surname the text has introduced."""
    tokens = sentence.tokens
    last = _name_end(sentence, index)
    if last == index or any(WORDS.get(token.lower) == "not_a_name" for token in tokens[index:last]):
        return None
    if last < len(tokens) and noun_of(tokens[last]) is not None:
        return None  # "the Kabul Attack Network facilitator": the name belongs to the noun
    titled = (index > 0 and tokens[index - 1].lower in TITLES) or tokens[index].lower in TITLES
    if not titled and last - index < 2 and tokens[index].text not in surnames:
        return None
    if index > 0 and tokens[index - 1].lower == "the":
        return None
    first = index - 1 if index > 0 and tokens[index - 1].lower in TITLES else index
    possessive = last < len(tokens) and tokens[last].tag == "POS"
    known = last - index == 1 and tokens[index].text in surnames
    return Group(first, last, first, 1, 1, 1, definite=known, single=True, name=True, possessive=possessive)


def _name_end(sentence: Sentence, index: int) -> int:
    """The end of the run of capitalised words at `index`, particles such as "bin" or "de la" inside it."""
    tokens = sentence.tokens
    last = position = index
    while position < len(tokens) and position - index < LONGEST_GROUP:
        token = tokens[position]
        if token.tag[:3] == "NNP" and token.text[0].isupper() and token.tag != "POS":
            last = position + 1
        elif not (position > index and token.lower in PARTICLES):
            break
        position += 1
    return last


POSSESSIVES: Final = frozenset(word for word, kind in WORDS.items() if kind == "possessive")


def _is_owner_of_counted(tokens: list[Token], owner: Group, group: Group) -> bool:
    """Whether a number before an owner is of what he owns: "two of the mayor's" before "guards"."""
    number_of = owner.possessive and owner.noun > owner.first and tokens[owner.first + 1].lower == "of"
    return number_of and owner.best is not None and owner.last == group.first and tokens[group.first].tag == "POS"


def _of_owner(group: Group, owner: Group) -> Group:
    return group._replace(first=owner.first, low=owner.low, best=owner.best, high=owner.high, quantifier=owner.quantifier)


def _with_partitive(tokens: list[Token], group: Group, ends: dict[int, Quantity]) -> Group:
    """Take "three of" in front of "the attackers" or "them": a part of people spoken of."""
    if (
        group.first < 2
        or not (group.definite or tokens[group.first].lower in POSSESSIVES)
        or tokens[group.first - 1].lower != "of"
    ):
        return group
    quantity = ends.get(group.first - 1)
    if quantity is None:
        return group
    figures = group._replace(first=quantity.first, low=quantity.low, best=quantity.best, high=quantity.high)
    return figures._replace(
        quantifier=quantity.quantifier,
        part_of=tokens[group.first].lower not in POSSESSIVES,
        single=quantity.best == 1,
        definite=False,
        whole=group.best if not group.single and (group.best or 0) > (quantity.best or 0) else None,
    )
