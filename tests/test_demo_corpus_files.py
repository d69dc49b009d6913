"""The demo corpus keeps its promises: formats that parse, enough variety, and a gold file that fits it."""

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import pytest
import trafilatura

from incidents.extraction.values import FAMILIES, FAMILY_OF, OUTCOMES

DEMO = Path(__file__).parent.parent / "demo"
CORPUS = DEMO / "corpus"
TAG = re.compile(r"<[^>]+>")
UNITS: list[str] = re.findall(r"\S+", "- one two three four five six seven eight nine ten eleven twelve thirteen fourteen")
UNITS += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SUMS = {
    ("northern-post/feed.xml#np-20240304-1", 3700),  # some 3,800 prisoners, of whom 98 stayed
    ("articles.jsonl#ed-2201", 44),  # 26 rioters and 18 of the security forces
    ("articles.jsonl#ac-555", 34),  # 35 injured, one of whom died later
    ("levant-daily/kabul-airport-toll.html", 183),  # 170 Afghans and 13 service members
    ("articles.jsonl#ed-2117", 55),  # 35 bodies at one hospital and 20 at another
}
STAGES = {"accomplished", "attempted", "foiled", "threatened"}


def in_words(figure: int) -> str:
    """Spell a number below one hundred."""
    if figure < len(UNITS):
        return UNITS[figure]
    tens, units = divmod(figure, 10)
    return TENS[tens] + (f"-{UNITS[units]}" if units else "")


@cache
def gold(kind: str) -> list[dict[str, Any]]:
    lines = (DEMO / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["kind"] == kind]


def plain_texts() -> dict[str, str]:
    return {str(path.relative_to(CORPUS)): path.read_text(encoding="utf-8") for path in CORPUS.rglob("*.txt")}


def pages() -> dict[str, str]:
    found = {}
    for path in CORPUS.rglob("*.html"):
        page = json.loads(trafilatura.extract(path.read_text(encoding="utf-8"), output_format="json", with_metadata=True) or "{}")
        found[str(path.relative_to(CORPUS))] = f"{page['title']}\n{page['text']}"
    return found


def feed_entries() -> dict[str, str]:
    found = {}
    for path in CORPUS.rglob("*.xml"):
        for entry in feedparser.parse(path.read_bytes()).entries:
            found[f"{path.relative_to(CORPUS)}#{entry.id}"] = f"{entry.title}\n{TAG.sub(' ', entry.content[0].value)}"
    return found


def json_lines() -> dict[str, str]:
    rows = map(json.loads, (CORPUS / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    return {f"articles.jsonl#{row['id']}": f"{row['title']}\n{row['text']}" for row in rows}


@cache
def articles() -> dict[str, str]:
    return plain_texts() | pages() | feed_entries() | json_lines()


def test_gold_lists_exactly_the_articles_in_the_files() -> None:
    assert sorted(row["article"] for row in gold("article")) == sorted(articles())


def test_every_feed_is_well_formed_and_dated() -> None:
    for path in CORPUS.rglob("*.xml"):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert all(entry.published_parsed for entry in feed.entries), path


def test_pages_carry_their_date_and_lose_their_furniture() -> None:
    for row in gold("article"):
        if row["article"].endswith(".html"):
            html = (CORPUS / row["article"]).read_text(encoding="utf-8")
            assert f'article:published_time" content="{row["published"]}' in html, row["article"]
            assert not re.search("cookies|Newsletter|Most read", articles()[row["article"]]), row["article"]


def test_titles_in_gold_are_the_titles_in_the_files() -> None:
    for row in gold("article"):
        assert articles()[row["article"]].startswith(row["title"]), row["article"]


def test_text_files_are_dated_by_their_names() -> None:
    undated = []
    for row in gold("article"):
        if row["article"].endswith(".txt"):
            match = re.match(r"\d{4}-\d\d-\d\d", Path(row["article"]).name)
            assert (match.group() if match else None) == row["published"], row["article"]
            undated += [] if match else [row["article"]]
    assert len(undated) == 1


def test_articles_are_short_and_many() -> None:
    lengths = {article: len(text.split()) for article, text in articles().items()}
    assert len(lengths) >= 66
    assert max(lengths.values()) <= 400, max(lengths, key=lambda article: lengths[article])
    assert min(lengths.values()) >= 90, min(lengths, key=lambda article: lengths[article])


def test_incidents_cover_many_countries_years_and_every_family() -> None:
    reported = [row for row in gold("incident") if not row["background"]]
    assert len(reported) >= 28
    assert len({code for row in reported for code in row["place"]["countries"]}) >= 14
    assert {FAMILY_OF[row["types"][0]] for row in reported} | {"casualties"} == set(FAMILIES)
    assert len({kind for row in reported for kind in row["types"]}) >= 28


@pytest.mark.parametrize("key", ["types", "stage", "counts"])
def test_incidents_use_the_vocabulary_of_the_engine(key: str) -> None:
    vocabulary = {"types": set(FAMILY_OF), "stage": STAGES, "counts": set(OUTCOMES)}[key]
    for row in gold("incident"):
        assert {row[key]} <= vocabulary if isinstance(row[key], str) else set(row[key]) <= vocabulary, row["key"]


def test_incidents_and_articles_refer_to_each_other() -> None:
    known = {row["key"] for row in gold("incident")}
    reporting: Counter[tuple[str, str]] = Counter()
    for row in gold("article"):
        assert set(row["incidents"]) | set(row["background"]) <= known, row["article"]
        assert row["relevant"] == bool(row["incidents"]), row["article"]
        reporting.update((key, row["article"]) for key in row["incidents"] + row["background"])
    listed = Counter((row["key"], article) for row in gold("incident") for article in row["articles"] + row["background_in"])
    assert reporting == listed


def test_dates_of_incidents_are_ordered_and_not_after_the_reports() -> None:
    published = {row["article"]: row["published"] for row in gold("article")}
    for row in gold("incident"):
        earliest, latest = row["date"]["earliest"], row["date"]["latest"]
        if earliest is None:
            continue
        assert date.fromisoformat(earliest) <= date.fromisoformat(latest), row["key"]
        assert all(earliest <= str(published[article]) for article in row["articles"] + row["background_in"]), row["key"]


def test_places_accept_their_best_name() -> None:
    for row in gold("incident"):
        name, accepted = row["place"]["name"], row["place"]["accept"]
        assert accepted[0] == name if name else not accepted, row["key"]


def test_counts_accept_their_best_figure_within_their_range() -> None:
    for row in gold("incident"):
        for outcome, count in row["counts"].items():
            assert count["best"] in count["accept"], (row["key"], outcome)
            if "low" in count:
                assert count["low"] <= count["best"] <= count["high"], (row["key"], outcome)


def test_figures_of_an_article_stand_in_it() -> None:
    """A number in `main_counts` can be read off the text, in digits or in words, unless it is a single victim or a sum."""
    for row in gold("article"):
        text = articles()[row["article"]].lower().replace(",", "")
        for figure in {figure for figures in row["main_counts"].values() for figure in figures if figure and figure > 1}:
            spelt = figure < 100 and in_words(figure) in text
            assert str(figure) in text or spelt or (row["article"], figure) in SUMS, (row["article"], figure)


def test_copies_repeat_most_of_what_they_copy() -> None:
    copies = [row for row in gold("article") if row["copy_of"]]
    assert len(copies) >= 2
    for row in copies:
        copy, original = (set(articles()[name].split()) for name in (row["article"], row["copy_of"]))
        assert len(copy & original) / len(copy) > 0.85, row["article"]


def test_the_promised_difficulties_are_there() -> None:
    texts = articles()
    irrelevant = [row for row in gold("article") if not row["relevant"]]
    assert len(irrelevant) >= 6
    assert any(text.splitlines()[-1].isupper() for text in texts.values()), "an article in capitals"
    assert any(re.search("[\u0590-\u06ff]", text.splitlines()[0]) for text in texts.values()), "a title in two directions"
    assert sum(bool(re.search("[\u0590-\u06ff]", text)) for text in texts.values()) >= 2
    assert any(re.search(r"\b\d\d/\d\d/20\d\d\b", text) for text in texts.values()), "a date in figures"
    assert any("bringing the toll" in text for text in texts.values())
    per_incident = [row for row in gold("incident") if len(row["articles"]) >= 8]
    assert any("Hasakah" in row["title"] for row in per_incident)
