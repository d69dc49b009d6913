"""The promise to clients: whoever follows the log holds what the server holds, after any writes, however often it is killed."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from incidents import changes, editing
from incidents.deriving import derive_incidents
from incidents.models import Action, Change, Event, Incident, Override
from tests.conftest import ROOT, eventually, process_environment
from tests.factories import make_count, make_event

pytestmark = pytest.mark.django_db(transaction=True)
CHANGES = 10_000
WRITERS = 4
CONSUMER = ["clients/incident_desk.py"]


class Writer:
    """Writes at random as ingest, people and workers do, each step in a transaction of its own."""

    def __init__(self, seed: int, user: User, enough: threading.Event) -> None:
        self.random, self.user, self.enough = random.Random(seed), user, enough  # noqa: S311 -- repeatable, not secret
        people = [self.correct, self.take_back, self.remove, self.merge, self.split, self.undo]
        self.steps: list[Callable[[], object]] = [*people, self.report, self.report, self.forget, self.recall]

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                with suppress(ValidationError):  # others were there first: refused, nothing written
                    self.random.choice(self.steps)()
                self.rewrite()
        finally:
            connection.close()

    def some(self, n: int = 1) -> list[Incident]:
        numbers = list(Incident.objects.visible().values_list("pk", flat=True))
        return list(Incident.objects.filter(pk__in=self.random.sample(numbers, min(n, len(numbers)))))

    @transaction.atomic
    def report(self) -> None:
        incident = Incident.objects.create(type="other", family="other")
        make_count(make_event(incident=incident), "killed", self.random.randrange(9))
        derive_incidents([incident.pk])

    def correct(self) -> None:
        (incident,) = self.some()
        editing.correct(incident=incident, field="wounded", value={"best": self.random.randrange(99)}, user=self.user)

    def take_back(self) -> None:
        if override := Override.objects.filter(taken_back_at=None).order_by("?").first():
            editing.take_back(override=override, user=self.user)

    def remove(self) -> None:
        (incident,) = self.some()
        editing.delete(incident=incident, user=self.user, reason="a hoax")

    def merge(self) -> None:
        keep, gone = self.some(2)
        editing.merge(keep=keep, gone=gone, user=self.user)

    def split(self) -> None:
        event = Event.objects.exclude(incident=None).order_by("?").first()
        if event and event.incident:
            editing.split(incident=event.incident, events=[event.pk], user=self.user)

    def undo(self) -> None:
        if action := Action.objects.filter(undone_at=None).order_by("?").first():
            editing.undo(action=action, user=self.user)

    @transaction.atomic
    def forget(self) -> None:
        """Lose the reports of an incident, as reading an article anew may; who moves reports locks that first."""
        changes.hold(changes.MATCHING)
        (incident,) = self.some()
        Event.objects.filter(incident=incident).update(incident=None)
        derive_incidents([incident.pk])

    @transaction.atomic
    def recall(self) -> None:
        changes.hold(changes.MATCHING)
        event = Event.objects.filter(incident=None).order_by("?").first()
        gone = Incident.objects.exclude(deleted_at=None).order_by("?").first()
        if event and gone:
            Event.objects.filter(pk=event.pk).update(incident=gone)
            derive_incidents([gone.pk])

    def rewrite(self) -> None:
        """Change many incidents in one transaction, as reading everything anew does."""
        with transaction.atomic():
            changes.hold(changes.LOCK)
            rows, killed = self.some(120), self.random.randrange(1000)
            totals = {"killed": {"low": None, "best": killed, "high": None}}
            Incident.objects.filter(pk__in=[row.pk for row in rows]).update(killed_best=killed, totals=totals)
            changes.log(changes.Entry(row, Change.Kind.UPDATED) for row in rows)


class Consumer:
    """The client's process, and what it has on disk."""

    def __init__(self, address: str, folder: Path) -> None:
        self.file, self.log = folder / "held.json", folder / "consumer.log"
        self.command = [sys.executable, *CONSUMER, address, str(self.file)]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=process_environment(), stdout=log, stderr=log)

    def kill(self) -> None:
        """End it wherever it is; fails where it had ended by itself."""
        if self.process:
            ended = self.process.poll()
            self.process.kill()
            self.process.wait()
            self.process = None
            assert ended is None, self.log.read_text()

    def kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(self.file.read_text()) if self.file.exists() else {"held": {}, "after": -1}
        return kept


def everything(address: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    page = f"{address}/api/v1/incidents/?background=1&page_size=500"
    while page:
        answer = httpx.get(page, timeout=60).json()
        found |= {str(row["id"]): row for row in answer["results"]}
        page = answer["next"]
    return found


@pytest.mark.timeout(240)  # ten thousand commits take their time on a busy machine
def test_a_client_killed_at_random_holds_what_the_server_holds(live_desk: str, editor: User, tmp_path: Path) -> None:
    enough, consumer, chance = threading.Event(), Consumer(live_desk, tmp_path), random.Random(7)  # noqa: S311
    writers = [Writer(seed, editor, enough) for seed in range(WRITERS)]
    for _ in range(100):
        writers[0].report()
    kills = 0
    with ThreadPoolExecutor(WRITERS) as pool:
        running = [pool.submit(writer.run) for writer in writers]
        try:
            while Change.objects.count() < CHANGES and not any(job.done() for job in running):
                consumer.start()
                time.sleep(chance.uniform(0.5, 4))
                consumer.kill()
                kills += 1
        finally:
            enough.set()
    for job in running:
        job.result()
    consumer.start()
    last = Change.objects.count()
    try:
        eventually(lambda: consumer.kept()["after"] == last, log=consumer.log)
    finally:
        consumer.kill()
    print(f"{last} changes by {WRITERS} writers, the client killed {kills} times")  # noqa: T201 -- shown with -s
    assert kills > 2
    assert list(Change.objects.values_list("number", flat=True)) == list(range(1, last + 1))
    assert {kind for kind in Change.Kind.values if Change.objects.filter(kind=kind).exists()} >= {
        "created",
        "deleted",
        "restored",
    }
    assert consumer.kept()["held"] == everything(live_desk)
