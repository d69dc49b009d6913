"""Two incidents side by side, with what merging or splitting would make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from incidents import deriving, editing, verdicts
from incidents.extraction.values import OUTCOMES
from incidents.models import Incident, MatchProposal
from incidents.pages import words
from incidents.pages.history import in_words

SAID = ("type", "stage", "background", "date", "place", "actors", "reports")
MOST_POINTS = 3.0  # what a part of the score is drawn against
PARTS = {
    "date": "Date", "place": "Place", "type": "Type", "stage": "Stage", "actors": "Actors", "names": "Names", "toll": "Numbers",
    "follows": "Follow-up", "origin": "Origin", "article": "Article",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two incidents and of what would come of them; `sign` is "=" or "≠"."""

    label: str
    first: str
    sign: str
    second: str
    result: str
    changes: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score: its words, its points, and its length of a full bar of 100."""

    label: str
    words: str
    points: str
    length: int


def merged(keep: Incident, gone: Incident) -> list[Compared]:
    """Return the fields of both and of the one that merging would leave."""
    preview = editing.merge_preview(keep, gone)
    return _compared(preview.keep, preview.gone, preview.result)


def parted(incident: Incident, events: Sequence[int]) -> list[Compared]:
    """Return the fields of the incident as it is, of what would stay, and of the new one."""
    staying, leaving = editing.split_preview(incident, events)
    return _compared(deriving.visible(incident), staying, leaving)


def _compared(first: Mapping[str, Any], second: Mapping[str, Any], result: Mapping[str, Any]) -> list[Compared]:
    stated = [outcome for outcome in OUTCOMES if any(one.get(outcome) for one in (first, second, result))]
    return [_row(name, first.get(name), second.get(name), result.get(name)) for name in (*SAID, *stated)]


def _row(name: str, first: Any, second: Any, result: Any) -> Compared:
    label = _(words.FIELD_NAMES.get(name, words.label(name).capitalize()))
    said = [in_words(name, value) or _(words.NOT_STATED) for value in (first, second, result)]
    return Compared(label, said[0], "=" if said[0] == said[1] else "≠", said[1], said[2], said[2] != said[0])


def proposal(one: Incident, other: Incident) -> MatchProposal | None:
    """Return the machine's open proposal for two incidents."""
    pairs = ((one, other), (other, one))
    found = (
        MatchProposal.objects.filter(event__incident=mine, incident=theirs).order_by("-score").first() for mine, theirs in pairs
    )
    return next(filter(None, found), None)


def parts(found: MatchProposal | None) -> list[Part]:
    """Return the parts of a proposal's score in words, those that weigh most first."""
    stored = (found.parts if found else {}) or {}
    ranked = sorted(stored.items(), key=lambda item: -abs(float(item[1][0])))
    return [_part(name, float(points), str(said)) for name, (points, said) in ranked]


def _part(name: str, points: float, said: str) -> Part:
    length = round(min(1.0, abs(points) / MOST_POINTS) * 100)
    return Part(_(PARTS.get(name, words.label(name).capitalize())), said, f"{points:+.1f}".replace("-", "−"), length)


def likely(incident: Incident) -> list[Incident]:
    """Return the incidents that the machine proposes as the same, on which nobody has said anything yet."""
    said_no = verdicts.not_same_as(incident.pk)
    rows = MatchProposal.objects.filter(state=MatchProposal.State.OPEN)
    numbers = set(rows.filter(event__incident=incident).values_list("incident", flat=True))
    numbers |= set(rows.filter(incident=incident).exclude(event__incident=None).values_list("event__incident", flat=True))
    return list(Incident.objects.visible().filter(pk__in=numbers - said_no - {incident.pk}).defer("search"))
