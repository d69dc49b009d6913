"""The copy in memory: it answers as PostgreSQL does, to any filter, and is never stale, whoever wrote."""

import errno
import threading
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from incidents.aggregates.cells import View, cells
from incidents.aggregates.facets import facets
from incidents.aggregates.timeline import Window, timeline
from incidents.columns import following, held, keeping, ordering, text_query
from incidents.columns.choosing import chosen
from incidents.columns.following import Copy, NotReady
from incidents.columns.ordering import Last
from incidents.columns.reading import read
from incidents.columns.summing import by_day, how_many, sums
from incidents.extraction.values import FAMILY_OF
from incidents.filters import IncidentFilter
from incidents.filters.conditions import ORDERINGS
from incidents.models import Incident
from incidents.searching import vector
from incidents.vocabulary import OUTCOMES, PLACE_PRECISIONS, ROLES, STAGES, TYPES
from tests.factories import make_incident, make_place, make_source

DAY = date(2022, 1, 20)
NAMES = ("Islamic State", 'SDF", "origins": 5', "Ansar, the 2nd", "7")
CLAIMANTS = ("police", "the army", 'a "source"', "état-major|x")
TEXTS = (
    "it's a car, a \\car bomb: car bomb",
    "car bomb kills five",
    "bombing at a checkpoint",
    "police said the market burned",
    "the bomb in the car",
    "",
)
QUERIES = (
    "bomb",
    "car bomb",
    '"car bomb"',
    "bomb -checkpoint",
    "market or five",
    "-police",
    "the",
    "car-bomb",
    "it's",
    '-"car bomb"',
    '"bomb car"',
    '"bombing at a checkpoint"',
    '"car bomb kills five" or "five bomb"',
    '"it\'s a car"',
)

numbers = st.one_of(st.none(), st.integers(0, 12))


def bounds(values: tuple[int | None, ...]) -> dict[str, int | None]:
    """Put what is known in order: low, best, high."""
    known = iter(sorted(value for value in values if value is not None))
    return {name: None if value is None else next(known) for name, value in zip(("low", "best", "high"), values, strict=True)}


tolls = st.tuples(numbers, numbers, numbers).map(bounds)
days = st.one_of(st.none(), st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n)))
points = st.one_of(
    st.none(), st.sampled_from([(36.5, 40.75), (36.6, 40.8), (-16.5, -179.9), (-16.5, 179.9), (89.9, 0.0), (-90.0, 12.0)])
)


@st.composite
def incidents(draw: st.DrawFn) -> dict[str, Any]:
    earliest, latest = draw(days), draw(days)
    if earliest and latest and latest < earliest:
        earliest, latest = latest, earliest
    lat, lon = draw(points) or (None, None)
    killed, kind = draw(tolls), draw(st.sampled_from(TYPES[:6]))
    others = draw(st.dictionaries(st.sampled_from(OUTCOMES), tolls, max_size=2))
    parties = st.tuples(st.sampled_from(range(4)), st.sampled_from(ROLES[:3]))
    return {
        "type": kind, "family": FAMILY_OF[kind], "stage": draw(st.sampled_from(STAGES)), "background": draw(st.booleans()),
        "confidence": draw(st.sampled_from([0.0, 0.3, 0.4, 0.4001, 0.99])), "earliest": earliest, "latest": latest,
        "date_precision": draw(st.sampled_from(["day", "month", ""])), "lat": lat, "lon": lon,
        "place_precision": draw(st.sampled_from(PLACE_PRECISIONS)), "country": draw(st.sampled_from(["SY", "IQ", ""])),
        "admin1": draw(st.sampled_from(["Al-Hasakah", "a|b", ""])),
        "killed_low": killed["low"], "killed_best": killed["best"], "killed_high": killed["high"], "totals": others,
        "actors": [
            {"actor": n + 1, "name": NAMES[n], "role": role, "origins": 1}
            for n, role in draw(st.lists(parties, max_size=3, unique=True))
        ],
        "sources": draw(st.lists(st.sampled_from([1, 2, 3]), max_size=2, unique=True).map(sorted)),
        "claimants": draw(st.lists(st.sampled_from(CLAIMANTS), max_size=2, unique=True).map(sorted)),
        "origin_count": draw(st.integers(0, 3)), "review_status": draw(st.sampled_from(Incident.Review.values)),
        "changed_at": datetime(2023, 1, 1, tzinfo=UTC) + timedelta(microseconds=draw(st.integers(0, 3))),
        "deleted_at": draw(st.sampled_from([None, None, None, datetime(2023, 1, 1, tzinfo=UTC)])),
        "headline": draw(st.sampled_from(TEXTS)),
    }  # fmt: skip


def several(values: Any) -> Any:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


PARAMETERS: dict[str, Any] = {
    "since": st.sampled_from(["2022-01-20", "2022-01", "2021"]), "until": st.sampled_from(["2022-01-20", "2022-02", "2030"]),
    "type": several(TYPES[:6]), "family": several(["attack", "casualties"]), "outcome": st.sampled_from(OUTCOMES),
    "min": st.sampled_from(["0", "1", "7"]), "country": several(["SY", "IQ", "FR"]),
    "admin1": several(["Al-Hasakah", "a|b", "x"]),
    "near": st.sampled_from(["36.5,40.7,10", "-16.5,179.9,60", "90,0,100", "0,0,20000"]),
    "bbox": st.sampled_from(["40,36,41,37", "170,-20,-170,-10", "-180,-90,180,90"]), "placed": st.sampled_from(["yes", "no"]),
    "actor": several([*NAMES, "2", "nobody"]), "role": st.sampled_from(ROLES), "source": several(["Wire 1", "2", "none"]),
    "claimant": several(CLAIMANTS), "stage": several(STAGES), "review": several(Incident.Review.values),
    "confidence": st.sampled_from(["0.4", "0.5", "0"]), "precision": st.sampled_from(PLACE_PRECISIONS),
    "q": st.sampled_from(QUERIES), "background": st.sampled_from(["0", "1", "only"]), "sort": st.sampled_from(list(ORDERINGS)),
}  # fmt: skip


@st.composite
def queries(draw: st.DrawFn) -> QueryDict:
    query = QueryDict(mutable=True)
    for name in draw(st.lists(st.sampled_from(list(PARAMETERS)), max_size=3, unique=True)):
        value = draw(PARAMETERS[name])
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


class TestTwin(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_place()
        for n in (1, 2, 3):
            make_source(f"Wire {n}", pk=n)

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(
        rows=st.lists(incidents(), min_size=4, max_size=9),
        filters=st.lists(queries(), min_size=10, max_size=14),
        long_run=st.sampled_from([1, 10_000]),
    )
    def test_copy_answers_as_the_database(self, rows: list[dict[str, Any]], filters: list[QueryDict], long_run: int) -> None:
        """Words are looked up in postings and beside them."""
        with patch.object(held, "LONG_RUN", long_run):
            self.compare(rows, filters)

    def compare(self, rows: list[dict[str, Any]], filters: list[QueryDict]) -> None:
        for values in rows:
            incident = make_incident(**values)
            if values["headline"]:
                Incident.objects.filter(pk=incident.pk).update(search=vector(incident, []))
        for query in filters:
            asked = IncidentFilter(query)
            assert not asked.errors
            expected = list(asked.apply(Incident.objects.visible()))
            with chosen(asked.asked) as found:
                ids = ordering.page(found, asked.ordering, 100)
                assert ids == [row.pk for row in expected], query.urlencode()
                assert ids == list(self.paged(found, asked.ordering, {row.pk: row for row in expected}))
            assert sums(asked.asked).killed_low == sum(least(row) for row in expected)

    def paged(self, found: Any, order: str, rows: dict[int, Incident]) -> Iterator[int]:
        """Walk the list in pages of two, each after the last one's last row."""
        columns = {"killed": "killed_best", "origins": "origin_count", "changed": "changed_at"}
        last = None
        while ids := ordering.page(found, order, 2, after=last):
            yield from ids
            last = Last(getattr(rows[ids[-1]], columns.get(order, "day")), ids[-1])


def least(row: Incident) -> int:
    return next((each for each in (row.killed_low, row.killed_best, row.killed_high) if each is not None), 0)


def arrests() -> int:
    return how_many(IncidentFilter(QueryDict("type=arrest")).asked)


@pytest.mark.django_db
def test_whoever_writes_is_followed() -> None:
    first, second = make_incident(), make_incident(type="arrest")
    assert arrests() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_incident SET type = 'arrest' WHERE id = %s", [first.pk])
    assert arrests() == 2
    Incident.objects.filter(pk=first.pk).delete()
    assert arrests() == 1
    Incident.objects.filter(pk=second.pk).update(deleted_at="2022-01-01T00:00Z")
    assert arrests() == 0
    Incident.objects.filter(pk=second.pk).update(deleted_at=None)
    assert arrests() == 1


@pytest.mark.django_db
def test_what_is_taken_back_is_forgotten() -> None:
    make_incident(type="arrest")
    with transaction.atomic():
        make_incident(type="arrest")
        Incident.objects.update(killed_best=3, killed_low=3)
        assert arrests() == 2
        transaction.set_rollback(True)
    assert arrests() == 1
    assert how_many(IncidentFilter(QueryDict("min=3")).asked) == 0


@pytest.mark.django_db(transaction=True)
def test_late_commit_is_not_missed() -> None:
    """A transaction that began before others and ends after them is in the answer once it ends, and not before."""
    wrote, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def writer() -> None:
        with transaction.atomic():
            make_incident(type="arrest")
            wrote.set()
            go_on.wait(10)
        done.set()
        connection.close()

    make_place()  # or the second writer would wait for the first one's
    thread = threading.Thread(target=writer)
    thread.start()
    assert wrote.wait(10)
    make_incident(type="arrest")
    assert arrests() == 1
    go_on.set()
    assert done.wait(10)
    assert arrests() == 2
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_emptied_table_is_noticed() -> None:
    make_incident(type="arrest")
    assert arrests() == 1
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE incidents_incident CASCADE")
    assert arrests() == 0
    make_incident(type="arrest")
    assert arrests() == 1


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", None),
        ("'bomb'", text_query.Word("bomb")),
        ("'it''s'", text_query.Word("it's")),
        ("!'a' & 'b'", text_query.All((text_query.Not(text_query.Word("a")), text_query.Word("b")))),
        ("'a' <2> 'b'", text_query.Phrase(("a", "b"), (2,))),
        (
            "!( 'a' <-> 'b' ) | 'c'",
            text_query.Any(
                (
                    text_query.Not(text_query.Phrase(("a", "b"), (1,))),
                    text_query.Word("c"),
                )
            ),
        ),
    ],
)
def test_text_query_is_taken_apart(query: str, tree: Any) -> None:
    assert text_query.taken_apart(query) == tree


@pytest.mark.django_db(transaction=True)
def test_kept_copy_is_gone_on_from(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """A process that starts again reads what was kept and takes in what was written since."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(keeping, "WORTH_KEEPING", 1)
    kept = make_incident(type="arrest", headline="first")
    Incident.objects.filter(pk=kept.pk).update(search=vector(kept, []))
    Copy().load()
    Incident.objects.filter(pk=kept.pk).update(killed_best=7, killed_low=7)
    make_incident(type="riot")
    monkeypatch.setattr(following, "read", only_some)
    again = Copy()
    again.load()
    assert sorted(again.held.ids.values.tolist()) == sorted(Incident.objects.values_list("pk", flat=True))
    assert again.held.of("toll", None, again.held.tables.toll.first_known("killed", "best")).tolist() == [7, -1]
    assert again.held.words.holding("first", 2).tolist() == [True, False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", ["a full disk", "a spoiled copy"])
def test_a_copy_that_cannot_be_kept_answers_from_memory(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def spoiled(folder: Path, held: Any, snapshot: str) -> None:
        write(folder, held, snapshot)
        (folder / "copy.pickle").write_bytes(b"spoiled")

    write = keeping._write
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(keeping, "WORTH_KEEPING", 1)
    monkeypatch.setattr(keeping, "_write", full if fault == "a full disk" else spoiled)
    made = make_incident()
    copy = Copy()
    copy.load()
    assert copy.held.ids.values.tolist() == [made.pk]
    assert copy.follow()
    assert "cannot be" in caplog.text
    assert [folder.name for folder in (tmp_path / "columns").iterdir() if folder.name.startswith("new-")] == []


def only_some(tables: Any, ids: Any = None) -> Any:
    """Stand in for reading, and refuse to read everything."""
    assert ids is not None
    return read(tables, ids)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "kind"), [("/", "text/html"), ("/api/v1/facets/", "application/problem+json")])
def test_first_reading_tells_how_far_it_is(client: Any, monkeypatch: pytest.MonkeyPatch, address: str, kind: str) -> None:
    def not_ready(self: Copy) -> bool:
        raise NotReady(430_000, 1_000_000)

    monkeypatch.setattr(Copy, "follow", not_ready)
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert answer["Content-Type"].startswith(kind)
    assert "43 %" in answer.content.decode()


@pytest.mark.django_db
def test_what_is_counted_of_all_follows_every_change() -> None:
    """Sums of all incidents are kept up, not counted again; a copy that counts again comes to the same."""
    kept, changed, gone = (make_incident(lat=36.0 + n, lon=40.0, killed_best=n, killed_low=n) for n in range(3))
    assert figures() == figures_counted_again()
    Incident.objects.filter(pk=changed.pk).update(type="riot", family="people", lat=-5, lon=3, killed_best=70, earliest=DAY)
    assert figures() == figures_counted_again()
    Incident.objects.filter(pk=gone.pk).delete()
    make_incident(country="IQ", earliest=date(1999, 1, 1), lat=None, lon=None, place_precision="country")
    assert figures() == figures_counted_again()
    Incident.objects.filter(pk=kept.pk).update(background=True)
    assert figures() == figures_counted_again()
    with transaction.atomic():
        Incident.objects.update(background=True)
        assert figures() == figures_counted_again()
        transaction.set_rollback(True)
    assert figures() == figures_counted_again()


def figures() -> list[Any]:
    found: list[Any] = []
    for query in ("", "background=1"):
        asked = IncidentFilter(QueryDict(query))
        found += [cells(asked, View(4)), timeline(asked, Window("month")), facets(asked), sums(asked.asked)]
        found += [[each.tolist() for outcome in ("killed", "wounded") for each in astuple(by_day(asked.asked, outcome))]]
    for each in found[::5]:
        each["clusters"].sort(key=lambda cluster: cluster["lat"])
    return found


def figures_counted_again() -> list[Any]:
    before, again = following._copy, Copy()
    again.load()
    following.adopt(again)
    try:
        return figures()
    finally:
        following.adopt(before)
