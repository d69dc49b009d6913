"""Texts are cut exactly at the edges of their marked spans, whatever they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.evidence import Mark, Page, Quotation, merged, pieces, span_of
from incidents.extraction.values import Span


def mark(start: int, end: int, kind: str = "place", *events: int) -> Mark:
    return Mark(Span(start, end), kind, events or (1,))  # type: ignore[arg-type]  # kinds are plain words here


def test_it_cuts_at_the_edges() -> None:
    text = "In Hasakah five died."
    found = list(pieces(text, [mark(3, 10), mark(11, 20, "count")]))
    assert [(piece.text, [m.kind for m in piece.marks]) for piece in found] == [
        ("In ", []), ("Hasakah", ["place"]), (" ", []), ("five died", ["count"]), (".", []),
    ]  # fmt: skip


def test_crossing_marks_share_their_middle() -> None:
    found = list(pieces("abcdef", [mark(0, 4, "date"), mark(2, 6, "actor")]))
    assert [(p.text, [m.kind for m in p.marks], [m.kind for m in p.opens]) for p in found] == [
        ("ab", ["date"], ["date"]), ("cd", ["date", "actor"], ["actor"]), ("ef", ["actor"], []),
    ]  # fmt: skip


def test_a_nested_mark_comes_after_the_one_around_it() -> None:
    found = list(pieces("abcdef", [mark(2, 3, "place"), mark(0, 6, "count")]))
    assert [m.kind for m in found[1].marks] == ["count", "place"]


@pytest.mark.parametrize("word", ["Qāmishlī", "القامشلي", "👩‍👩‍👧", "e\u0301\u0323tat"])
def test_combining_marks_and_emoji_count_as_code_points(word: str) -> None:
    text = f"🔥 Near {word}, two died."
    start = text.index(word)
    found = list(pieces(text, [mark(start, start + len(word))]))
    assert [piece.text for piece in found if piece.marks] == [word]
    assert Page("", text).quote(Span(start, start + len(word))) == Quotation("🔥 Near ", word, ", two died.")


def test_a_paragraph_shows_its_part_of_a_longer_mark() -> None:
    found = list(pieces("one two three", [mark(0, 13)], 4, 7))
    assert [(p.text, len(p.marks), len(p.opens)) for p in found] == [("two", 1, 1)]


def test_marks_beyond_the_end_are_clipped_and_empty_ones_left_out() -> None:
    assert [p.text for p in pieces("abc", [mark(1, 99), mark(2, 2), mark(50, 60)])] == ["a", "bc"]


marks = st.lists(st.builds(mark, st.integers(0, 30), st.integers(0, 40), st.sampled_from(["place", "date", "count"])), max_size=8)


@given(st.text(max_size=35), marks)
def test_the_pieces_are_the_text_again(text: str, found: list[Mark]) -> None:
    cut = list(pieces(text, found))
    assert "".join(piece.text for piece in cut) == text
    position = 0
    for piece in cut:
        covering = [
            m for m in found if m.span.start < position + len(piece.text) and m.span.end > position and m.span.start < m.span.end
        ]
        assert sorted(map(repr, piece.marks)) == sorted(map(repr, covering))
        position += len(piece.text)


def test_marks_over_the_same_words_become_one_for_all_their_events() -> None:
    found = merged([mark(0, 4, "place", 2), mark(0, 4, "place", 1), mark(0, 4, "date", 3)])
    assert found == [mark(0, 4, "date", 3), mark(0, 4, "place", 1, 2)]


def test_the_sentence_around_a_span() -> None:
    text = "Fog lay over the valley. Six men died at 5 p.m. near the bridge. Nobody saw it.\n\nAid came later."
    start = text.index("Six men")
    assert Page("", text).quote(Span(start, start + 7)) == Quotation("", "Six men", " died at 5 p.m. near the bridge.")


def test_a_span_over_two_sentences_quotes_both() -> None:
    text = "It began at dawn. It ended at dusk. Then it rained."
    assert str(Page("", text).quote(Span(11, 27))) == "It began at dawn. It ended at dusk."


def test_a_title_is_quoted_whole() -> None:
    assert Page("Six killed in Hasakah", "Text.").quote(Span(14, 21, in_title=True)) == Quotation("Six killed in ", "Hasakah", "")


def test_line_ends_in_a_sentence_are_shown_as_blanks_but_marked_words_stay_exact() -> None:
    text = "Six\r\n men   died\nnear the\nbridge in the dark of the night before the feast.\n"
    quotation = Page("", text).quote(Span(text.index("near"), text.index("bridge") + 6))
    assert quotation
    assert quotation.marked == "near the\nbridge"


@pytest.mark.parametrize("span", [None, Span(0, 99), Span(50, 60), Span(0, 30, in_title=True)])
def test_no_sentence_for_a_span_that_does_not_fit(span: Span | None) -> None:
    assert Page("Title", "Short text.").quote(span) is None
    assert Page("Title", "Short text.").words(span) == ""


def test_an_endless_sentence_is_shortened_around_the_words() -> None:
    text = "word " * 5000 + "five died" + " word" * 5000
    start = text.index("five")
    quotation = Page("", text).quote(Span(start, start + 9))
    assert quotation
    assert quotation.marked == "five died"
    assert len(str(quotation)) < 1000


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        "x",
        {"span": None},
        {"span": [1]},
        {"span": [2, 1]},
        {"span": [-1, 4]},
        {"span": ["0", "4"]},
        {"span": [True, 3]},
    ],
)
def test_what_holds_no_usable_span(value: object) -> None:
    assert span_of(value) is None


def test_a_stored_span_is_read_with_its_place() -> None:
    assert span_of({"span": [1, 4], "best": 3}) == Span(1, 4)
    assert span_of({"span": [1, 4], "in": "title"}) == Span(1, 4, in_title=True)
