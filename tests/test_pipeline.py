"""An article passes its stages, each rerunnable; one that fails stands in nobody's way."""

from datetime import date
from unittest.mock import patch

import pytest

from incidents import extraction, pipeline
from incidents.extraction import read
from incidents.models import Event, Incident, ReviewItem
from sources.claims import MAX_ATTEMPTS, claim
from sources.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db
State = Article.State

ATTACK = (
    "A suicide bomber killed eleven people at a police post in Kandahar on Tuesday, the governor's spokesman said. "
    "Twenty others were wounded."
)
RAID = "Soldiers raided a farm near Maiduguri on Monday and arrested six men, the army said in a statement."


def stored(text: str = ATTACK, **values: object) -> Article:
    values = {"title": "", "published_on": date(2023, 4, 5), "origin": None, "state": State.STORED} | values
    return make_article(text, **values)


def test_it_works() -> None:
    article = stored()
    pipeline.process(article.pk)
    article.refresh_from_db()
    assert (article.state, article.error, article.relevant, article.language) == (State.DONE, "", True, "en")
    assert article.extractor
    assert article.bands
    assert article.origin
    main = article.events.first()
    assert main
    assert main.type == "suicide_bombing"
    assert main.ordinal == 0
    assert main.incident
    assert {(count.outcome, count.best) for count in main.counts.all()} == {("killed", 11), ("wounded", 20)}


def test_spans_lie_on_the_words() -> None:
    article = stored()
    pipeline.process(article.pk)
    count = Event.objects.get(article=article, ordinal=0).counts.get(outcome="killed")
    start, end = count.span["span"]
    assert "eleven" in article.text[start:end]


def test_a_figure_that_its_article_replaces_sets_no_bound() -> None:
    article = stored("A bomb killed 14 people in a church in Kasindi on Monday, the army said. It had first spoken of ten dead.")
    pipeline.process(article.pk)
    incident = Incident.objects.get()
    assert (incident.killed_low, incident.killed_best, incident.killed_high) == (14, 14, 14)
    assert article.events.get(ordinal=0).counts.get(best=10).replaced


def test_stage_run_twice_changes_nothing() -> None:
    article = stored()
    assert pipeline.read_article(article.pk)
    assert not pipeline.read_article(article.pk)
    assert pipeline.match_article(article.pk)
    assert not pipeline.match_article(article.pk)
    assert Incident.objects.count() == article.events.count()


def test_reading_again_keeps_events_and_incidents() -> None:
    article = stored()
    pipeline.process(article.pk)
    events, versions = list(article.events.values_list("id", "incident_id")), list(Incident.objects.values_list("id", "version"))
    pipeline.put_back(failed_only=False)
    pipeline.process(article.pk)
    assert list(article.events.values_list("id", "incident_id")) == events
    assert list(Incident.objects.values_list("id", "version")) == versions


def test_changed_text_replaces_its_events() -> None:
    article = stored()
    pipeline.process(article.pk)
    before = set(article.events.values_list("incident_id", flat=True))
    Article.objects.filter(pk=article.pk).update(text=RAID, digest="another", state=State.STORED)
    pipeline.process(article.pk)
    assert "suicide_bombing" not in set(article.events.values_list("type", flat=True))
    assert article.events.exists()
    assert not Incident.objects.visible().filter(pk__in=before).exists()


def test_missing_date_is_asked_for_until_it_is_there() -> None:
    article = stored(published_on=None)
    pipeline.process(article.pk)
    item = ReviewItem.objects.get(reason="no_publication_date")
    assert (item.article, item.state) == (article, ReviewItem.State.OPEN)
    Article.objects.filter(pk=article.pk).update(published_on=date(2023, 4, 5), state=State.STORED)
    pipeline.process(article.pk)
    item.refresh_from_db()
    assert item.state == ReviewItem.State.DONE


@pytest.mark.parametrize("stage", ["incidents.pipeline.extraction.read", "incidents.pipeline.join_article"])
def test_failing_article_fails_with_its_error_and_leaves_nothing_half_done(stage: str) -> None:
    article, other = stored(), stored(RAID)
    with patch(stage, side_effect=RuntimeError("out of ink")):
        pipeline.process(article.pk)
    article.refresh_from_db()
    assert (article.state, article.error, article.attempts) == (State.FAILED, "RuntimeError: out of ink", MAX_ATTEMPTS)
    assert not Incident.objects.exists()
    pipeline.process(other.pk)
    other.refresh_from_db()
    assert other.state == State.DONE
    pipeline.put_back(failed_only=True)
    pipeline.process(article.pk)
    article.refresh_from_db()
    assert article.state == State.DONE


def test_text_changed_while_it_was_read_is_read_again() -> None:
    """What was found in the old text is dropped, whatever stage it had reached."""
    article = stored()

    def read_and_change(document: extraction.Document) -> extraction.Record:
        Article.objects.filter(pk=article.pk).update(text=RAID, claimed_at=None, attempts=0)
        return read(document)

    with patch("incidents.pipeline.extraction.read", read_and_change):
        assert not pipeline.read_article(article.pk)
    assert not article.events.exists()
    pipeline.process(article.pk)
    assert "suicide_bombing" not in set(article.events.values_list("type", flat=True))


def test_copies_count_as_one_origin() -> None:
    for source_title in ("One", "Two"):
        pipeline.process(stored(ATTACK + " " + RAID, title=source_title).pk)
    assert Article.objects.values("origin").distinct().count() == 1


def test_due_is_what_waits_and_nobody_holds() -> None:
    waiting, done, held = stored(), stored(RAID, state=State.DONE), stored("Held.")
    assert claim(held.pk, State.STORED)
    assert pipeline.due(10) == [(waiting.pk, State.STORED)]
    assert done.state == State.DONE
    assert pipeline.due(0) == []
