"""Agreement: Cohen's kappa against known tables; two editors who read blind; what people changed of the machine's reading."""

import doctest
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client

from incidents import agreement as pure
from incidents import blind, editing, machine_record
from incidents.agreement import agreement, wilson
from incidents.deriving import derive_incidents
from incidents.models import BlindAnswer, Incident, ReviewCase, ReviewItem
from tests.factories import make_count, make_event, make_incident
from tests.web.pages import text_of


def table(*cells: int) -> list[tuple[str, str]]:
    """Two by two: both yes, yes and no, no and yes, both no."""
    answers = [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")]
    return [answer for answer, times in zip(answers, cells, strict=True) for _ in range(times)]


@pytest.mark.parametrize(
    ("cells", "kappa"),
    [
        ((20, 5, 10, 15), 0.4),
        ((45, 15, 25, 15), 0.1304),
        ((25, 35, 5, 35), 0.2593),
        ((25, 0, 0, 25), 1.0),
        ((0, 25, 25, 0), -1.0),
    ],
)
def test_kappa_of_known_tables(cells: tuple[int, ...], kappa: float) -> None:
    """The worked examples found in textbooks, and both ends."""
    found = agreement(table(*cells))
    assert found is not None
    assert found.kappa == pytest.approx(kappa, abs=5e-5)


def test_kappa_of_three_categories() -> None:
    """Worked by hand: p_o = .29; marginals .5 .3 .2 and .4 .3 .3 give p_e = .35, so that kappa is -.06 / .65."""
    rows = [[25, 13, 12], [12, 2, 16], [3, 15, 2]]
    found = agreement([(one, two) for one, row in enumerate(rows) for two, times in enumerate(row) for _ in range(times)])
    assert found is not None
    assert [found.n, found.observed, found.expected] == pytest.approx([100, 0.29, 0.35])
    assert found.kappa == pytest.approx(-0.0923, abs=5e-5)


def test_where_kappa_is_not_defined() -> None:
    assert agreement([]) is None
    found = agreement([("yes", "yes")] * 3)
    assert found is not None
    assert (found.observed, found.kappa) == (1, None)


def test_the_docstrings_examples() -> None:
    assert doctest.testmod(pure).failed == 0


def test_wilsons_interval() -> None:
    assert wilson(0, 0) == (0, 1)
    assert list(wilson(10, 100)) == pytest.approx([0.0552, 0.1744], abs=1e-4)


VALUES: dict[str, Any] = {
    "type": "shooting", "stage": "accomplished", "background": False,
    "date": {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "day"}, "place": None,
    "killed": {"low": 5, "best": 5, "high": 5}, "wounded": None,
}  # fmt: skip


@pytest.fixture
def incident(db: None) -> Incident:
    incident = make_incident()
    make_count(make_event(incident=incident))
    derive_incidents([incident.pk])
    return Incident.objects.get()


@pytest.fixture
def second(db: None) -> User:
    user = User.objects.create_user("second", password="a-long-password-6")
    user.groups.add(Group.objects.get(name="editors"))
    return user


def both(incident: Incident, lead: User, one: User, other: User) -> list[BlindAnswer]:
    reading = blind.ask(incident=incident, editors=[one, other], by=lead)
    return list(reading.answers.all())


def test_two_who_agree(incident: Incident, lead: User, editor: User, second: User) -> None:
    one, other = both(incident, lead, editor, second)
    assert blind.answer(one, VALUES) is False
    assert blind.answer(other, VALUES) is True
    assert not ReviewItem.objects.exists()
    figure = blind.field_agreement()["type"]
    assert figure is not None
    assert (figure.n, figure.observed) == (1, 1.0)


def test_what_two_see_differently_waits_for_review(incident: Incident, lead: User, editor: User, second: User) -> None:
    one, other = both(incident, lead, editor, second)
    blind.answer(one, VALUES)
    blind.answer(other, VALUES | {"type": "bombing", "killed": {"low": 4, "best": 4, "high": 4}})
    item = ReviewItem.objects.get()
    assert (item.reason, item.words) == ("editors_differ", "Two editors read it differently: type, killed.")
    assert ReviewCase.objects.get(incident=incident).is_open
    figure = blind.field_agreement()["killed"]
    assert figure is not None
    assert figure.observed == 0


def test_answers_are_final_and_checked(incident: Incident, lead: User, editor: User, second: User) -> None:
    one, _other = both(incident, lead, editor, second)
    with pytest.raises(ValidationError, match="below low"):
        blind.answer(one, VALUES | {"killed": {"low": 5, "best": 4, "high": 5}})
    blind.answer(one, VALUES)
    with pytest.raises(ValidationError, match="answered already"):
        blind.answer(one, VALUES)


def test_who_can_be_asked(incident: Incident, lead: User, editor: User, second: User, reader: User) -> None:
    for editors, words in (([editor, editor], "two different"), ([editor, reader], "is no editor")):
        with pytest.raises(ValidationError, match=words):
            blind.ask(incident=incident, editors=editors, by=lead)
    both(incident, lead, editor, second)
    with pytest.raises(ValidationError, match="reading this incident already"):
        both(incident, lead, editor, second)


def test_agreement_is_about_what_matters() -> None:
    day = {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "day"}
    assert blind.category("date", day) == blind.category("date", day | {"precision": "time"})
    assert blind.category("place", {"place_id": None, "name": "Dry Creek"}) == "dry creek"
    assert blind.category("place", {"place_id": None, "precision": "none"}) == blind.category("place", None) == "none"
    assert blind.category("killed", {"low": 1, "best": 5, "high": 9}) == "5"


def test_the_pages(signed_in: Callable[[User], Client], incident: Incident, lead: User, editor: User, second: User) -> None:
    editing.correct(incident=incident, field="type", value="kidnapping", user=lead)
    asking = signed_in(lead)
    wrong = asking.post("/agreement/", {"incident": "99999", "first": editor.pk, "second": editor.pk})
    assert (wrong.status_code, "no incident of this number" in text_of(wrong)) == (422, True)
    same = asking.post("/agreement/", {"incident": incident.pk, "first": editor.pk, "second": editor.pk})
    assert "Choose two different editors." in text_of(same)
    assert asking.post("/agreement/", {"incident": incident.pk, "first": editor.pk, "second": second.pk}).status_code == 302
    reading = BlindAnswer.objects.values_list("reading", flat=True)[0]
    path = f"/agreement/{reading}/"
    assert asking.get(path).status_code == 404
    assert "Yours to read 1" in text_of(signed_in(editor).get("/agreement/"))
    page = signed_in(editor).get(path)
    assert "Gunmen killed five people" in text_of(page)
    assert b'value="shooting" selected' in page.content
    assert b'value="kidnapping" selected' not in page.content
    sent = {
        "type-type": "shooting", "stage-stage": "accomplished", "background-background": "no",
        "date-earliest": "2022-01-20", "date-latest": "2022-01-20", "date-precision": "day", "place-precision": "none",
        "killed-low": "5", "killed-best": "5", "killed-high": "5", "killed-means": "numbers", "wounded-means": "unstated",
    }  # fmt: skip
    bad = signed_in(editor).post(path, sent | {"killed-low": "9"})
    assert (bad.status_code, "Best lies below low." in text_of(bad)) == (422, True)
    assert signed_in(editor).post(path, sent).status_code == 302
    assert signed_in(editor).get(path).status_code == 302
    assert "waiting" in text_of(asking.get("/agreement/"))
    signed_in(second).post(path, sent | {"type-type": "bombing"})
    outcome = text_of(asking.get("/agreement/"))
    assert "Type: Shooting / Bombing" in outcome.replace(" :", ":").title()
    assert "Readings" not in text_of(signed_in(editor).get("/agreement/"))


def test_what_people_changed(client: Client, incident: Incident, editor: User) -> None:
    other = make_incident()
    make_event(incident=other)
    editing.correct(incident=incident, field="type", value="kidnapping", user=editor)
    (version,) = machine_record.record()
    (share,) = version.shares
    assert (version.extractor, version.read, share.field, share.changed, share.percent) == ("rules 1", 2, "type", 1, 50.0)
    page = text_of(client.get("/machine/"))
    assert "rules 1 2 incidents" in page
    assert "Type 1 changed 50.0 %" in page
