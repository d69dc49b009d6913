"""What is translated can be collected; a language without a catalogue is not offered. Pages: tests/browser/test_every_word.py."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from tests.web.catalogue import LANGUAGE, collected, looked_up, write

pytestmark = pytest.mark.django_db


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
def test_the_words_of_scripts_are_in_the_catalogue(client: Client) -> None:
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
