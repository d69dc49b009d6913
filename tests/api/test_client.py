"""The client in clients/, which people copy, against a served desk."""

import json
from pathlib import Path

import httpx
import pytest
from django.contrib.auth.models import User

from clients.incident_desk import Copy, Desk, Problem
from incidents import editing, keys
from incidents.deriving import derive_incidents
from incidents.models import Change, Incident
from sources.models import Article
from tests.factories import make_count, make_event, make_incident

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(live_desk: str, editor: User) -> Desk:
    return Desk(live_desk, keys.make(owner=editor, name="client", scopes=["read", "write"])[1])


def told() -> Incident:
    """An incident with a report of five killed, as the log knows it."""
    incident = make_incident()
    make_count(make_event(incident=incident), best=5)
    derive_incidents([incident.pk])
    return incident


def test_rows_come_from_every_page(desk: Desk) -> None:
    numbers = [make_incident(type="raid").pk for _ in range(5)]
    make_incident(type="shooting")
    with desk:
        assert sorted(row["id"] for row in desk.rows("incidents/", type="raid", page_size=2)) == numbers
        assert desk.get(f"incidents/{numbers[0]}/")["type"] == "raid"


def test_an_article_is_pushed_once(desk: Desk) -> None:
    article = {"external_id": "4711", "title": "Blast", "text": "A car bomb killed four people in Hasakah on Friday."}
    with desk:
        first = desk.push(article, once="wire-4711")
        again = desk.push(article, once="wire-4711")
        assert again["article"]["id"] == first["article"]["id"]
    assert Article.objects.count() == 1


def test_a_correction_is_of_what_was_read(desk: Desk) -> None:
    incident = told()
    with desk:
        read = desk.get(f"incidents/{incident.pk}/")
        done = desk.correct(read, "killed", {"best": 7}, "the ministry's list")
        assert done["incident"]["totals"]["killed"]["best"] == 7
        with pytest.raises(Problem, match="412") as refused:
            desk.correct(read, "killed", {"best": 8}, "too late")
        assert refused.value.status == 412
        desk.undo(done["action"], "only a trial")
        assert desk.get(f"incidents/{incident.pk}/")["totals"]["killed"]["best"] == 5


def test_what_is_refused_names_the_reason(desk: Desk) -> None:
    with desk, pytest.raises(Problem, match="did you mean"):
        next(desk.rows("incidents/", type="bombin"))


def test_a_copy_starts_follows_and_begins_again_where_it_must(desk: Desk, editor: User, tmp_path: Path) -> None:
    kept, gone = told(), told()
    copy = Copy(tmp_path / "copy.json")
    with desk:
        assert copy.follow(desk, wait=0)
        assert set(copy.held) == {str(kept.pk), str(gone.pk)}
        editing.delete(incident=gone, user=editor, reason="a hoax")
        copy = Copy(tmp_path / "copy.json")  # as after a restart
        assert copy.follow(desk, wait=0)
        assert set(copy.held) == {str(kept.pk)}
        assert not copy.follow(desk, wait=0)
        (tmp_path / "copy.json").write_text(json.dumps({"held": {"9": {}}, "after": Change.objects.count() + 1000}))
        copy = Copy(tmp_path / "copy.json")  # of a desk that was
        assert copy.follow(desk, wait=0)
        assert set(copy.held) == {str(kept.pk)}


def test_a_desk_that_does_not_answer_is_an_error_of_the_connection() -> None:
    with Desk("http://127.0.0.1:9") as desk, pytest.raises(httpx.ConnectError):
        desk.get("incidents/")
