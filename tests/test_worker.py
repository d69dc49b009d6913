"""Real workers, each in a process of its own, on one queue."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from rich.progress import Progress

from incidents import tasks
from incidents.ingesting import process_by_workers
from incidents.models import Event, Incident
from sources.models import Article, Source
from tests.conftest import eventually
from tests.factories import make_article
from tests.sources.conftest import NewsHost, news_host
from tests.sources.samples import sample

__all__ = ["news_host"]
State = Article.State
Worker = Callable[[], Path]
TOWNS = ["Kandahar", "Gao", "Maiduguri", "Aleppo", "Mosul", "Kirkuk", "Bamako", "Quetta", "Mogadishu", "Benghazi"]


def stored(number: int, **values: object) -> Article:
    town = TOWNS[number % len(TOWNS)]
    text = f"A bomb killed {number + 2} people at a market in {town} on Tuesday, police said."
    values = {"title": f"Blast {number}", "origin": None, "state": State.STORED} | values
    return make_article(text, **values)


@pytest.fixture
def readings(transactional_db: None) -> Iterator[Callable[[], list[int]]]:
    """Note in the database itself each time an article passes from stored to read."""
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE TABLE reading (article bigint);
            CREATE FUNCTION note_reading() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO reading VALUES (NEW.id); RETURN NEW; END $$;
            CREATE TRIGGER note_reading AFTER UPDATE ON sources_article FOR EACH ROW
                WHEN (OLD.state = 'stored' AND NEW.state = 'read') EXECUTE FUNCTION note_reading();
        """)

        def noted() -> list[int]:
            cursor.execute("SELECT article FROM reading")
            return [row[0] for row in cursor.fetchall()]

        yield noted
        cursor.execute("DROP TABLE reading; DROP FUNCTION note_reading CASCADE")


def test_two_workers_process_every_article_once(celery_worker: Worker, readings: Callable[[], list[int]]) -> None:
    """Each article is handed out three times, as a sweep beside a slow queue may do; copies are matched at the same time."""
    logs = [celery_worker(), celery_worker()]
    articles = [stored(number) for number in range(30)]
    copies = [stored(3, title=f"The same under headline {number}") for number in range(10)]
    ids = [article.pk for article in articles + copies]
    for _ in range(2):
        for article_id in ids:
            tasks.enqueue(article_id, State.STORED)
    process_by_workers(ids, Progress(disable=True))
    assert Article.objects.filter(state=State.DONE).count() == len(ids)
    assert sorted(readings()) == sorted(ids)
    assert all("read_article" in log.read_text() for log in logs)
    assert not Event.objects.filter(incident=None).exists()
    assert len({copy.origin_id for copy in Article.objects.filter(title__startswith="The same")}) == 1
    assert Incident.objects.visible().filter(events__article__in=copies).distinct().count() == 1


def test_work_the_broker_lost_is_found_again(celery_worker: Worker) -> None:
    """Nothing was ever queued for these; the sweep finds a stored one, a read one, and one whose worker died."""
    log = celery_worker()
    waiting = stored(1)
    dropped = stored(2, claimed_at=timezone.now() - timedelta(hours=1), attempts=1)
    tasks.sweep()
    eventually(lambda: not Article.objects.exclude(state=State.DONE).exists(), log=log)
    assert {waiting.pk, dropped.pk} == set(Event.objects.values_list("article_id", flat=True))


def test_due_feed_becomes_incidents(celery_worker: Worker, news_host: NewsHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """Polled, its entries stored, the page behind a summary fetched, all read and matched: by the worker alone."""
    page = news_host.serve("/bridge", sample("tag-soup.html").read_bytes(), Content_Type="text/html")
    feed = sample("rss.xml").read_text().replace("https://hillharbour.example/harbour", page)
    Source.objects.create(name="Hill & Harbour News", kind="feed", url=news_host.serve("/feed", feed))
    monkeypatch.setenv("FETCH_ALLOW_PRIVATE", "1")
    monkeypatch.setenv("FETCH_PAUSE", "0")
    log = celery_worker()
    tasks.poll_due_sources.delay()
    eventually(lambda: Article.objects.filter(state=State.DONE).count() == 2, log=log)
    assert "Two boats moored below" in Article.objects.get(external_id="hh-2").text
    assert Incident.objects.visible().filter(events__article__external_id="hh-1").exists()


def test_sweep_hands_out_no_more_than_workers_can_take(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long backlog fills the broker once, not again with every sweep."""
    monkeypatch.setattr(tasks, "SWEEP", 5)
    for number in range(9):
        stored(number)
    tasks.sweep()
    tasks.sweep()
    assert tasks._waiting() == 5
