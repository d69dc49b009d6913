"""A desk that things happen to in any order: what is true of it after every step (used by test_any_order.py)."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from incidents import deriving, editing
from incidents.deriving import derive_incidents, given, visible
from incidents.extraction.values import Count, DateValue, PlaceValue, Record, Span
from incidents.extraction.values import Event as Reading
from incidents.joining import join_article
from incidents.models import Action, Change, Event, Incident, MatchProposal, Override, Revision, Verdict
from incidents.recording import drop_unread_events, record_events
from incidents.reports import together
from incidents.verdicts import not_same_as, standing_for
from sources.models import Article
from tests.factories import make_article, make_place

Json = dict[str, Any]
TYPES = ("shooting", "bombing", "raid")
TEXT = "Gunmen killed people in the town on Thursday. In another part of it a blast wounded many on Friday."
SPANS = (Span(0, 45), Span(46, 99))
VALUES: tuple[tuple[str, Any], ...] = (
    ("type", "riot"),
    ("killed", {"low": 1, "best": 2, "high": 3}),
    ("killed", None),
    ("date", {"earliest": "2022-01-20", "latest": "2022-01-20", "precision": "day"}),
    ("place", {"precision": "none"}),
    ("actors", [{"name": "Border Guard", "role": "victim"}]),
    ("background", True),
)
EVENT = ("pk", "incident", "type", "stage", "held")
picks = st.integers(0, 5)
People = Callable[[], Action | None]


def reading(first: int, second: int | None, killed: int, version: str = "1") -> Record:
    """Return what an engine reads in TEXT: one event a sentence, of the nth type; None for a sentence it reads nothing in."""
    events = []
    for span, kind in zip(SPANS, (first, second), strict=True):
        if kind is not None:
            day = date(2022, 1, 20 + SPANS.index(span))
            count = Count("killed", killed, killed, killed, None, "people", "unknown", span)
            where = PlaceValue("Al Hasakah", "settlement", span, "geonames:173480", "SY", "Syria", "Al-Hasakah", 36.5, 40.75)
            when = DateValue(day, day, "day", "stated", span)
            events.append(Reading(TYPES[kind], "accomplished", False, 0.8, when, where, (), (count,), {}, (), (span,), span))
    return Record("", True, tuple(events), (), version=version)


class Desk(RuleBasedStateMachine):
    """People and the machine at work on a few incidents, in one transaction that is taken back at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        make_place()
        self.user = User.objects.create_user(f"editor-{User.objects.count()}")
        for killed in (1, 2, 3):
            self.ingest(killed % 3, None, killed)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def pick(self, n: int, *, of: Any = None) -> Any:
        rows = list((of if of is not None else Incident.objects.visible().defer("search")).order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def state(self) -> Json:
        """Return everything that undo must bring back: what readers see, and what it stands on."""
        incidents = Incident.objects.visible().defer("search").order_by("pk")
        return {
            "incidents": {row.pk: plain(visible(row)) for row in incidents},
            "events": sorted(Event.objects.annotate(held=Q(touched_at__isnull=False)).values_list(*EVENT), key=str),
            "rejected": set(Event.objects.exclude(rejected_at=None).values_list("pk", flat=True)),
            "overrides": standing_overrides(),
            "proposals": sorted(MatchProposal.objects.values_list("pk", "state")),
            "verdicts": sorted(Verdict.objects.exclude(same=None).values_list("one", "other", "same")),
        }

    def person(self, act: People, *, undo: bool) -> None:
        """Do as a person; what is refused changes nothing, and what is undone at once leaves all as it was."""
        before, last = self.state(), Change.objects.count()
        try:
            with transaction.atomic():
                action = act()
        except ValidationError:
            assert self.state() == before
            assert Change.objects.count() == last
            return
        if undo and action is not None:
            made = set(Event.objects.values_list("pk", flat=True)) - {row[0] for row in before["events"]}
            editing.undo(action=action, user=self.user)
            after = self.state()
            after["events"] = [row for row in after["events"] if row[0] not in made]
            after["rejected"] -= made
            assert after == before

    def machine(self, article: Article, record: Record) -> None:
        """Read and match an article as the pipeline does; no override goes and none comes."""
        before = standing_overrides()
        record_events(article, record)
        told = drop_unread_events(article)
        join_article(article)
        derive_incidents(told - set(article.events.values_list("incident", flat=True)))
        assert standing_overrides() == before

    @rule(first=st.integers(0, 2), second=st.none() | st.integers(0, 2), killed=st.integers(0, 9))
    def ingest(self, first: int, second: int | None, killed: int) -> None:
        self.machine(make_article(TEXT, published_on=date(2022, 1, 22)), reading(first, second, killed))

    @rule(n=picks, first=st.integers(0, 2), second=st.none() | st.integers(0, 2), killed=st.integers(0, 9))
    def reextract(self, n: int, first: int, second: int | None, killed: int) -> None:
        touched = list(Event.objects.exclude(touched_at=None).order_by("pk").values("pk", "type", "stage", "incident"))
        self.machine(self.pick(n, of=Article.objects.all()), reading(first, second, killed, version="2"))
        still = Event.objects.filter(pk__in=[row["pk"] for row in touched]).order_by("pk")
        assert list(still.values("pk", "type", "stage", "incident")) == touched

    @precondition(lambda self: something_stands())
    @rule(n=picks, value=st.sampled_from(VALUES), undo=st.booleans())
    def correct(self, n: int, value: tuple[str, Any], undo: bool) -> None:
        self.person(lambda: self._correct(self.pick(n), *value), undo=undo)

    def _correct(self, incident: Incident, field: str, value: Any) -> Action | None:
        return editing.correct(incident=incident, field=field, value=value, user=self.user).action

    @precondition(lambda self: bool(standing_overrides()))
    @rule(n=picks)
    def take_back(self, n: int) -> None:
        override = self.pick(n, of=Override.objects.filter(taken_back_at=None))
        self.person(lambda: self._take_back(override), undo=False)

    def _take_back(self, override: Override) -> None:
        editing.take_back(override=override, user=self.user)

    @precondition(lambda self: something_stands())
    @rule(keep=picks, gone=picks, undo=st.booleans())
    def merge(self, keep: int, gone: int, undo: bool) -> None:
        act = lambda: editing.merge(keep=self.pick(keep), gone=self.pick(gone), user=self.user)  # noqa: E731
        self.person(act, undo=undo)

    @precondition(lambda self: something_stands())
    @rule(n=picks, count=st.integers(0, 3), undo=st.booleans())
    def split(self, n: int, count: int, undo: bool) -> None:
        incident = self.pick(n)
        events = list(incident.events.order_by("pk").values_list("pk", flat=True))[:count]
        self.person(lambda: editing.split(incident=incident, events=events, user=self.user).action, undo=undo)

    @precondition(lambda self: something_stands())
    @rule(event=picks, to=picks, undo=st.booleans())
    def move(self, event: int, to: int, undo: bool) -> None:
        chosen = self.pick(event, of=Event.objects.all())
        self.person(lambda: editing.move(events=[chosen.pk], to=self.pick(to), user=self.user), undo=undo)

    @precondition(lambda self: something_stands())
    @rule(one=picks, other=picks, undo=st.booleans())
    def not_same(self, one: int, other: int, undo: bool) -> None:
        self.person(lambda: editing.not_same(one=self.pick(one), other=self.pick(other), user=self.user), undo=undo)

    @precondition(lambda self: something_stands())
    @rule(n=picks, undo=st.booleans())
    def delete(self, n: int, undo: bool) -> None:
        if Incident.objects.visible().count() > 1:
            self.person(lambda: editing.delete(incident=self.pick(n), user=self.user, reason="false"), undo=undo)

    @rule(n=picks, undo=st.booleans())
    def restore(self, n: int, undo: bool) -> None:
        if incident := self.pick(n, of=Incident.objects.exclude(deleted_at=None).defer("search")):
            self.person(lambda: editing.restore(incident=incident, user=self.user), undo=undo)

    @rule(n=picks, kind=st.sampled_from(TYPES), undo=st.booleans())
    def correct_event(self, n: int, kind: str, undo: bool) -> None:
        event = self.pick(n, of=Event.objects.all())
        values = {"type": kind, "counts": [{"outcome": "killed", "best": n, "low": n, "high": n}]}
        self.person(lambda: editing.correct_event(event=event, values=values, user=self.user), undo=undo)

    @rule(n=picks, undo=st.booleans())
    def reject_event(self, n: int, undo: bool) -> None:
        if Incident.objects.visible().count() > 1:
            event = self.pick(n, of=Event.objects.all())
            self.person(lambda: editing.reject_event(event=event, user=self.user), undo=undo)

    @rule(n=picks)
    def revert_field(self, n: int) -> None:
        if revision := self.pick(n, of=Revision.objects.all()):
            self.person(lambda: editing.revert_field(revision=revision, user=self.user), undo=True)

    @rule(n=picks, again=st.booleans())
    def undo(self, n: int, again: bool) -> None:
        if action := self.pick(n, of=Action.objects.filter(undone_at=None)):
            self.person(lambda: editing.undo(action=action, user=self.user), undo=again)

    @invariant()
    def fields_follow_from_events_and_overrides(self) -> None:
        for row in Incident.objects.visible().filter(events__isnull=False).distinct().defer("search"):
            bare = Incident(pk=row.pk, type="other", family="other", reviewed_at=row.reviewed_at)
            assert plain(deriving.preview(bare, together([row.pk]))) == plain(visible(row))

    @invariant()
    def addresses_lead_to_what_stands(self) -> None:
        leads = standing_for(Incident.objects.values_list("pk", flat=True))
        ends = Incident.objects.in_bulk(set(leads.values()))
        assert all(end.merged_into_id is None for end in ends.values())
        assert not Event.objects.exclude(incident__merged_into=None).exists()

    @invariant()
    def the_log_replays_to_what_stands(self) -> None:
        held: dict[int, Json] = {}
        for change in Change.objects.order_by("number"):
            if change.kind in (Change.Kind.MERGED, Change.Kind.DELETED):
                held.pop(change.incident_id)
            elif change.kind == Change.Kind.UPDATED:
                held[change.incident_id] |= change.state or {}
            else:
                assert change.incident_id not in held
                held[change.incident_id] = dict(change.state or {})
        stands = {row.pk: plain(given(row)) for row in Incident.objects.visible().defer("search")}
        assert {number: known(fields) for number, fields in held.items()} == {n: known(fields) for n, fields in stands.items()}

    @invariant()
    def what_is_not_the_same_is_not_proposed(self) -> None:
        for event, incident in MatchProposal.objects.filter(state="open").values_list("event__incident", "incident"):
            if event is not None:
                assert standing_for([incident])[incident] not in not_same_as(event)

    @invariant()
    def nothing_is_left_to_check_later(self) -> None:
        with connection.cursor() as cursor:  # deferred constraints would only fail at a commit that never comes
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def something_stands() -> bool:
    """Whether there is an incident to do anything with: every report may have been rejected."""
    return Incident.objects.visible().exists()


def standing_overrides() -> Json:
    rows = Override.objects.filter(taken_back_at=None).values_list("pk", "incident", "field", "value")
    return {str(row[0]): row[1:] for row in rows}


def known(fields: Json) -> Json:
    return {field: value for field, value in fields.items() if value is not None}


def plain(fields: Json) -> Json:
    """Return the fields as JSON brings them back; the id of the statement behind a figure is no field."""
    value: Json = json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
    return value
