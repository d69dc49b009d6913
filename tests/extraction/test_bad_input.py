"""The whole engine on text as it comes in by accident: what can be read is read, every span is exact, nothing is invented."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from incidents.extraction import Document, read, record_json

TITLE = "Gunmen kill 12 people in Kano"
TEXT = "Gunmen killed 12 people in Kano on Tuesday, police said. Another 30 were wounded in the attack."
PUBLISHED = date(2020, 1, 8)
BROKEN = {
    "plain": TEXT,
    "capitals": TEXT.upper(),
    "no punctuation": TEXT.replace(",", "").replace(".", ""),
    "control characters": TEXT.replace(" ", " \x00\x1f\u200b", 3) + "\x07",
    "markup": f"<div class='x'><p>{TEXT.replace('. ', '.</p><p>')}</p></div>&nbsp;",
    "markup never closed": f"<p {TEXT}",
    "emoji first": f"💥👩‍👩‍👧🇳🇬 {TEXT} 🕊️",
    "combining marks first": f"Ka\u0301no\u0323 ne\u0308ws: e\u0301\u0301\u0301. {TEXT}",
    "other scripts beside it": f"{TEXT} Новости. 新闻。 أخبار",
    "no-break spaces": TEXT.replace(" ", "\u00a0"),
    "windows line ends": TEXT.replace(". ", ".\r\n\r\n"),
    "run together": TEXT.replace(". ", "."),
}
FOREIGN = {
    "de": "Unbekannte haben am Dienstag in der Stadt zwölf Menschen getötet, und die Polizei sucht nach den Tätern.",
    "fr": "Des hommes armés ont tué douze personnes dans la ville mardi, et la police recherche les auteurs de cette attaque.",
    "es": "Hombres armados mataron a doce personas en la ciudad el martes, y la policía busca a los autores del ataque.",
    "ru": "Вооружённые люди убили двенадцать человек в городе Кано во вторник, сообщила полиция.",
    "zh": "周二，武装分子在卡诺市打死十二人，警方表示正在追捕袭击者。",
    "ar": "قتل مسلحون اثني عشر شخصا في مدينة كانو يوم الثلاثاء، بحسب ما أعلنته الشرطة",
}


def spans(value: Any) -> Iterator[tuple[str, int, int]]:
    """Every span of a record with the part of the document it points into."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith("span") and inner is not None:
                yield value.get("in", "text"), *inner
            else:
                yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@pytest.mark.parametrize("name", BROKEN)
def test_an_attack_is_read_however_the_text_is_broken(name: str) -> None:
    record = record_json(read(Document("1", "", BROKEN[name], PUBLISHED)))
    assert record["relevant"]
    event = record["events"][0]
    assert event["totals"]["killed"]["best"] == 12
    assert event["totals"]["wounded"]["best"] == 30
    assert event["place"]["name"].lower().startswith("kano")
    assert event["date"]["earliest"] == "2020-01-07"


@pytest.mark.parametrize("name", BROKEN)
def test_spans_point_at_the_very_words(name: str) -> None:
    text = BROKEN[name]
    record = record_json(read(Document("1", TITLE, text, PUBLISHED)))
    found = list(spans(record))
    assert found
    for part, start, end in found:
        words = (TITLE if part == "title" else text)[start:end]
        assert words
        assert words == words.strip()
        assert words[0].isprintable()
    for event in record["events"]:
        for count in event["counts"]:
            start, end = count["span"]
            assert any(figure in (TITLE if count.get("in") == "title" else text)[start:end] for figure in ("12", "30"))


@pytest.mark.parametrize("language", FOREIGN)
def test_another_language_is_marked_and_nothing_is_invented(language: str) -> None:
    record = read(Document("1", "", FOREIGN[language], PUBLISHED))
    assert record.language == language
    assert (record.relevant, record.events, record.toponyms) == (False, (), ())


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\x00", "\u200b", "💣", "\u0301", "<p></p>", "&nbsp;", "..."])
def test_nothing_to_read_gives_an_empty_record(text: str) -> None:
    record = read(Document("1", text, text, PUBLISHED))
    assert (record.relevant, record.events, record.toponyms) == (False, (), ())
