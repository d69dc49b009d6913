"""What was planned, tried, foiled, threatened, denied or only supposed is not told as done."""

from datetime import date

import pytest

from incidents.extraction import Document, read, stages, tagging, triggers
from incidents.extraction.tokens import tokenize


def reality_of(text: str) -> stages.Reality:
    reading = tokenize(Document("t", "", text))
    tagging.tag(reading)
    sentence = reading.sentences[0]
    trigger = triggers.find(sentence)[0]
    cues = stages.cues_of(sentence)
    return stages.reality(sentence, trigger.first, trigger.last, cues, noun=trigger.voice == "nominal")


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Gunmen attacked a bus on Monday.", "accomplished"),
        ("Gunmen tried to kidnap a bishop on Monday.", "attempted"),
        ("Two brothers had plotted to bomb a train.", "planned"),
        ("Police foiled an attack on a church.", "foiled"),
        ("The rebels threatened to attack the dam.", "threatened"),
    ],
)
def test_stage(text: str, stage: str) -> None:
    found = reality_of(text)
    assert found.stage == stage
    assert found.real


@pytest.mark.parametrize(
    "text",
    [
        "The army denied an attack on the village.",
        "There was no attack on the embassy.",
        "The rebels could attack the town again.",
        "If they attack the town, the army will answer.",
        "He is suspected of directing bombings in the valley.",
    ],
)
def test_what_did_not_happen_is_not_real(text: str) -> None:
    assert not reality_of(text).real


def test_the_stage_reaches_the_event() -> None:
    text = "Police said on Tuesday they had foiled a plot to bomb a train and arrested three men with explosives."
    record = read(Document("t", "Police foil bomb plot", text, date(2023, 5, 17)))
    assert any(event.stage in ("foiled", "planned") for event in record.events)
