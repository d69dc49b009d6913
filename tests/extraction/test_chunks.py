"""Noun and verb groups: what can be told from the words side by side."""

import pytest

from incidents.extraction.chunks import VerbGroup, noun_groups, verb_groups
from incidents.extraction.tagging import tag
from incidents.extraction.tokens import Sentence, tokenize
from incidents.extraction.values import Document


def sentence(text: str) -> Sentence:
    reading = tokenize(Document("1", "", text))
    tag(reading)
    return reading.sentences[0]


def words(of: Sentence, first: int, last: int) -> str:
    return " ".join(token.text for token in of.tokens[first:last])


def test_noun_groups_have_heads() -> None:
    one = sentence("The two young soldiers guarded a bridge in northern Mali.")
    groups = noun_groups(one)
    assert [words(one, group.first, group.last) for group in groups] == ["The two young soldiers", "a bridge", "northern Mali"]
    assert [one.tokens[group.head].text for group in groups] == ["soldiers", "bridge", "Mali"]
    assert [group.plural for group in groups] == [True, False, False]
    assert groups[2].name


def test_of_and_apposition_are_attached() -> None:
    one = sentence("The commander of the brigade met Ali Omar, the governor.")
    commander, brigade, person, governor = noun_groups(one)
    groups = noun_groups(one)
    assert commander.of == groups.index(brigade)
    assert person.apposition == groups.index(governor)


def verb(text: str) -> VerbGroup:
    return verb_groups(sentence(text))[0]


@pytest.mark.parametrize(
    ("text", "tense", "passive", "negated"),
    [
        ("The army attacked the town.", "past", False, False),
        ("The town was attacked.", "past", True, False),
        ("The town has been attacked.", "present_perfect", True, False),
        ("The town had been attacked.", "past_perfect", True, False),
        ("The town was not attacked.", "past", True, True),
        ("The army will attack the town.", "future", False, False),
        ("The army could attack the town.", "conditional", False, False),
    ],
)
def test_verb_groups(text: str, tense: str, passive: bool, negated: bool) -> None:
    found = verb(text)
    assert (found.tense, found.passive, found.negated) == (tense, passive, negated)


def test_what_might_be_is_hypothetical() -> None:
    assert verb("The town might be attacked.").hypothetical
    assert not verb("The town was attacked.").hypothetical
