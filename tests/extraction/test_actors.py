"""Who did it, to whom, under which name, with the words that say so."""

from datetime import date

import pytest

from incidents.extraction import Document, read
from incidents.extraction.aliases import canonical
from incidents.extraction.values import Event

TODAY = date(2023, 5, 17)


def main_event(text: str, title: str = "") -> Event:
    return read(Document("t", title, text, TODAY)).events[0]


def names(event: Event, role: str) -> list[str]:
    return [actor.name for actor in event.actors if actor.role == role]


def test_perpetrator_and_victim_of_a_passive() -> None:
    event = main_event("The mayor of the town was shot dead by masked men on Tuesday. Two guards were wounded.")
    assert "masked men" in names(event, "perpetrator")


def test_how_many_there_are_is_no_part_of_the_name() -> None:
    event = main_event("At least 84 Coastal Front fighters attacked a prison in Hasakah on Monday and killed nine guards.")
    assert "Coastal Front fighters" in names(event, "perpetrator")


def test_every_actor_shows_in_the_text() -> None:
    text = "Gunmen of Boko Haram attacked a school in Maiduguri on Monday and killed two teachers."
    for actor in main_event(text).actors:
        assert actor.name in text[actor.span.start : actor.span.end]


def test_a_claim_of_responsibility_names_the_doer() -> None:
    text = "A bomb killed four people at a market in Kirkuk on Monday. Islamic State claimed responsibility for the attack."
    event = main_event(text)
    assert event.type in ("bombing", "attack")
    assert "Islamic State" in names(event, "perpetrator")


def test_the_rebels_are_the_only_group_the_article_names() -> None:
    text = "Rebels attacked a police post near Goma on Monday and killed two officers. The M23 attacked the same post in April."
    assert {"Rebels", "M23"} <= set(names(main_event(text), "perpetrator"))


@pytest.mark.parametrize("alias", ["ISIS", "ISIL", "Daesh", "the Islamic State group", "Islamic State"])
def test_aliases_are_one_actor(alias: str) -> None:
    assert canonical(alias) == "Islamic State"


def test_is_alone_is_a_verb() -> None:
    text = "A BOMB IS REPORTED TO HAVE KILLED FOUR PEOPLE IN QUETTA ON MONDAY."
    assert "Islamic State" not in [canonical(name) for name in names(main_event(text), "perpetrator")]


def test_a_security_force_against_militants_is_no_perpetrator() -> None:
    event = main_event("The army killed nine militants in a gun battle near Mosul on Monday.")
    assert names(event, "perpetrator") == []
    assert any("army" in name for name in names(event, "security_force"))
