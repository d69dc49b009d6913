"""The whole engine on long, repetitive text: cost in proportion to length, an end to what is read, a record that says so."""

import gc
import time
from datetime import date

import pytest

from incidents.extraction import Document, read, record_json
from incidents.extraction.reading import LONGEST_TEXT
from tests.extraction.cases.loading import load_cases

REPORT = "Gunmen killed 12 people, including three children, in Kano on Tuesday, police said, and 30 others were wounded. "
REPEATED = {
    "report": REPORT,
    "toll that grows": "Two more people died in the bombing in Mosul, bringing the toll to 19, officials said on Monday. ",
    "names": "Ali Hassan and Maria Lopez were shot dead near Homs, Syria, and in Hama by the Islamic State. ",
    "triggers without an end": "bombing attack killed shot ",
    "places": "Paris, Texas, Homs, Hama, Mosul, Kano, ",
    "days": "on Monday, May 3, 2016, yesterday, two weeks ago, ",
    "captives": "Gunmen kidnapped Ana Paz in Cali on Monday. Ana Paz was murdered later, after she was kidnapped. ",
    "of the same": "the attack ",
}


def seconds(text: str) -> float:
    start = time.process_time()
    read(Document("1", "", text, date(2020, 1, 8)))
    return time.process_time() - start


@pytest.mark.parametrize("name", REPEATED)
def test_cost_is_bounded(name: str) -> None:
    """80 KB within 100 ms of processor time a kilobyte, five times what they take or more; a quadratic stage takes minutes.

    The best of three tries counts: whatever else the machine does can slow one, never speed one up.
    """
    text = (REPEATED[name] * 3000)[:80_000]
    assert any(seconds(text) < 80 * 0.1 for _ in range(3))


def test_five_million_characters_are_read_from_the_beginning() -> None:
    text = REPORT + "It rained. " * 450_000
    record = read(Document("1", "Attack in Kano", text, date(2020, 1, 8)))
    assert record.truncated
    assert record_json(record)["truncated"] is True
    assert record.events[0].totals["killed"].best == 12
    assert all(span.end <= LONGEST_TEXT for event in record.events for span in event.evidence)


def test_an_endless_word_and_an_endless_title() -> None:
    assert read(Document("1", "", "a" * 5_000_000)).truncated
    assert read(Document("1", "killed " * 100_000, REPORT)).truncated


def test_an_article_is_read_whole() -> None:
    record = read(Document("1", "Attack in Kano", REPORT * 20))
    assert not record.truncated
    assert "truncated" not in record_json(record)


def test_a_reading_leaves_nothing_to_collect() -> None:
    documents = [case.document for case in load_cases()]
    read(documents[0])
    gc.collect()
    gc.disable()
    try:
        for document in documents:
            read(document)
        assert gc.collect() == 0
        assert not gc.isenabled()  # as it was found
    finally:
        gc.enable()
    read(documents[0])
    assert gc.isenabled()
