"""Place names found, told from people and firms, and resolved, in sentences of our own."""

import pytest

from incidents.extraction.tagging import tag
from incidents.extraction.tokens import Reading, tokenize
from incidents.extraction.toponyms import ToponymMention, find, toponyms
from incidents.extraction.values import Document


def reading_of(text: str, title: str = "") -> Reading:
    reading = tokenize(Document("x", title, text))
    tag(reading)
    return reading


def mentions(text: str) -> list[ToponymMention]:
    return [mention for mention in find(reading_of(text)) if mention.is_toponym]


def names(text: str) -> list[str]:
    return [mention.name for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two shells landed in Hasakah on Monday.", ["Hasakah"]),
        ("The convoy left Baghdad for Basra.", ["Baghdad", "Basra"]),
        ("Clashes were reported in Azaz, Syria.", ["Azaz", "Syria"]),
        ("He drove from al-Hol to Deir ez-Zor.", ["al-Hol", "Deir ez-Zor"]),
        ("Rebels took the village of Qurzeldin on Friday.", ["Qurzeldin"]),
        ("A mortar fell on the Telmarg district of Mosul.", ["Telmarg", "Mosul"]),
        ("Farmers in Jowhar, Afgooye and Balad fled.", ["Jowhar", "Afgooye", "Balad"]),
        ("A Nairobi court freed the two men.", ["Nairobi"]),
        ("The Damascus-based group denied it.", ["Damascus"]),
        ("The blast was heard as far away as Gaza City.", ["Gaza City"]),
        ("Police in Dallas, TX, found the car.", ["Dallas", "TX"]),
        ("The fire burned in Laurel County.", ["Laurel County"]),
        ("The bus fell off a bridge on Highway 12 near Nakuru.", ["Highway 12", "Nakuru"]),
        ("Fighting moved closer to Lake Chad.", ["Lake Chad"]),
        ("Soldiers from the United States and Iraq trained together.", ["United States", "Iraq"]),
    ],
)
def test_places_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton gave a party on Saturday.",
        "Mr. Jordan said the talks had failed.",
        "The Washington Post reported the raid first.",
        "Michael Jordan left early, and Jordan did not return.",
        "The minister will speak in March.",
        "Dr. Lebanon Smith treated the wounded.",
        "Police said nobody was hurt.",
        "The Dallas Cowboys lost again.",
        "It was, he said, OK.",
        "Reading took up most of her evening.",
        "Officials spoke to Radio Baghdad.",
        "St. Paul's will hold a service.",
    ],
)
def test_people_papers_teams_and_words_are_not(text: str) -> None:
    assert names(text) == []


def test_an_adjective_with_an_ending_stays_an_adjective() -> None:
    found = find(reading_of("They crossed the Turkish-controlled strip near Afrin."))
    assert [(m.role, m.record is None) for m in found] == [("adjective", True), ("place", False)]


def test_adjectives_are_evidence_and_no_toponyms() -> None:
    found = find(reading_of("A Syrian officer met Turkish envoys in Hatay."))
    assert [(m.name, m.role) for m in found] == [("Syrian", "adjective"), ("Turkish", "adjective"), ("Hatay", "place")]
    assert [toponym.name for toponym in toponyms(found)] == ["Hatay"]


@pytest.mark.parametrize(
    ("text", "country", "admin1"),
    [
        ("The mayor of Tripoli spoke. Benghazi, also in Libya, was calm.", "LY", "Tripoli"),
        ("She lives in Tripoli. Her cousins are in Sidon and in Beirut, Lebanon.", "LB", "North Lebanon"),
        ("A man was shot in Athens, Ga., on Sunday.", "US", "Georgia"),
        ("Greek police closed a square in Athens.", "GR", "Attica"),
        ("Salvadoran troops searched San Miguel and Usulutan.", "SV", "San Miguel Department"),
    ],
)
def test_the_text_around_decides_which_place_is_meant(text: str, country: str, admin1: str) -> None:
    first = next(mention for mention in mentions(text) if mention.record and mention.record.kind == "settlement")
    assert first.record is not None
    assert (first.record.country, first.record.admin1) == (country, admin1)


def test_a_place_nobody_lists_has_no_coordinates() -> None:
    (found,) = mentions("Rebels took the village of Qurzeldin on Friday.")
    assert found.record is None
    (value,) = toponyms([found])
    assert (value.place_id, value.lat, value.lon) == (None, None, None)


def test_a_dateline_is_marked() -> None:
    found = mentions("HASAKAH, Syria (Agency) -- A bomb went off.")
    assert [(m.name, m.role) for m in found] == [("HASAKAH", "dateline"), ("Syria", "place")]
    assert found[0].within == 1


def test_spans_are_exact_even_after_emoji_and_combining_marks() -> None:
    text = "🔥🔥 Cafe\u0301 owners in São Paulo and in Qamishli’s centre closed."
    for mention in mentions(text):
        assert text[mention.span.start : mention.span.end] == mention.name
    assert names(text) == ["São Paulo", "Qamishli"]


def test_the_title_is_read_with_offsets_of_its_own() -> None:
    found = find(reading_of("Nobody was hurt.", title="Blast in Mosul"))
    assert [(m.name, m.span.in_title, m.span.start) for m in found] == [("Mosul", True, 9)]


@pytest.mark.parametrize("text", ["", "   ", "A" * 20_000, "In " * 5_000, "Hasakah " * 5_000, "\u202eSyria\u202c", "— – -"])
def test_any_input_is_borne(text: str) -> None:
    find(reading_of(text))


def test_capitals_alone_still_give_the_well_known_places() -> None:
    assert names("TROOPS ENTERED SYRIA ON MONDAY, OFFICIALS IN ANKARA SAID.") == ["SYRIA", "ANKARA"]


def test_another_transliteration_is_known_where_its_country_is_named() -> None:
    (found, _) = mentions("Afghan police found a cache in the Tarin Kwowt district of Uruzgan.")
    assert found.record is not None
    assert (found.record.name, found.record.country) == ("Tarinkot", "AF")
    (unplaced,) = mentions("Police found a cache in the Tarin Kwowt district.")
    assert unplaced.record is None
