"""Who did it and with what, weighed among all whom an article names; who says so; what lowers the confidence."""

from datetime import date

import pytest

from incidents.extraction import Document, read, record_json
from incidents.extraction.candidates import parties_named, weapons_named
from incidents.extraction.reading import happenings
from incidents.extraction.role_signs import CLEARED, Scene
from incidents.extraction.roles import WEIGHTS, probability
from incidents.extraction.values import Actor, Event

TODAY = date(2023, 5, 17)


def main_event(text: str) -> Event:
    return read(Document("t", "", text, TODAY)).events[0]


def doers(text: str) -> list[Actor]:
    return [actor for actor in main_event(text).actors if actor.role == "perpetrator"]


def candidates(text: str) -> dict[str, int]:
    """How often each party of a text is named, by its key."""
    reading, clusters = happenings(Document("t", "", text, TODAY))
    found = parties_named(reading, [mention for cluster in clusters for mention in cluster.mentions])
    return {candidate.key: len(candidate.spots) for candidate in found}


def test_a_known_group_is_one_candidate_under_all_its_names() -> None:
    text = "ISIS attacked a village near Sinjar on Monday. The Islamic State group killed three men. Daesh held the road."
    assert candidates(text)["islamic state"] == 3


def test_brackets_teach_the_acronym_of_a_body() -> None:
    text = "The Free Hills Movement (FHM) wants a state. On Monday the FHM burned a post near Tamu."
    assert candidates(text)["free hills movement"] == 2


def test_nobody_is_no_candidate() -> None:
    assert "group" not in candidates("A bomb killed two people in Quetta on Monday. No group claimed responsibility.")


def test_a_weapon_is_one_candidate_in_singular_and_plural() -> None:
    reading, _ = happenings(Document("t", "", "Two bombs went off in Quetta on Monday. The first bomb killed a guard.", TODAY))
    assert [(candidate.key, len(candidate.spots)) for candidate in weapons_named(reading)] == [("bomb", 2)]


def test_who_the_text_clears_did_not_do_it() -> None:
    text = "The army did not shoot the two herders in Isiolo on Tuesday."
    reading, clusters = happenings(Document("t", "", text, TODAY))
    scene = Scene(clusters, parties_named(reading, clusters[0].mentions))
    signs = next(
        own for one, own in zip(scene.candidates, scene.signs(clusters[0], "shooting"), strict=True) if one.key == "army"
    )
    assert CLEARED in signs
    assert probability("perpetrator", signs) == 0


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("A bomb killed four people in Kirkuk on Monday. Islamic State claimed responsibility for the attack.", "Islamic State"),
        ("The army blamed Boko Haram for the ambush that killed nine soldiers near Dikwa on Monday.", "army"),
        ("Gunmen of Boko Haram killed nine loggers near Dikwa on Monday.", None),
    ],
)
def test_who_says_who_did_it(text: str, claimant: str | None) -> None:
    assert doers(text)[0].claimant == claimant


def test_a_denial_is_kept_with_the_accusation() -> None:
    text = "Police blamed Hamas for the blast that killed two men in Rafah on Monday. Hamas denied any involvement."
    record = record_json(read(Document("t", "", text, TODAY)))
    assert [actor["denied"] for actor in record["events"][0]["actors"] if actor["name"] == "Hamas"] == [True]


def test_what_nobody_could_verify_is_less_sure() -> None:
    text = "Rebels killed nine soldiers in an ambush near Goma on Monday, a priest said."
    doubted = f"{text} The report could not be independently verified."
    assert main_event(doubted).confidence < main_event(text).confidence


def test_the_weights_stay_small() -> None:
    assert WEIGHTS.stat().st_size < 200_000
