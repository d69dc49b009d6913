"""The toll of an incident by the day it was said: what the chart of incidents.pages.toll draws."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from incidents.models import Count
from incidents.pages import words
from incidents.pages.dossier import Dossier
from incidents.pages.rule import total_of
from incidents.pages.toll import Chart, Said, Step, draw

OUTCOMES = ("killed", "wounded", "displaced", "abducted", "captured", "recaptured", "escaped", "released", "missing")
LABELLED = 12
WIDE, NARROW = 912, 358


@dataclass(frozen=True, slots=True)
class Toll:
    """How one outcome's toll changed: the drawing for wide and for narrow pages, and the same in a sentence."""

    outcome: str
    label: str
    wide: Chart
    narrow: Chart
    summary: str


def toll(dossier: Dossier) -> Toll | None:
    """Return the first outcome that was spoken of on more than one day; None for none."""
    for outcome in OUTCOMES:
        by_day = _by_day([count for count in dossier.counts if count.outcome == outcome and not count.cumulative])
        steps = _steps(dossier, by_day)
        said = _said(by_day)
        lasting = _lasting(dossier)
        wide = draw(steps, said[-LABELLED:], lasting, width=WIDE)
        narrow = draw(steps, said[-5:], lasting, width=NARROW)
        if wide and narrow:
            label = words.label(outcome)
            return Toll(outcome, label, wide, narrow, _summary(label, said))
    return None


def _by_day(rows: Sequence[Count]) -> dict[date, list[Count]]:
    found: dict[date, list[Count]] = defaultdict(list)
    for row in rows:
        if published := row.event.article.published_on:
            found[published].append(row)
    return dict(sorted(found.items()))


def _steps(dossier: Dossier, by_day: dict[date, list[Count]]) -> list[Step]:
    known: list[Count] = []
    steps = []
    for day, rows in by_day.items():
        known += rows
        total = total_of(known, dossier)
        steps.append(Step(day, total.low, total.best, total.high))
    return steps


def _said(by_day: dict[date, list[Count]]) -> list[Said]:
    """Return each different statement once, on the first day it was made."""
    found: dict[tuple[int, str], Said] = {}
    for day, rows in by_day.items():
        for row in rows:
            number = row.best if row.best is not None else row.low if row.low is not None else row.high
            if number is not None and not row.part_of_whole:
                claimant = row.claimant or _("nobody named")
                said = words.statement(row.low, row.best, row.high, row.quantifier)
                found.setdefault((number, claimant), Said(day, number, said, claimant))
    return list(found.values())


def _lasting(dossier: Dossier) -> tuple[date, date] | None:
    incident = dossier.incident
    if incident.earliest is None or incident.latest is None or incident.date_precision in ("month", "longer", "upper_bound"):
        return None
    return incident.earliest, incident.latest


def _summary(label: str, said: Sequence[Said]) -> str:
    first, last = said[0], said[-1]
    values = {"what": label, "first": first.words, "then": words.day(first.day), "last": last.words, "now": words.day(last.day)}
    return _("Reported %(what)s: %(first)s on %(then)s, %(last)s on %(now)s") % values
