"""The review queue as the pages show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents import grounds
from incidents.models import Incident, ReviewCase
from incidents.pages import why, words

OWN = ("reason", "article", "page")
BESIDE = 14  # cases listed beside the one in work


@dataclass(frozen=True, slots=True)
class Row:
    """One case as a row: `facts` say what its worth is made of, `holder` who has it now, "" for nobody or the reader."""

    case: ReviewCase
    incident: Incident
    why: str
    facts: str
    holder: str
    is_mine: bool
    assigned: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason with the number of open cases that have it."""

    key: str
    name: str
    count: int


def asked_reason(query: Any) -> str:
    """Return the reason a query string narrows the queue to, "" for all or for what is no word."""
    reason = str(query.get("reason", ""))[:30]
    return reason if reason.replace("_", "").isalnum() else ""


def rows(found: Iterable[ReviewCase], user: User) -> list[Row]:
    return [row(case, user) for case in found]


def row(case: ReviewCase, user: User) -> Row:
    """Put a case into words for this user."""
    theirs = case.is_taken and case.taken_by_id != user.pk
    return Row(
        case=case,
        incident=case.incident,
        why=why.line(case.grounds),
        facts=facts(case.incident),
        holder=_name(case.taken_by) if theirs else "",
        is_mine=case.is_taken and not theirs,
        assigned=_("you") if case.assigned_to_id == user.pk else _name(case.assigned_to),
    )


def facts(incident: Incident) -> str:
    """Return what makes a look worth more: people, origins, articles."""
    people, origins, articles = grounds.people(incident), incident.origin_count, incident.article_count
    said = [ngettext("%(n)s origin", "%(n)s origins", origins) % {"n": words.figure(origins)}]
    if people:
        said.append(ngettext("%(n)s person", "%(n)s people", people) % {"n": words.figure(people)})
    if articles > origins:
        said.append(ngettext("%(n)s article", "%(n)s articles", articles) % {"n": words.figure(articles)})
    return " · ".join(said)


def reasons(found: Mapping[str, int]) -> list[Reason]:
    """Return the reasons that open cases have, with their counts."""
    return [Reason(key, why.name(key), found[key]) for key in why.in_order(found)]


def _name(user: User | None) -> str:
    return "" if user is None else user.get_full_name() or user.get_username()
