"""`manage.py ingest`: documents in, a table at the end, every refusal in one line."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from incidents.models import Event, Incident
from sources.models import Article
from tests.sources.conftest import NewsHost, news_host
from tests.sources.samples import SAMPLES, sample

pytestmark = pytest.mark.django_db
__all__ = ["news_host"]

STORY = "Bomb in Kandahar\nA suicide bomber killed eleven people at a police post in Kandahar on Tuesday, the police said.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "gulf-wire" / "2023-04-05-kandahar.txt"
    path.parent.mkdir()
    path.write_text(STORY)
    return path


def ingest(capsys: pytest.CaptureFixture[str], *targets: object, **options: Any) -> str:
    """Run the command; return what a person sees, white space folded."""
    call_command("ingest", *[str(target) for target in targets], **options)
    return " ".join(capsys.readouterr().out.split())


def refused(capsys: pytest.CaptureFixture[str], *targets: object, **options: Any) -> str:
    """Run the command, which takes in nothing; return what a person sees."""
    with pytest.raises(CommandError, match=r"Nothing was ingested\.") as error:
        call_command("ingest", *[str(target) for target in targets], **options)
    assert error.value.returncode == 1
    return capsys.readouterr().out


def test_it_works(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ingest(capsys, story)
    article = Article.objects.get()
    assert (article.title, article.source.name, str(article.published_on)) == ("Bomb in Kandahar", "Gulf Wire", "2023-04-05")
    assert article.state == Article.State.DONE
    incident = Incident.objects.get()
    assert f"Bomb in Kandahar new 1 {incident.number}" in said
    assert said.endswith("1 articles (0 known already), 1 events, 1 incidents new, 0 joined, 0 refused.")


def test_what_follows_the_command_may_log_again(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ingest(capsys, story)
    refused(capsys, tmp_path / "nowhere.txt")
    logging.getLogger("incidents.pipeline").warning("heard")
    assert "heard" in caplog.text


def test_the_same_document_twice_changes_nothing(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(capsys, story)
    before = [list(model.objects.order_by("pk").values()) for model in (Article, Event, Incident)]
    said = ingest(capsys, story)
    assert "Bomb in Kandahar known" in said
    assert said.endswith("1 articles (1 known already), 0 events, 0 incidents new, 0 joined, 0 refused.")
    assert [list(model.objects.order_by("pk").values()) for model in (Article, Event, Incident)] == before


def test_second_report_joins(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(capsys, story)
    said = ingest(capsys, story, source="Levant Daily")
    assert said.endswith("1 articles (0 known already), 1 events, 0 incidents new, 1 joined, 0 refused.")


def test_date_and_source_can_be_given(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(capsys, story, published="2023-04-06", source="Northern Post")
    article = Article.objects.get()
    assert (article.source.name, str(article.published_on)) == ("Northern Post", "2023-04-06")


def test_folder_of_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """The rest of the batch is done, whatever is refused, and no line of a refusal is broken."""
    call_command("ingest", str(SAMPLES))
    said = capsys.readouterr().out
    lines = [line for line in said.splitlines() if line.startswith("Refused ")]
    assert f"Refused {SAMPLES}/picture.txt: binary, not text" in lines
    assert f"Refused {SAMPLES}/cut-off.xml: broken XML (no element found, line 1, column 159)" in lines
    assert said.rstrip().endswith(f"{len(lines)} refused.")
    assert not Article.objects.exclude(state__in=[Article.State.DONE, Article.State.LISTED]).exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no-such-file.txt", "no such file or folder"),
        ("picture.txt", "binary, not text"),
        ("empty.txt", "empty"),
        ("marked-utf-16-but-odd.txt", "marked as UTF-16 but not readable as such"),
        ("cut-off.html", "broken HTML, or no article text in it"),
        ("cut-off.xml", "broken XML (no element found, line 1, column 159)"),
        ("entity-bomb.xml", "defines XML entities, which the desk does not expand"),
        ("no-entries.xml", "no entries in it"),
        ("not-a-feed.xml", "not a feed: neither RSS nor Atom"),
    ],
)
def test_refusal_names_the_input_and_the_reason(capsys: pytest.CaptureFixture[str], name: str, reason: str) -> None:
    assert f"Refused {sample(name)}: {reason}\n" in refused(capsys, sample(name))
    assert not Article.objects.exists()


def test_document_of_50_mb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert f"Refused {path}: 52 MB: larger than 50 MB\n" in refused(capsys, path)


@pytest.mark.parametrize("written", ["yesterday", "2022-13-45", "08/02/2022", ""])
def test_date_that_does_not_parse(story: Path, written: str) -> None:
    with pytest.raises(CommandError) as error:
        call_command("ingest", str(story), published=written)
    assert str(error.value) == f"--published {written!r}: not a date, write it as YYYY-MM-DD"
    assert not Article.objects.exists()


def test_feed_without_dates_is_queued_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    ingest(capsys, sample("ampersands.xml"), sample("one-line.txt"))
    article = Article.objects.get(text="Police in Quito said nobody was hurt.")
    assert article.review_items.get().reason == "no_publication_date"
    assert Article.objects.get(source__name="Smith & Sons Gazette").published_on


def test_page_by_its_address(news_host: NewsHost, capsys: pytest.CaptureFixture[str]) -> None:
    url = news_host.serve("/bridge", sample("tag-soup.html").read_bytes(), Content_Type="text/html")
    ingest(capsys, url)
    article = Article.objects.get()
    assert (article.url, article.source.name, str(article.published_on)) == (url, "Coast Courier", "2023-05-03")
    assert "known" in ingest(capsys, url)


def test_feed_by_its_address_brings_the_pages_behind_its_summaries(
    news_host: NewsHost, capsys: pytest.CaptureFixture[str]
) -> None:
    page = news_host.serve("/bridge", sample("tag-soup.html").read_bytes(), Content_Type="text/html")
    feed = sample("rss.xml").read_text().replace("https://hillharbour.example/harbour", page)
    ingest(capsys, news_host.serve("/feed", feed, Content_Type="application/rss+xml"))
    assert Article.objects.filter(state=Article.State.DONE).count() == 2
    assert "Two boats moored below" in Article.objects.get(external_id="hh-2").text


def test_address_that_answers_404(news_host: NewsHost, capsys: pytest.CaptureFixture[str]) -> None:
    url = news_host.serve("/gone", status=404)
    assert f"Refused {url}: answered 404 Not Found\n" in refused(capsys, url)


def test_queue_without_a_worker_says_so_and_keeps_what_is_stored(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.ingesting.SILENCE", 0)
    with pytest.raises(CommandError, match="1 articles are queued, but no worker answers"):
        call_command("ingest", str(story), queue=True)
    assert Article.objects.get().state == Article.State.STORED
    call_command("process")
    assert Article.objects.get().state == Article.State.DONE
    assert "1 articles done." in capsys.readouterr().out


def test_failed_article_says_why(story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def no_ink(_document: object) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr("incidents.pipeline.extraction.read", no_ink)
    said = refused(capsys, story)
    assert "Failed Bomb in Kandahar: RuntimeError: out of ink\n" in said
    assert "Traceback" not in said


def test_nothing_left_over_where_all_fail(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, sample("empty.txt"), "no-such-file.txt")
    assert said.rstrip().endswith("0 articles (0 known already), 0 events, 0 incidents new, 0 joined, 2 refused.")
