"""Two people and the machine at once, on real connections: nothing is lost, and the change log has no gap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from incidents import changes
from incidents.deriving import derive_incidents
from incidents.editing import Conflict, correct, merge, take_back
from incidents.joining import join_article
from incidents.models import Change, Event, Incident, Override
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


def test_edit_of_what_another_changed_at_the_same_moment_is_never_silent(editor: User, administrator: User) -> None:
    """Two people save the same field from the same page: one value stands, the other person is shown both."""
    (row,) = stored(1)
    seen = row_version(row)
    conflicts: list[tuple[int, int]] = []

    def save(user: User, best: int) -> Callable[[], object]:
        def job() -> None:
            mine = Incident.objects.get(pk=row.pk)
            try:
                correct(incident=mine, field="killed", value={"best": best}, user=user, reason="count", expected_version=seen)
            except Conflict as conflict:
                conflicts.append((conflict.yours["best"], conflict.now["best"]))

        return job

    at_once(save(editor, 11), save(administrator, 22))
    stands = Incident.objects.get(pk=row.pk).killed_best
    assert conflicts == [(33 - (stands or 0), stands)]
    assert Override.objects.count() == 1


def test_merges_and_joins_at_once_leave_no_event_behind(editor: User) -> None:
    """While one merges, the machine joins new reports: none stays with an incident that is gone."""
    rows = stored(6)
    articles = [make_event(make_article(f"A shooting, told the {n}th time.")).article_id for n in range(ROUNDS)]

    def fold() -> None:
        for gone in rows[1:]:
            merge(keep=Incident.objects.get(pk=rows[0].pk), gone=gone, user=editor)

    def join() -> None:
        for article in Article.objects.filter(pk__in=articles):
            with transaction.atomic():
                changes.hold(changes.MATCHING)
                join_article(article)

    at_once(fold, join)
    assert not Event.objects.exclude(incident__merged_into=None).exists()
    assert not Event.objects.filter(incident=None).exists()
    numbers = followed()
    assert numbers == list(range(1, len(numbers) + 1))


def row_version(row: Incident) -> int:
    return Incident.objects.values_list("version", flat=True).get(pk=row.pk)
