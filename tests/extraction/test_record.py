"""The record keeps to the contract: keys, offsets, order, language, and no failure whatever the text holds."""

import json
from datetime import date

import pytest

from incidents.extraction import Document, read, record_json

TEXT = "Gunmen attacked a bank in Quetta on Monday. Three guards were killed, police said."
TITLE = "Three guards killed in attack on bank"


def test_every_span_holds_its_words() -> None:
    record = record_json(read(Document("a", TITLE, TEXT, date(2023, 5, 17))))
    assert record["relevant"]
    for event in record["events"]:
        values = [*event["actors"], *event["counts"], *event["weapons"], *event["evidence"], event["date"], event["place"]]
        for value in values:
            text = TITLE if value.get("in") == "title" else TEXT
            start, end = value["span"]
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()


def test_a_place_stands_where_it_is_said_though_its_full_name_stands_elsewhere() -> None:
    text = (
        "Nobody had expected it in Huanta town in Ayacucho province, Peru.\n\n"
        "On Monday rebels invaded a village 7 km northeast of Huanta, and attacked the guards, killing two men."
    )
    places = [event.place for event in read(Document("a", "", text, date(2023, 5, 17))).events]
    assert places
    for place in places:
        assert place is not None
        assert place.span is not None
        assert "Huanta" in text[place.span.start : place.span.end]


def test_the_words_for_a_count_hold_its_number() -> None:
    text = "Gunmen killed a family of five at their farm near Kano on Monday, police said."
    counts = [count for event in read(Document("a", "", text, date(2023, 5, 17))).events for count in event.counts]
    assert [(count.best, text[count.span.start : count.span.end]) for count in counts] == [(5, "killed a family of five")]


def test_keys_of_the_contract() -> None:
    record = record_json(read(Document("a", TITLE, TEXT, date(2023, 5, 17))))
    assert {"id", "relevant", "events", "toponyms", "extractor", "version", "language"} <= set(record)
    event = record["events"][0]
    assert {
        "type",
        "stage",
        "background",
        "confidence",
        "date",
        "place",
        "actors",
        "counts",
        "totals",
        "weapons",
        "evidence",
    } <= set(event)
    assert {"earliest", "latest", "precision", "basis", "span"} <= set(event["date"])
    assert 0 <= event["confidence"] <= 1
    json.dumps(record)


def test_nothing_is_dated_without_a_day_to_count_from() -> None:
    record = read(Document("a", TITLE, TEXT.replace("on Monday", "on Jan. 20"), None))
    value = record.events[0].date
    assert value is None or (value.earliest is None and value.month_day == (1, 20))


def test_other_languages_are_marked_and_left_unread() -> None:
    spanish = "Hombres armados atacaron un banco en la ciudad de Cali y mataron a tres guardias, según la policía que los busca."
    record = read(Document("a", "", spanish, date(2023, 5, 17)))
    assert (record.language, record.relevant, record.events) == ("es", False, ())
    arabic = "هاجم مسلحون مصرفا في المدينة يوم الاثنين وقتلوا ثلاثة حراس"
    assert read(Document("a", "", arabic, None)).language == "ar"


@pytest.mark.parametrize(
    "text", ["", " \n", "\x00\x01", "💣" * 50, "A" * 5000, "bomb " * 3000, "(" * 2000, "killed , " * 2000, "attack * dead"]
)
def test_no_text_makes_it_fail(text: str) -> None:
    assert read(Document("a", "", text, None)).id == "a"
