"""One statement of the lexicon is met in every grammatical form, and words of violence that mean something else are not met."""

import pytest

from incidents.extraction import tagging, triggers
from incidents.extraction.acts import FILES, acts
from incidents.extraction.lexicons import FOLDER
from incidents.extraction.parties import parties_of
from incidents.extraction.tokens import Sentence, tokenize
from incidents.extraction.values import FAMILY_OF, Document


def sentence_of(text: str) -> Sentence:
    reading = tokenize(Document("t", "", text))
    tagging.tag(reading)
    return reading.sentences[0]


def words(sentence: Sentence, first: int, last: int) -> str:
    return " ".join(token.text for token in sentence.tokens[first:last])


@pytest.mark.parametrize(
    ("text", "voice", "agent", "patient"),
    [
        ("Rebels bombed the depot on Monday.", "active", "Rebels", "the depot"),
        ("The depot was bombed by rebels on Monday.", "passive", "rebels", "The depot"),
        ("The bombing of the depot by rebels was the third this year.", "nominal", "rebels", "the depot"),
        ("The rebels who bombed the depot escaped.", "active", "The rebels", "the depot"),
        ("The army's bombing of the depot went on.", "nominal", "The army", "the depot"),
    ],
)
def test_one_statement_has_every_form(text: str, voice: str, agent: str, patient: str) -> None:
    sentence = sentence_of(text)
    trigger = triggers.find(sentence)[0]
    parties = parties_of(sentence, trigger)
    assert (trigger.act.type, trigger.voice) == ("bombing", voice)
    assert parties.agent
    assert words(sentence, parties.agent.first, parties.agent.last) == agent
    assert parties.patient
    assert words(sentence, parties.patient.first, parties.patient.last) == patient


def test_a_phrase_with_a_gap_is_one_act() -> None:
    trigger = triggers.find(sentence_of("Armed men took nine tourists hostage near the lake."))[0]
    assert trigger.act.type == "hostage_taking"


@pytest.mark.parametrize(
    "text",
    [
        "He had a heart attack on Sunday.",
        "The senate killed the bill on Monday.",
        "A fire at the mill was put out by noon.",
        "Talks will begin in March.",
        "Police questioned the bombing suspect again.",
        "The company released its figures.",
    ],
)
def test_other_senses_are_not_acts(text: str) -> None:
    assert triggers.find(sentence_of(text)) == []


def test_every_statement_names_a_type_of_the_vocabulary() -> None:
    kinds = {sense.act.type for senses in acts().values for sense in senses}
    assert kinds <= set(FAMILY_OF)
    assert all((FOLDER / f"{name}.toml").is_file() for name in FILES)


def test_every_strength_is_one_of_four() -> None:
    strengths = {sense.act.strength for senses in acts().values for sense in senses}
    assert strengths == {"strong", "plain", "weak", "support"}
