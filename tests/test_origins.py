"""Copies of one report share one origin."""

from datetime import date, timedelta

import pytest

from incidents.origins import agency_of, are_copies, assign_origin, bands_of
from sources.models import Article
from tests.factories import make_article, make_source

WIRE = (
    "DAKAR (Coast Wire) - Gunmen on motorbikes attacked a market town in the east of the country on Tuesday and burned the "
    "grain stores, residents said. At least eleven people were killed, among them two members of a village guard who had "
    "fired warning shots from the mosque's roof. The attackers left towards the border before soldiers came. A nurse at the "
    "clinic said that most of the wounded had been carried in on carts and that there was no fuel for the ambulance. The "
    "defence ministry promised to send a second company to the district, which has seen four such raids since the harvest."
)
OTHER = (
    "Traders in the eastern market town counted their dead on Wednesday. A union official put them at fourteen and said the "
    "raiders had come for the money of the cattle buyers, who sleep in the town before market day. Schools stayed closed. "
    "Officials in the capital had spoken of eleven. A column of soldiers was seen on the road at noon, and women were "
    "leaving with their children for the county seat, a day's walk away, where a church has opened its hall to them."
)


@pytest.mark.parametrize(
    ("copy", "same"),
    [
        (WIRE, True),
        ("New headline words here\n\n" + WIRE, True),
        (WIRE.replace("eleven", "12").replace("DAKAR (Coast Wire) - ", ""), True),
        (" ".join(WIRE.split()[: len(WIRE.split()) // 2]), True),
        (OTHER, False),
        (OTHER + " " + WIRE[:120], False),
    ],
)
def test_copies(copy: str, same: bool) -> None:
    assert are_copies(WIRE, copy) is same
    assert are_copies(copy, WIRE) is same
    if same:
        assert set(bands_of(WIRE)) & set(bands_of(copy))


def test_short_texts_are_copies_only_where_they_are_the_same() -> None:
    assert are_copies("Two soldiers were hurt near Gao.", "two soldiers were hurt near gao")
    assert not are_copies("Two soldiers were hurt near Gao.", "Two soldiers were hurt near Kidal.")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (WIRE, "Coast Wire"),
        ("KABUL, Jan 3 (Hill Press) — A bomb went off.", "Hill Press"),
        ("A bomb went off.\n\nSource: Hill Press", "Hill Press"),
        ("A bomb (a small one) went off.", ""),
    ],
)
def test_agency_credit(text: str, agency: str) -> None:
    assert agency_of(text) == agency


def stored(text: str, source: str, day: date = date(2023, 4, 4)) -> Article:
    return make_article(text, source=make_source(source), bands=bands_of(text), published_on=day, origin=None)


@pytest.mark.django_db
def test_copies_share_an_origin_and_others_do_not() -> None:
    first = assign_origin(stored(WIRE, "Gulf Wire"))
    assert first.agency == "Coast Wire"
    assert assign_origin(stored(WIRE.replace("eleven", "12"), "Levant Daily", date(2023, 4, 5))) == first
    assert assign_origin(stored(OTHER, "Northern Post")) != first


@pytest.mark.django_db
def test_the_same_words_much_later_are_a_report_of_their_own() -> None:
    first = assign_origin(stored(WIRE, "Gulf Wire"))
    assert assign_origin(stored(WIRE, "Levant Daily", date(2023, 4, 4) + timedelta(days=300))) != first


@pytest.mark.django_db
def test_assigning_again_changes_nothing() -> None:
    article = stored(WIRE, "Gulf Wire")
    first = assign_origin(article)
    article.refresh_from_db()
    assert assign_origin(article) == first
