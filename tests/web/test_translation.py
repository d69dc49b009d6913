"""Every word a reader sees goes through translation: under a made-up language no English is left but what is data."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from incidents.models import Change, Incident, Revision
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, make_place, make_source
from tests.web.catalogue import LANGUAGE, collected, looked_up, write

pytestmark = pytest.mark.django_db
DATA = "ÐÞ"  # all data of these tests are of these letters, so what else is left is the page's
# What is the same in every language: names, codes, units, keys, what a person types.
SAME = {
    "Incident Desk", "JSON", "GeoJSON", "PNG", "SVG", "CSV", "KML", "NDJSON", "Parquet", "km", "SY", "IQ", "Esc", "Enter", "Home",
    "End", "Space", "en", "Syria", "Iraq", "UTC", "rules", "min", "Gulf Wire",
}  # fmt: skip
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "aria-description")


class Seen(HTMLParser):
    """What a reader sees or hears of a page: texts by line, and attributes that are read out."""

    INLINE = ("a", "b", "bdi", "mark", "span", "ins", "del", "time", "small", "cite", "i", "kbd")

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.attributes: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in ("script", "style")
        self.attributes += [value for name, value in attrs if name in ATTRIBUTES and value]
        self.text += "" if tag in self.INLINE else "\n"

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in ("script", "style")
        self.text += "" if tag in self.INLINE else "\n"

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.text += data


def english(page: str) -> list[str]:
    """Return the words of a page that no translation has touched."""
    reader = Seen()
    reader.feed(page)
    rest = re.sub(r"http\S+", " ", "\n".join([reader.text, *reader.attributes]))
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)) != rest:
        rest = shorter
    for same in SAME:
        rest = re.sub(rf"(?<![A-Za-z]){re.escape(same)}(?![A-Za-z])", " ", rest)
    return list(dict.fromkeys(" ".join(line.split()) for line in rest.splitlines() if re.search(r"[A-Za-z]{2,}", line)))


@pytest.fixture
def _made_up_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every translatable text in brackets."""
    translation.activate("en")
    real: Any = translation._trans  # type: ignore[attr-defined]  # where Django itself looks its functions up
    real.gettext, real.ngettext, real.pgettext, real.npgettext  # noqa: B018  # looked up once, they become attributes
    monkeypatch.setattr(real, "gettext", lambda message: f"⟦{message}⟧" if message else "")
    monkeypatch.setattr(real, "pgettext", lambda _context, message: f"⟦{message}⟧")
    monkeypatch.setattr(real, "ngettext", lambda one, many, n: f"⟦{one if n == 1 else many}⟧")
    monkeypatch.setattr(real, "npgettext", lambda _context, one, many, n: f"⟦{one if n == 1 else many}⟧")


@pytest.fixture
def incident() -> Incident:
    """One of everything a page can say: a claim, an actor, a correction, a change, a neighbour, one without a place."""
    place = make_place(id="x:1", name=DATA, admin1=DATA)
    row = make_incident(
        headline=DATA,
        place=place,
        killed_low=3,
        killed_best=4,
        killed_high=6,
        totals={"killed": {"low": 3, "best": 4, "high": 6}},
    )
    for day in (20, 22):
        article = make_article(
            f"{DATA} {DATA}.", title=f"{DATA} {day}", source=make_source(DATA), published_on=date(2022, 1, day)
        )
        event = make_event(article, incident=row, place=place, extractor="rules 1")
        make_count(event, best=day, claimant=DATA, who=DATA)
        make_participation(event, DATA)
    make_incident(headline=DATA, place=place, type="raid", earliest=date(2022, 1, 22))
    make_incident(headline=DATA, place=place, place_precision="none", country="", admin1="", lat=None, lon=None)
    change = Change.objects.create(number=1, incident=row, kind="updated")
    Revision.objects.create(incident=row, change=change, field="type", before="raid", after="shooting", machine="rules 1")
    return row


PAGES = (
    "/", "/?type=shooting,raid&since=2022&min=x&nonsense=1&family=attack", "/?type=riot&q=1&near=1,2,3&placed=no&background=only",
    "/changes/?after=2022-01-01", "/compare/?a.type=raid&b.since=2022-01-01&b.until=2022-02-01", "/articles/", "/sources/",
    "/sign-in/", "/nothing/",
)  # fmt: skip


@pytest.mark.usefixtures("_made_up_language")
@pytest.mark.parametrize("path", [*PAGES, "incident", "article"])
def test_no_english_is_left(client: Client, incident: Incident, path: str) -> None:
    event = incident.events.get(ordinal=0, article__title__endswith="20")
    known = {"incident": incident.get_absolute_url(), "article": event.article.get_absolute_url()}
    page = client.get(known.get(path, path)).content.decode()
    assert "⟦" in page
    left = english(page)
    assert not left, "\n".join(left)


@pytest.mark.usefixtures("_made_up_language")
def test_no_english_is_left_for_editors(client: Client, incident: Incident, editor: User) -> None:
    editor.first_name = editor.last_name = DATA
    editor.save()
    client.force_login(editor)
    left = english(client.get(incident.get_absolute_url()).content.decode())
    assert not left, "\n".join(left)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("locale"))


@pytest.fixture
def _shipped_language(catalogue: Path, settings: Settings) -> Iterator[None]:
    """A desk whose operator has put a catalogue in its place, and named its language."""
    settings.LANGUAGES, settings.LOCALE_PATHS = [("en", "English"), (LANGUAGE, LANGUAGE)], [catalogue]
    yield
    translation.activate("en")


@pytest.mark.usefixtures("_shipped_language")
@pytest.mark.parametrize("path", [*PAGES, "incident", "article"])
def test_a_catalogue_of_what_is_collected_leaves_no_english(client: Client, incident: Incident, path: str) -> None:
    event = incident.events.get(ordinal=0, article__title__endswith="20")
    known = {"incident": incident.get_absolute_url(), "article": event.article.get_absolute_url()}
    page = client.get(known.get(path, path), headers={"accept-language": LANGUAGE}).content.decode()
    assert f'<html lang="{LANGUAGE}"' in page
    assert 'dir="rtl"' in page
    left = english(page)
    assert not left, "\n".join(left)


@pytest.mark.usefixtures("_shipped_language")
def test_the_words_of_scripts_are_in_the_catalogue(client: Client, incident: Incident) -> None:
    page = client.get("/", headers={"accept-language": LANGUAGE}).content.decode()
    words = json.loads(page.split('<script id="words" type="application/json">')[1].split("</script>")[0])
    assert len(words) > 50
    assert [text for text in words.values() if not text.startswith("⟦")] == []


def test_a_language_without_a_catalogue_is_not_pretended(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "ar,de;q=0.9"}).content.decode()
    assert '<html lang="en"' in page
    assert 'dir="ltr"' in page


def test_every_text_that_is_looked_up_by_a_value_is_collected() -> None:
    found = collected()
    assert len(looked_up()) > 200
    assert [text for text in looked_up() if text not in found] == []
