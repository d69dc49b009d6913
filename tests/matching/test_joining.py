"""Articles in, incidents out: new where nothing is known, joined where it is the same, proposed where it may be."""

from datetime import date, timedelta
from typing import Any

import pytest

from incidents.deriving import derive_incidents
from incidents.joining import JoinResult, join_article
from incidents.models import Event, Incident, MatchProposal, ReviewItem
from sources.models import Article, Origin
from tests.factories import make_article, make_count, make_event, make_incident, make_place, span_of

pytestmark = pytest.mark.django_db


def report(text: str = "Gunmen killed five people in Hasakah on Thursday.", **values: Any) -> Event:
    article = {key: values.pop(key) for key in ("published_on", "origin", "title") if key in values}
    return make_event(make_article(text, **article), **values)


def join(event: Event) -> JoinResult:
    return join_article(event.article)


def test_it_works() -> None:
    first, second = report(), report()
    (incident,) = join(first).new
    result = join(second)
    assert (result.new, result.joined) == ([], [incident])
    incident.refresh_from_db()
    assert incident.article_count == 2
    assert incident.headline == "Shooting in Al Hasakah, Syria: 20 January 2022"
    assert list(incident.changes.values_list("kind", flat=True)) == ["created", "updated"]


def test_joining_again_changes_nothing() -> None:
    event = report()
    (incident,) = join(event).new
    assert join(event) == JoinResult([], [incident])
    assert incident.changes.count() == 1


def test_different_happenings_stand_apart() -> None:
    join(report())
    elsewhere = make_place(id="t:kabul", name="Kabul", country="AF", admin1="Kabul", lat=34.53, lon=69.17)
    for other in (report(place=elsewhere), report(type="arrest"), report(earliest=date(2022, 6, 1))):
        assert len(join(other).new) == 1
    assert Incident.objects.count() == 4


def test_plausible_match_is_proposed_with_its_reasons() -> None:
    (known,) = join(report()).new
    event = report(type="bombing")
    (new,) = join(event).new
    proposal = MatchProposal.objects.get()
    assert (proposal.event, proposal.incident, proposal.state) == (event, known, "open")
    assert proposal.parts["date"] == [3.0, "the same day"]
    assert ReviewItem.objects.get(incident=new).words == f"May be the same as {known.number}."


def test_a_report_that_two_incidents_fit_as_well_is_proposed_as_both() -> None:
    known = [make_event(make_article(), incident=make_incident(earliest=date(2022, 1, 20))).incident for _ in range(2)]
    derive_incidents([one.pk for one in known if one])
    (new,) = join(report()).new
    assert new not in known
    assert set(MatchProposal.objects.values_list("incident", flat=True)) == {one.pk for one in known if one}


def test_people_said_not_the_same() -> None:
    (known,) = join(report()).new
    event = report()
    MatchProposal.objects.create(event=event, incident=known, score=7, state="different")
    (new,) = join(event).new
    assert new != known
    assert MatchProposal.objects.count() == 1


def test_people_said_the_same() -> None:
    (known,) = join(report()).new
    event = report(type="arrest", earliest=known.earliest)
    MatchProposal.objects.create(event=event, incident=known, score=1, state="same")
    assert join(event).joined == [known]


def test_one_article_with_an_act_and_its_toll_is_one_incident() -> None:
    event = report("A bomb went off in Hasakah. Nine people died in the blast.", type="bombing")
    make_count(make_event(event.article, type="casualties"), best=9)
    result = join(event)
    assert len(result.new) == 1
    assert result.new[0].killed_best == 9
    assert result.new[0].changes.count() == 1


def test_one_article_that_counts_two_acts_apart_makes_two() -> None:
    event = report("Two bombs went off in Hasakah.", type="bombing")
    make_event(event.article, type="bombing")
    assert len(join(event).new) == 2


def test_toll_update_joins_what_it_follows() -> None:
    first = report(type="bombing", published_on=date(2022, 1, 20))
    make_count(first, best=5)
    (incident,) = join(first).new
    day = date(2022, 1, 21)
    values = {"earliest": str(day), "latest": str(day), "precision": "day", "basis": "published", "span": None}
    update = report(type="casualties", earliest=day, date=values, published_on=day, text="The toll of the blast rose to seven.")
    make_count(update, best=7, supersedes=True)
    assert join(update).joined == [incident]
    incident.refresh_from_db()
    assert (incident.type, incident.killed_best, incident.earliest) == ("bombing", 7, date(2022, 1, 20))


def test_mention_in_passing_joins_the_old_incident() -> None:
    (old,) = join(report(earliest=date(2013, 7, 21), type="escape", published_on=date(2013, 7, 22))).new
    day = {"earliest": "2013-07-01", "latest": "2013-07-31", "precision": "month", "basis": "stated", "span": [0, 4]}
    mention = report(
        earliest=date(2013, 7, 1),
        latest=date(2013, 7, 31),
        date=day,
        type="escape",
        background=True,
        published_on=date(2022, 2, 8),
    )
    assert join(mention).joined == [old]
    old.refresh_from_db()
    assert (old.background, old.earliest, old.date_precision) == (False, date(2013, 7, 21), "day")


def test_what_is_only_told_in_passing_is_background() -> None:
    (incident,) = join(report(background=True)).new
    assert incident.background


def test_copies_join_even_where_the_reading_is_vague() -> None:
    origin = Origin.objects.create()
    (incident,) = join(report(origin=origin)).new
    country = make_place(id="t:sy", name="Syria", kind="country", admin1="", lat=35.0, lon=38.0)
    assert join(report(origin=origin, place=country)).joined == [incident]


def test_names_join_reports_that_differ_in_the_day() -> None:
    text = "Nadia Qasim Rahmani and her brother Farid Rahmani were shot near the Sahat al-Nour market."
    (incident,) = join(report(text)).new
    later = report(f"Police named a suspect on Monday. {text}", earliest=date(2022, 1, 22))
    assert join(later).joined == [incident]


def test_merged_incident_passes_its_reports_on() -> None:
    event = report()
    kept = make_incident()
    event.incident = make_incident(merged_into=make_incident(merged_into=kept))
    event.save()
    assert join(event).joined == [kept]
    event.refresh_from_db()
    assert event.incident == kept


def test_article_without_events_joins_nothing() -> None:
    assert join_article(make_article()) == JoinResult([], [])


def test_cost_is_flat(django_assert_max_num_queries: Any) -> None:
    """The number of queries does not depend on how much is stored."""
    for day in range(30):
        make_incident(earliest=date(2022, 1, 1) + timedelta(day))
    event = report()
    with django_assert_max_num_queries(40):
        join(event)


def test_undated_unplaced_event_stands_alone() -> None:
    join(report())
    article = make_article("Somebody was shot.", published_on=None)
    make_event(article, earliest=None, latest=None, date=None, place_read=None, evidence=[span_of(article, "Somebody was shot.")])
    Event.objects.filter(article=article).update(place=None)
    (new,) = join_article(Article.objects.get(pk=article.pk)).new
    assert new.review_status == "needed"
    assert new.headline == "Shooting"
