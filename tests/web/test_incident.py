"""The incident page: what happened, who says so, and how the desk knows."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from incidents.deriving import derive_incidents
from incidents.models import Incident, Override
from sources.models import Origin
from tests.factories import (
    make_article,
    make_count,
    make_event,
    make_incident,
    make_participation,
    make_place,
    make_source,
    span_of,
)
from tests.web.pages import marked_in, tags_of, text_of

pytestmark = pytest.mark.django_db

TEXT = "Smoke hung over the market. Nearly 40 traders were killed, the governor said. Nobody was seen to flee."


def make_reported(text: str = TEXT, *, incident: Incident | None = None, day: int = 22, source: str = "Gulf Wire") -> Incident:
    """An incident with one report of 40 killed, said by the governor."""
    row = incident or Incident.objects.create(type="other", family="other")
    article = make_article(text, source=make_source(source), published_on=date(2022, 1, day))
    event = make_event(article, incident=row, trigger=span_of(article, "killed") if "killed" in text else None)
    words = "Nearly 40 traders" if "Nearly 40" in text else text.split(".")[0]
    make_count(
        event, best=40, low=None, quantifier="nearly", who="traders", claimant="the governor", span=span_of(article, words)
    )
    derive_incidents([row.pk])
    row.refresh_from_db()
    return row


def test_it_works(client: Client) -> None:
    incident = make_reported()
    response = client.get(incident.get_absolute_url())
    assert response.status_code == 200
    page = text_of(response)
    assert incident.headline in page
    assert "nearly 40 traders the governor Nearly 40 traders were killed, the governor said." in page
    assert "Best follows this" in page
    assert "Nearly 40 traders" in marked_in(response)


def test_it_answers_without_a_session_or_a_cookie(client: Client) -> None:
    response = client.get(make_reported().get_absolute_url())
    assert "sessionid" not in response.cookies


def test_not_stated_not_known_and_none_are_three_things(client: Client) -> None:
    incident = make_reported()
    event = incident.events.get()
    make_count(event, "wounded", None, quantifier="", low=None, high=None)
    make_count(event, "missing", 0)
    derive_incidents([incident.pk])
    page = text_of(client.get(incident.get_absolute_url()))
    assert "Wounded not known 1 statement, no number stands" in page
    assert "Missing 0 stated as none" in page
    incident.events.get().counts.filter(outcome="wounded").delete()
    assert "Wounded not stated by the one origin" in text_of(client.get(incident.get_absolute_url()))


def test_every_claim_has_its_article_and_what_the_desk_makes_of_it(client: Client) -> None:
    incident = make_reported(day=20)
    later = "The governor now speaks of 55 dead."
    article = make_article(later, source=make_source("Levant Daily"), published_on=date(2022, 1, 25))
    make_count(make_event(article, incident=incident), best=55, claimant="the governor", span=span_of(article, "55 dead"))
    derive_incidents([incident.pk])
    response = client.get(incident.get_absolute_url())
    page = text_of(response)
    assert "Levant Daily, 25 Jan 2022" in page
    assert "Superseded" in page
    assert {"Nearly 40 traders", "55 dead"} <= set(marked_in(response))
    assert any("toll" in (svg.get("class") or "") for svg in tags_of(response, "svg"))


def test_copies_are_folded_under_their_origin(client: Client) -> None:
    incident = make_reported()
    origin = incident.events.get().article.origin
    copy = make_article(TEXT + " Copied.", source=make_source("Coast Herald"), origin=origin)
    make_count(
        make_event(copy, incident=incident), best=40, quantifier="nearly", who="traders", claimant="the governor", low=None
    )
    derive_incidents([incident.pk])
    page = text_of(client.get(incident.get_absolute_url()))
    assert "1 independent report behind 2 articles" in page
    assert "1 copy folded" in page
    assert page.count("nearly 40 traders the governor") == 1


def test_actors_link_to_the_words_that_name_them(client: Client) -> None:
    incident = make_reported()
    event = incident.events.get()
    make_participation(event, "Marsh Brigade", claimant="Marsh Brigade")
    response = client.get(incident.get_absolute_url())
    assert "Perpetrator Marsh Brigade 1 of 1 origin, claimed by itself" in text_of(response)
    assert {"class": "ev", "href": f"/articles/{event.article_id}/?event=1#e1"} in tags_of(response, "a")


def test_what_articles_tell_in_passing_is_listed_apart(client: Client) -> None:
    incident = make_reported()
    old = make_incident(type="escape", headline="Escape from the old fort", background=True)
    make_event(incident.events.get().article, incident=old, background=True)
    page = text_of(client.get(incident.get_absolute_url()))
    assert "Told in passing Escape from the old fort" in page


def test_neighbours_are_told_with_distance_and_days(client: Client) -> None:
    incident = make_reported()
    near = make_place(id="desk:hamlet", name="Hamlet", lat=36.77, lon=40.74772)
    make_incident(place=near, headline="Raid on a hamlet", earliest=date(2022, 1, 23))
    make_incident(place=make_place(id="desk:far", name="Far", lat=10.0, lon=10.0), headline="Far away")
    page = text_of(client.get(incident.get_absolute_url()))
    assert "Raid on a hamlet 23 Jan 2022 30 km north +3 days" in page
    assert "Far away" not in page


def test_a_country_is_never_drawn(client: Client) -> None:
    incident = make_incident(place_precision="country", lat=None, lon=None)
    response = client.get(incident.get_absolute_url())
    assert "Only the country is known, so nothing is drawn on the map." in text_of(response)
    assert not [div for div in tags_of(response, "div") if div.get("id") == "locator"]


def test_hostile_words_are_text(client: Client) -> None:
    hostile = '<script>alert("1")</script> killed & <b>many</b>.'
    incident = make_reported(hostile, source="<i>Post</i>")
    Incident.objects.filter(pk=incident.pk).update(headline="<img src=x onerror=alert(1)>", place_name="</script><svg>")
    response = client.get(incident.get_absolute_url())
    body = response.content.decode()
    assert '<script>alert("1")' not in body
    assert "<img src=x" not in body
    assert "<i>Post" not in body
    assert "</script><svg>" not in body
    assert "<img src=x onerror=alert(1)>" in text_of(response)


def test_a_merged_one_leads_to_where_it_went_for_ever(client: Client) -> None:
    last = make_incident()
    middle = make_incident(merged_into=last)
    first = make_incident(merged_into=middle)
    response = client.get(first.get_absolute_url())
    assert response.status_code == 301
    assert response["Location"] == last.get_absolute_url()


def test_an_unknown_number_is_told_kindly(client: Client) -> None:
    response = client.get("/incidents/987654/")
    assert response.status_code == 404
    assert "There is no incident I-987654" in text_of(response)


def test_a_number_beyond_all_numbers_is_unknown_too(client: Client) -> None:
    assert client.get(f"/incidents/{10**30}/").status_code == 404


def test_a_deleted_one_is_gone_for_readers_only(client: Client, editor: User) -> None:
    incident = make_incident(deleted_at=timezone.now())
    assert client.get(incident.get_absolute_url()).status_code == 410
    client.force_login(editor)
    response = client.get(incident.get_absolute_url())
    assert response.status_code == 200
    assert "Deleted." in text_of(response)


@pytest.mark.parametrize("who", ["anonymous", "reader", "editor", "administrator"])
def test_only_those_who_may_correct_see_forms(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    incident = make_reported()
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    forms = [form for form in tags_of(client.get(incident.get_absolute_url()), "form") if "/correct/" in str(form.get("action"))]
    assert bool(forms) == (who in ("editor", "administrator"))


def test_a_persons_value_shows_who_set_it_and_why(client: Client, editor: User) -> None:
    incident = make_reported()
    Override.objects.create(incident=incident, field="stage", value="foiled", made_by=editor, reason="The bomb did not go off")
    derive_incidents([incident.pk])
    page = text_of(client.get(incident.get_absolute_url()))
    assert "Stage foiled Edda Itor" in page
    assert "The bomb did not go off" in page


def test_an_article_that_changed_is_said_to_have(client: Client) -> None:
    incident = make_reported()
    article = incident.events.get().article
    article.text = "Short."
    article.save()
    assert "The article changed; the words are no longer there." in text_of(client.get(incident.get_absolute_url()))


def test_the_number_of_queries_does_not_grow_with_the_reports(client: Client, django_assert_max_num_queries: object) -> None:
    incident = make_reported()
    for number in range(8):
        article = make_article(f"{TEXT} Report {number}.", origin=Origin.objects.create())
        event = make_event(article, incident=incident)
        make_count(event, best=30 + number, claimant=f"witness {number}", span=span_of(article, "Nearly 40 traders"))
        make_participation(event, f"Party {number}")
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # pytest-django's fixture is a context manager
        assert client.get(incident.get_absolute_url()).status_code == 200


def test_the_same_as_json_is_one_link_away(client: Client) -> None:
    incident = make_reported()
    links = [link["href"] for link in tags_of(client.get(incident.get_absolute_url()), "link") if link.get("rel") == "alternate"]
    assert links == [f"/api/v1/incidents/{incident.pk}/"]
    assert client.get(str(links[0])).json()["id"] == incident.pk
