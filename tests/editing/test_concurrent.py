"""Two people and the machine at once, on real connections: nothing is lost, and the change log has no gap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection

from incidents.deriving import derive_incidents
from incidents.editing import correct, take_back
from incidents.joining import join_article
from incidents.models import Change, Incident, Override
from sources.models import Article
from tests.factories import make_article, make_count, make_event

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 15


def stored(n: int) -> list[Incident]:
    rows = [Incident.objects.create(type="other", family="other") for _ in range(n)]
    for row in rows:
        make_count(make_event(incident=row), "killed", 5)
    derive_incidents([row.pk for row in rows])
    return rows


def at_once(*jobs: Callable[[], object]) -> None:
    def run(job: Callable[[], object]) -> None:
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for future in [pool.submit(run, job) for job in jobs]:
            future.result()


def followed() -> list[int]:
    return list(Change.objects.values_list("number", flat=True))


def test_two_editors_and_the_machine_leave_a_gapless_log(editor: User, administrator: User) -> None:
    rows = stored(2)
    articles = [make_event(make_article(f"A shooting, told the {n}th time.")).article_id for n in range(ROUNDS)]

    def edit(user: User, order: list[Incident]) -> Callable[[], object]:
        def job() -> None:
            for n in range(ROUNDS):
                for row in order:
                    correct(
                        incident=Incident.objects.get(pk=row.pk), field="wounded", value={"best": n}, user=user, reason="recount"
                    )

        return job

    def join() -> None:
        for article in Article.objects.filter(pk__in=articles):
            join_article(article)

    at_once(edit(editor, rows), edit(administrator, rows[::-1]), join)
    numbers = followed()
    assert numbers == list(range(1, len(numbers) + 1))
    for row in Incident.objects.all():
        assert row.version == max(row.changes.values_list("number", flat=True))
        assert Override.objects.filter(incident=row, taken_back_at=None).count() <= 1
    assert Override.objects.count() == 4 * ROUNDS


def test_follower_misses_nothing_while_others_write(editor: User) -> None:
    """Whoever sees number n sees every number up to n."""
    rows = stored(2)
    seen: list[list[int]] = []

    def edit(row: Incident) -> Callable[[], object]:
        def job() -> None:
            for n in range(ROUNDS):
                override = correct(incident=Incident.objects.get(pk=row.pk), field="killed", value={"best": n + 10}, user=editor)
                take_back(override=override, user=editor)

        return job

    def follow() -> None:
        while len(seen) < 200 and (not seen or len(seen[-1]) < 2 + 4 * ROUNDS):
            seen.append(followed())

    at_once(edit(rows[0]), edit(rows[1]), follow)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in [*seen, followed()])
    assert len(followed()) == 2 + 4 * ROUNDS


def test_both_fields_of_two_editors_stand(editor: User, administrator: User) -> None:
    (row,) = stored(1)

    def set_type() -> None:
        correct(incident=Incident.objects.get(pk=row.pk), field="type", value="raid", user=editor)

    def set_stage() -> None:
        correct(incident=Incident.objects.get(pk=row.pk), field="stage", value="foiled", user=administrator)

    at_once(set_type, set_stage)
    row.refresh_from_db()
    assert (row.type, row.stage) == ("raid", "foiled")


def test_listeners_hear_of_it(editor: User) -> None:
    """A LISTEN connection gets the newest number once the transaction has committed."""
    (row,) = stored(1)
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("LISTEN changes")
    at_once(lambda: correct(incident=row, field="type", value="raid", user=editor))
    heard = [notice.payload for notice in raw.notifies(timeout=5, stop_after=1)]
    assert heard == [str(followed()[-1])]
