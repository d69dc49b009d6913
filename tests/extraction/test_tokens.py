"""Words and sentences: offsets always point at the very words, sentences end where a reader would end them."""

import pytest

from incidents.extraction.tokens import MAX_SENTENCE, Reading, tokenize
from incidents.extraction.values import Document


def read(text: str, title: str = "") -> Reading:
    return tokenize(Document("1", title, text))


def sentences(text: str) -> list[str]:
    return [" ".join(token.text for token in sentence.tokens) for sentence in read(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gen. Omar Diallo spoke. He left.", ["Gen. Omar Diallo spoke .", "He left ."]),
        ("The U.S. said so. The talks end Jan. 20.", ["The U.S. said so .", "The talks end Jan. 20 ."]),
        ("Aid came from the U.S. The talks failed.", ["Aid came from the U.S.", "The talks failed ."]),
        ("At 6 p.m. police came. No. 5 was hit.", ["At 6 p.m. police came .", "No. 5 was hit ."]),
        ("Was it no. Then he ran.", ["Was it no .", "Then he ran ."]),
        ("“We ran.” They hid.", ["“ We ran . ”", "They hid ."]),
        ("He stood by the gate.The guard fell.", ["He stood by the gate .", "The guard fell ."]),
        ("first they came. then they left.", ["first they came .", "then they left ."]),
        ("Version 3.5 of it cost $1,200.", ["Version 3.5 of it cost $ 1,200 ."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the guards' posts, Musa's son", ["the", "guards", "'", "posts", ",", "Musa", "'s", "son"]),
        ("they don't and can’t", ["they", "do", "n't", "and", "ca", "n’t"]),
        ("Ma'rib and Deir al-Balah", ["Ma'rib", "and", "Deir", "al-Balah"]),
        ("a 15-year-old with an AK-47", ["a", "15-year-old", "with", "an", "AK-47"]),
        ("10–15 men, 2,500 more", ["10–15", "men", ",", "2,500", "more"]),
        ("on 4/19/17 at 10:30", ["on", "4/19/17", "at", "10:30"]),
        ("see https://example.org/a?b=1 now", ["see", "https://example.org/a?b=1", "now"]),
        ("<p>two <b>men</b> &amp; a boy</p>", ["two", "men", "a", "boy"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [token.text for sentence in read(text).sentences for token in sentence.tokens] == expected


def test_the_title_comes_first_and_is_marked() -> None:
    first, second = read("A bomb went off. Two fell.", title="Bomb in Kano. Two dead").sentences[:2]
    assert first.in_title
    assert (first.paragraph, second.paragraph) == (-1, 0)
    assert first.span().in_title


def test_paragraphs_and_soft_wraps() -> None:
    plain = read("One line here\nAnother line\n\nA third one.")
    assert [sentence.paragraph for sentence in plain.sentences] == [0, 1, 2]
    wrapped = read(
        "The commander of the southern garrison told reporters on Monday that\n"
        "his men had been attacked at dawn by gunmen who came across the\n"
        "river in two boats.\n\n   Nobody was hurt."
    )
    assert [sentence.paragraph for sentence in wrapped.sentences] == [0, 1]


def test_a_wire_heads_its_report_with_a_sentence_of_its_own() -> None:
    assert sentences("LIMA, 3 MAR 89 (RADIO) -- [TEXT] TWO MEN FELL.")[0].endswith("[ TEXT ]")


def test_quotations_run_on_until_they_close() -> None:
    quoted = [sentence.quoted for sentence in read("“We ran. We hid.” He wept.").sentences]
    assert quoted == [True, True, False]


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Gunmen attacked a village near Kano.", "normal"),
        ("Gunmen Attack Village Near Kano", "title"),
        ("GUNMEN ATTACKED A VILLAGE NEAR KANO.", "upper"),
        ("gunmen attacked a village.", "lower"),
    ],
)
def test_case_of_a_sentence(text: str, case: str) -> None:
    assert read(text).sentences[0].case == case


@pytest.mark.parametrize(
    "text",
    [
        "Cafe\u0301 in Sana\u2019a \U0001f469\U0001f3fd\u200d\U0001f692 burned.\r\nTwo\x00 died\x07.\r\n\r\nNext",
        "قُتل رجلان في عدن. Два человека погибли. 二人が死亡。हिन्दी में",
        "...!!!???---<<<>>>''''\"\"\"&&&@@@###",
        "\ufeff\u200b\u00a0 1\u00a0200 men",
        "",
        " \n\t ",
    ],
)
def test_offsets_hold_on_any_text(text: str) -> None:
    for sentence in read(text).sentences:
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert token.index == sentence.tokens.index(token)


def test_text_without_punctuation_is_cut() -> None:
    found = read("dead " * 1000).sentences
    assert max(len(sentence.tokens) for sentence in found) <= MAX_SENTENCE
    assert sum(len(sentence.tokens) for sentence in found) == 1000
