"""Where an act happened, told from the words that tie a place to it."""

import pytest

from incidents.extraction.places import place_of, stated_place
from incidents.extraction.tagging import tag
from incidents.extraction.tokens import Reading, tokenize
from incidents.extraction.toponyms import find
from incidents.extraction.values import Document, PlaceValue


def reading_of(text: str, title: str = "") -> Reading:
    reading = tokenize(Document("x", title, text))
    tag(reading)
    return reading


def place(text: str, act: str, title: str = "") -> PlaceValue | None:
    reading = reading_of(text, title)
    for sentence in reading.sentences:
        for token in sentence.tokens:
            if token.text == act:
                return place_of(reading, sentence.index, token.index, find(reading))
    raise AssertionError(f"{act} is not in the text")


@pytest.mark.parametrize(
    ("text", "act", "name", "precision"),
    [
        ("A bomb exploded in Mosul on Monday.", "exploded", "Mosul", "settlement"),
        ("The Kabul bombing killed six.", "bombing", "Kabul", "settlement"),
        ("Gunmen attacked Tikrit at dawn.", "attacked", "Tikrit", "settlement"),
        ("Two men were arrested in Helmand province.", "arrested", "Helmand", "adm1"),
        ("Shelling hit Ghwayran overnight.", "Shelling", "Ghwayran", "site"),
        ("A raid took place in north-western Syria.", "raid", "north-western Syria", "area"),
        ("Soldiers were killed in Somalia.", "killed", "Somalia", "country"),
        ("A tanker was attacked in the Gulf of Aden.", "attacked", "Gulf of Aden", "sea"),
        ("An official in Washington said a strike killed ten in Idlib.", "killed", "Idlib", "settlement"),
        ("The London man was shot dead in Lagos.", "shot", "Lagos", "settlement"),
        ("U.S. air strikes hit Raqqa.", "strikes", "Raqqa", "settlement"),
        ("Police said the Baghdad-based group attacked Basra.", "attacked", "Basra", "settlement"),
    ],
)
def test_the_place_of_the_act_is_found(text: str, act: str, name: str, precision: str) -> None:
    found = place(text, act)
    assert found is not None
    assert (found.name.split(",")[0], found.precision) == (name, precision)


@pytest.mark.parametrize(
    ("text", "radius"),
    [
        ("A bomb exploded 20 miles west of Kirkuk.", 32.2),
        ("A bomb exploded 30 kilometers from Kirkuk.", 30.0),
        ("A bomb exploded ten km south of Kirkuk.", 10.0),
        ("A bomb exploded near Kirkuk.", 25.0),
        ("A bomb exploded on the outskirts of Kirkuk.", 10.0),
    ],
)
def test_near_a_place_is_a_circle_around_it(text: str, radius: float) -> None:
    found = place(text, "exploded")
    assert found is not None
    assert (found.precision, found.radius_km) == ("near", radius)
    assert found.lat == pytest.approx(35.47, abs=0.1)
    assert found.span is not None
    assert text[found.span.start : found.span.end].endswith("Kirkuk")


def test_a_border_is_an_area() -> None:
    found = place("Troops clashed on the border with Chad.", "clashed")
    assert found is not None
    assert (found.country, found.precision) == ("TD", "area")


def test_a_phrase_names_its_province() -> None:
    text = "A combined force held two men in Shinkai district, Zabul province, on Sunday."
    found = place(text, "held")
    assert found is not None
    assert found.name == "Shinkai district, Zabul province"
    assert found.span is not None
    assert text[found.span.start : found.span.end] == found.name
    assert (found.country, found.admin1, found.country_name) == ("AF", "Zabul", "Afghanistan")


def test_what_the_sentence_leaves_out_the_lead_supplies() -> None:
    text = "A car bomb went off in Baqubah on Friday. The cause is not known.\n\nNine people were killed, a doctor said."
    found = place(text, "killed")
    assert found is not None
    assert found.name.startswith("Baqubah")


def test_a_country_gives_way_to_the_place_in_it_that_the_lead_names() -> None:
    found = place("Gunmen stormed a school in Kankara.\n\nIt was the worst attack in Nigeria this year.", "attack")
    assert found is not None
    assert found.name.startswith("Kankara")


def test_a_part_of_a_country_keeps_its_own_side() -> None:
    text = "Fighting went on in Hasakah.\n\nA raid in north-western Syria killed a commander."
    found = place(text, "raid")
    assert found is not None
    assert found.name == "north-western Syria"


def test_a_capital_in_a_dateline_says_no_more_than_the_country() -> None:
    found = place("KABUL, Afghanistan (Agency) -- Insurgents were killed on Monday.", "killed")
    assert found is not None
    assert (found.country, found.precision) == ("AF", "country")


def test_a_dateline_in_capitals_is_written_as_elsewhere() -> None:
    found = place("MAIDUGURI, May 16 - A bomb killed three traders at a market on Tuesday, police said.", "bomb")
    assert found
    assert found.name == "Maiduguri, Borno"


def test_an_adjective_alone_gives_the_country() -> None:
    found = place("Somali police arrested nine people.", "arrested")
    assert found is not None
    assert (found.country, found.precision) == ("SO", "country")


def test_an_unlisted_village_is_placed_by_its_province_only() -> None:
    found = place("Rebels shelled the village of Qurzeldin in Idlib province.", "shelled")
    assert found is not None
    assert found.name.startswith("Qurzeldin")
    assert (found.precision, found.country) == ("adm1", "SY")


def test_nothing_is_invented_where_no_place_is_named() -> None:
    assert place("Nine people were killed.", "killed") is None


def test_only_what_the_sentence_states_is_stated() -> None:
    reading = reading_of("A bomb went off in Homs.\n\nNine people were killed.")
    mentions = find(reading)
    assert stated_place(reading, 1, 3, mentions) is None
    assert stated_place(reading, 0, 2, mentions) is not None
