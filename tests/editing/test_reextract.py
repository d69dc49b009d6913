"""Reading again: overrides stay, events keep their identity, what people touched is never replaced."""

from dataclasses import replace
from datetime import date
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from incidents import pipeline, reextraction
from incidents.editing import correct, correct_event, not_same, reject_event
from incidents.extraction import Document, Record
from incidents.extraction import read as read_text
from incidents.identity import Read, same_events
from incidents.models import Event, Incident, ReadingRun, ReviewItem
from incidents.relocating import Changed
from sources.incoming import IncomingDocument
from sources.ingest import store
from sources.models import Article
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db
State = Article.State
ATTACK = (
    "A suicide bomber killed eleven people at a police post in Kandahar on Tuesday, the governor's spokesman said. "
    "Twenty others were wounded."
)


@pytest.fixture
def article() -> Article:
    row = make_article(ATTACK, title="", published_on=date(2023, 4, 5), origin=None, state=State.STORED)
    pipeline.process(row.pk)
    row.refresh_from_db()
    return row


def other_engine(**values: object) -> object:
    """Return a reading in which the main event has other values, as a newer engine's would."""

    def read(document: Document) -> Record:
        record = read_text(document)
        first, *rest = record.events
        return replace(record, version="99", events=(replace(first, **values), *rest))  # type: ignore[arg-type]

    return patch("incidents.pipeline.extraction.read", read)


def blind_engine() -> object:
    def read(document: Document) -> Record:
        return replace(read_text(document), version="99", events=())

    return patch("incidents.pipeline.extraction.read", read)


def test_overrides_stay_and_events_keep_their_rows(article: Article, editor: User) -> None:
    event = article.events.get(ordinal=0)
    incident = Incident.objects.get(events=event)
    correct(incident=incident, field="killed", value={"best": 12}, user=editor)
    with other_engine(type="bombing", stage="attempted"):  # type: ignore[attr-defined]
        outcome = reextraction.read_again(article.pk)
    event.refresh_from_db()
    incident.refresh_from_db()
    assert (event.type, event.stage, event.extractor, event.incident) == ("bombing", "attempted", "rules 99", incident)
    assert (incident.type, incident.killed_best) == ("bombing", 12)
    assert (outcome.kept, outcome.new, outcome.gone) == (article.events.count(), 0, 0)
    assert (incident.pk, "type", "suicide_bombing", "bombing") in outcome.changed


def test_dry_run_shows_and_changes_nothing(article: Article, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(Event.objects.values()), list(Incident.objects.values("pk", "version", "type"))
    with other_engine(type="bombing"):  # type: ignore[attr-defined]
        call_command("reextract", "--all", "--dry-run")
    told = capsys.readouterr().out
    assert "type: " in told
    assert "1 articles would be read again" in told
    assert (list(Event.objects.values()), list(Incident.objects.values("pk", "version", "type"))) == before
    article.refresh_from_db()
    assert article.state == State.DONE


def test_corrected_report_is_never_replaced(article: Article, editor: User) -> None:
    event = article.events.get(ordinal=0)
    correct_event(event=event, values={"type": "shooting", "counts": [{"outcome": "killed", "best": 3}]}, user=editor)
    with other_engine(type="bombing"):  # type: ignore[attr-defined]
        outcome = reextraction.read_again(article.pk)
    event.refresh_from_db()
    assert (event.type, [count.best for count in event.counts.all()]) == ("shooting", [3])
    assert outcome.new == 0


def test_what_is_no_longer_found_goes_unless_a_person_touched_it(article: Article, editor: User) -> None:
    incident = Incident.objects.get(events__article=article, events__ordinal=0)
    with blind_engine():  # type: ignore[attr-defined]
        assert reextraction.would_change(article.pk).gone == article.events.count()
        correct_event(event=article.events.get(ordinal=0), values={"stage": "attempted"}, user=editor)
        reextraction.read_again(article.pk)
    assert article.events.get().stage == "attempted"
    incident.refresh_from_db()
    assert incident.deleted_at is None


def test_rejected_report_does_not_come_back(article: Article, editor: User) -> None:
    reject_event(event=article.events.get(ordinal=0), user=editor)
    reextraction.read_again(article.pk)
    assert not Incident.objects.visible().filter(events__article=article, type="suicide_bombing").exists()
    assert article.events.filter(type="suicide_bombing").count() == 1


def test_not_the_same_outlives_a_reading_that_misses_it(article: Article, editor: User) -> None:
    mine = Incident.objects.get(events__article=article, events__ordinal=0)
    twin = make_article(
        ATTACK.replace("Twenty others", "Twenty more"), title="", published_on=date(2023, 4, 5), state=State.STORED
    )
    pipeline.process(twin.pk)
    other = Incident.objects.create(type="suicide_bombing", family="attack")
    Event.objects.filter(article=twin).update(incident=other)
    not_same(one=mine, other=other, user=editor)
    with blind_engine():  # type: ignore[attr-defined]
        reextraction.read_again(article.pk)
    reextraction.read_again(article.pk)
    assert set(article.events.values_list("incident", flat=True)) == {mine.pk}


def test_run_goes_on_where_it_stopped(article: Article) -> None:
    second = make_article("Police arrested two men in Mosul on Monday, officials said.", published_on=date(2023, 4, 5))
    run = reextraction.begin([])
    assert reextraction.left(run) == [article.pk, second.pk]
    reextraction.read_again(article.pk)
    assert reextraction.left(run) == [second.pk]
    call_command("reextract", "--resume", stdout=StringIO())
    assert ReadingRun.objects.get().finished_at is not None
    with pytest.raises(CommandError, match="no stopped run"):
        call_command("reextract", "--resume")
    with pytest.raises(CommandError, match="has the number 0"):
        call_command("reextract", "--article", "0")


def test_changed_article_moves_what_people_pointed_at(article: Article, editor: User) -> None:
    event = article.events.get(ordinal=0)
    incident = Incident.objects.get(events=event)
    span = [ATTACK.index("eleven"), ATTACK.index("eleven") + 6]
    override = correct(
        incident=incident, field="killed", value={"best": 11}, user=editor, evidence=[{"article": article.pk, "span": span}]
    )
    correct_event(event=event, values={"counts": [{"outcome": "killed", "best": 11, "span": span}]}, user=editor)
    Article.objects.filter(pk=article.pk).update(external_id="a1")
    added = "The ministry corrected an earlier statement. "
    document = IncomingDocument(
        name="a", source=make_source().name, text=added + ATTACK, title="", external_id="a1", published=date(2023, 4, 5)
    )
    assert store(document).outcome == "changed"
    pipeline.process(article.pk)
    article.refresh_from_db()
    event.refresh_from_db()
    override.refresh_from_db()
    for moved in (event.counts.get().span["span"], override.evidence[0]["span"]):
        assert article.text[slice(*moved)] == "eleven"
    assert article.events.filter(type="suicide_bombing").count() == 1
    assert ReviewItem.objects.get(reason="changed_article").article == article


def test_identity_is_given_to_the_likeliest() -> None:
    def read(kind: str, trigger: int, *, held: bool = False) -> Read:
        return Read(kind, False, {"span": [trigger, trigger + 4]}, (None, None, None), [{"span": [0, 50]}], held)

    earlier = [read("arrest", 30), read("bombing", 5)]
    assert same_events([read("bombing", 5), read("arrest", 31)], earlier) == {0: 1, 1: 0}
    assert same_events([read("shelling", 40)], earlier) == {}
    assert same_events([read("shelling", 40)], [read("raid", 5, held=True)]) == {0: 0}


def test_words_are_found_nearest_to_where_they_stood() -> None:
    change = Changed("", "ten men and ten women", "", "ten boys, ten men and ten women")
    assert change.moved({"span": [12, 15]}) == {"span": [22, 25]}
    assert change.moved({"span": [8, 11]}) == {"span": [18, 21]}
    assert Changed("", "ten men", "", "nobody").moved({"span": [0, 3]}) is None
