"""An incident's fields are a function of its events with people's values on top, and every change is told."""

from datetime import date, time

import pytest
from django.contrib.auth.models import User

from incidents.deriving import derive_incidents
from incidents.filters.conditions import text as has_words
from incidents.models import Change, Event, Incident, Override, Revision
from sources.models import Article, Origin
from tests.factories import make_article, make_count, make_event, make_incident, make_participation, make_place, span_of

pytestmark = pytest.mark.django_db


def blank() -> Incident:
    return Incident.objects.create(type="other", family="other")


def derived(incident: Incident) -> Incident:
    derive_incidents([incident.pk])
    incident.refresh_from_db()
    return incident


def test_it_works() -> None:
    incident = blank()
    event = make_event(incident=incident)
    make_count(event, "killed", 5)
    make_participation(event, "Islamic State")
    derived(incident)
    assert incident.headline == "Shooting in Al Hasakah, Syria: 5 killed, 20 January 2022"
    assert (incident.type, incident.family, incident.stage) == ("shooting", "attack", "accomplished")
    assert (incident.killed_low, incident.killed_best, incident.killed_high) == (5, 5, 5)
    assert (incident.country, incident.admin1, incident.place_precision) == ("SY", "Al-Hasakah", "settlement")
    assert incident.cell is not None
    assert [actor["name"] for actor in incident.actors] == ["Islamic State"]
    assert (incident.article_count, incident.origin_count) == (1, 1)
    assert list(incident.changes.values_list("kind", flat=True)) == ["created"]
    assert incident.version == incident.changes.get().number


def test_nothing_changed_nothing_told() -> None:
    incident = blank()
    make_event(incident=incident)
    derived(incident)
    assert derive_incidents([incident.pk]) == []
    assert Change.objects.count() == 1
    assert not Revision.objects.exists()


def test_a_change_names_field_from_and_to() -> None:
    incident = blank()
    make_event(incident=incident)
    derived(incident)
    make_event(incident=incident, type="suicide_bombing")
    make_event(incident=incident, type="suicide_bombing")
    derived(incident)
    revision = incident.revisions.get(field="type")
    assert (revision.before, revision.after, revision.user, revision.machine) == ("shooting", "suicide_bombing", None, "rules 1")
    assert revision.change is not None
    assert revision.change.number == incident.version


def test_copies_are_one_origin() -> None:
    incident, origin = blank(), Origin.objects.create()
    for _ in range(3):
        make_event(make_article(origin=origin), incident=incident, type="shooting")
    for _ in range(2):
        make_event(make_article(origin=Origin.objects.create()), incident=incident, type="bombing")
    derived(incident)
    assert incident.type == "bombing"
    assert (incident.article_count, incident.origin_count) == (5, 3)


def test_country_alone_is_never_a_point() -> None:
    incident = blank()
    make_event(incident=incident, place=make_place(id="t:sy", name="Syria", kind="country", lat=35.0, lon=38.0))
    derived(incident)
    assert (incident.place_precision, incident.country) == ("country", "SY")
    assert incident.lat is None
    assert incident.cell is None
    assert incident.headline.startswith("Shooting in Syria")


def test_passing_mentions_add_reports_but_no_figures() -> None:
    incident = blank()
    make_count(make_event(incident=incident), best=5)
    make_count(make_event(incident=incident, background=True, type="attack"), best=80)
    derived(incident)
    assert (incident.killed_best, incident.background, incident.article_count) == (5, False, 2)


def test_override_stands_above_the_events(editor: User) -> None:
    incident = blank()
    make_count(make_event(incident=incident), best=5)
    derived(incident)
    values = {"type": "raid", "killed": {"low": 7, "best": 8, "high": 9}, "wounded": None}
    for field, value in values.items():
        Override.objects.create(incident=incident, field=field, value=value, made_by=editor)
    day = {"earliest": "2022-01-21", "latest": "2022-01-21", "precision": "day"}
    Override.objects.create(incident=incident, field="date", value=day, made_by=editor)
    make_count(make_event(incident=incident, type="bombing"), best=50)
    derived(incident)
    assert (incident.type, incident.family, incident.killed_best) == ("raid", "operation", 8)
    assert (incident.earliest, incident.date_basis) == (date(2022, 1, 21), "editor")
    assert "wounded" not in incident.totals


def test_incident_without_reports_disappears_and_returns() -> None:
    incident = blank()
    event = make_event(incident=incident)
    derived(incident)
    event.incident = None
    event.save()
    assert derived(incident).deleted_at is not None
    event.incident = incident
    event.save()
    assert derived(incident).deleted_at is None
    assert list(incident.changes.values_list("kind", flat=True)) == ["created", "deleted", "restored"]


def test_override_keeps_an_incident_without_reports(editor: User) -> None:
    incident = make_incident(version=1, article_count=2, sources=[1, 2], claimants=["police"])
    Override.objects.create(incident=incident, field="type", value="raid", made_by=editor)
    row = derived(incident)
    assert row.deleted_at is None
    assert (row.article_count, row.sources, row.claimants) == (0, [], []), "nobody reports it any more"


def test_full_text_finds_headline_and_evidence() -> None:
    incident = blank()
    article = make_article("A convoy was ambushed. Nobody said why.")
    make_event(article, incident=incident, evidence=[span_of(article, "A convoy was ambushed")])
    derived(incident)

    def hit(words: str) -> bool:
        return Incident.objects.filter(has_words({"q": words})).exists()

    assert hit("hasakah shooting")
    assert hit("ambush")
    assert not hit("nobody")
    assert not hit('"ambushed convoy"')


def test_unread_article_is_no_report() -> None:
    """Only events count: an article without one adds nothing."""
    incident = blank()
    make_event(incident=incident)
    make_article(state=Article.State.STORED)
    assert derived(incident).article_count == 1


def test_place_in_capitals_is_named_as_the_gazetteer_has_it() -> None:
    incident = blank()
    event = make_event(incident=incident)
    event.place_read = (event.place_read or {}) | {"name": "AL HASAKAH"}
    event.save()
    assert derived(incident).place_name == "Al Hasakah"


def test_what_only_clients_are_given_is_told_too() -> None:
    """The confidence makes no revision, but whoever follows the log must hear of it."""
    incident = blank()
    event = make_event(incident=incident)
    make_count(event)
    version = derived(incident).version
    Event.objects.filter(pk=event.pk).update(confidence=0.5)
    assert derived(incident).version == version + 1
    assert not Revision.objects.filter(incident=incident).exists()
    assert derived(incident).version == version + 1


def test_a_stated_hour_is_kept_and_stands_above_a_day_alone() -> None:
    """By the clocks of the place: what a reading says, what a reader sees, what followers of the log are told."""
    incident = blank()
    day = {"earliest": "2022-01-20", "latest": "2022-01-20", "basis": "stated", "span": [0, 7]}
    make_event(incident=incident, date=day | {"precision": "day"})
    make_event(make_article(origin=Origin.objects.create()), incident=incident, date=day | {"precision": "time", "time": "18:40"})
    derived(incident)
    assert (incident.date_precision, incident.time_of_day) == ("time", time(18, 40))
    told = incident.changes.get().state
    assert told is not None
    assert told["date"]["time"] == "18:40"


def test_an_hour_that_cannot_be_read_is_none() -> None:
    incident = blank()
    broken = {"earliest": "2022-01-20", "latest": "2022-01-20", "basis": "stated", "precision": "time", "time": "half past"}
    make_event(incident=incident, date=broken)
    assert derived(incident).time_of_day is None
