"""Bytes become text, or are refused with the reason."""

import pytest

from sources.refusals import Refused
from sources.text import decode, digest, read_page, storable, title_and_text, without_markup
from tests.sources.samples import sample


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("latin-1.txt", "à l'entrée du marché"),
        ("cyrillic-1251.txt", "пожар"),
        ("utf-16.txt", "Two guards were hurt"),
        ("crlf-and-nulls.txt", "Gunmen stopped a lorry"),
        ("windows-1252.html", "the general’s office"),
    ],
)
def test_encoding_is_found(name: str, words: str) -> None:
    assert words.lower() in decode(sample(name).read_bytes(), name).lower()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.txt", "empty"),
        ("blank.txt", "empty"),
        ("picture.txt", "binary, not text"),
        ("marked-utf-16-but-odd.txt", "marked as UTF-16 but not readable as such"),
    ],
)
def test_what_is_no_text_is_refused(name: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(sample(name).read_bytes(), name)
    assert str(refused.value) == f"{name}: {reason}"


def test_declared_encoding_is_believed_unless_it_is_wrong() -> None:
    assert decode("Łódź, środa".encode("iso-8859-2"), "x", "iso-8859-2") == "Łódź, środa"
    assert decode("Łódź".encode(), "x", "iso-8859-2") == "Łódź"
    assert decode("The mayor of Évry".encode("latin-1"), "x", "no-such-encoding") == "The mayor of Évry"


def test_page_gives_its_article_alone() -> None:
    page = read_page(decode(sample("tag-soup.html").read_bytes(), "p"), "p")
    assert page.title.startswith("Bridge blown up at Ordu")
    assert str(page.published) == "2023-05-03"
    assert page.site == "Coast Courier"
    assert "Two boats moored below were sunk" in page.text
    assert "do not read me" not in page.text
    assert "Sport" not in page.text
    assert "\n\n" in page.text


@pytest.mark.parametrize("name", ["no-article.html", "cut-off.html"])
def test_page_without_an_article_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="broken HTML, or no article text in it"):
        read_page(sample(name).read_text(), name)


def test_stored_text_has_nothing_a_database_cannot_keep() -> None:
    assert storable("a\r\nb\x00\ud800\ufeffc\rd ") == "a\nb\ufffd\ufffdc\nd"


def test_first_line_is_the_title() -> None:
    assert title_and_text("\nTitle\n\nText\nmore\n") == ("Title", "Text\nmore")
    assert title_and_text("Only a line.\n") == ("", "Only a line.")


def test_markup_in_feed_fields_becomes_lines() -> None:
    assert (
        without_markup("<p>One &amp; <b>two</b></p><script>x()</script><p>three<br>four &lt;5</p>")
        == "One & two\n\nthree\nfour <5"
    )


def test_same_text_with_other_white_space_is_the_same_document() -> None:
    assert digest("A  title", "one\n\ntwo ") == digest("A title", "one two")
    assert digest("A title", "one two") != digest("A title", "one three")
