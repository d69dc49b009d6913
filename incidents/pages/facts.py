"""The strip of facts under an incident's headline, and how sure the desk is of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.extraction.values import OUTCOMES
from incidents.models import Incident
from incidents.pages import words
from incidents.pages.claims import best_quantifier
from incidents.pages.dossier import Dossier
from incidents.pages.rule import judgements

ALWAYS = ("killed", "wounded")
RIVAL = ("rival", "sets the low", "sets the high")
STANDING = (*RIVAL, "best", "added", "agrees")


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the strip. `href` leads to the words it was read from; an unknown one has none."""

    label: str
    value: str
    note: str
    href: str = ""
    bar: "Bar | None" = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """Low, best and high on one line from 0, in drawing units; the line is 250 long."""

    low: float
    best: float
    high: float
    low_label: str
    best_label: str

    @property
    def width(self) -> float:
        return round(self.high - self.low, 1)

    @property
    def best_left(self) -> float:
        """Left edge of the stroke that marks best."""
        return round(self.best - 1.5, 1)

    @property
    def low_anchor(self) -> str:
        return "start" if self.low < 30 else "end" if self.best - self.low < 110 else "middle"

    @property
    def best_anchor(self) -> str:
        return "start" if self.best - self.low < 110 else "middle"


def facts(dossier: Dossier) -> list[Fact]:
    """Return killed and wounded (stated or not), the other outcomes that are stated, when and where."""
    incident = dossier.incident
    stated = {count.outcome for count in dossier.counts} | {name for name in dossier.overrides if name in OUTCOMES}
    outcomes = [name for name in OUTCOMES if name in ALWAYS or name in stated or _known(incident.totals.get(name))]
    return [*(_number(dossier, name) for name in outcomes), _when(incident), _where(dossier)]


def _known(total: Mapping[str, Any] | None) -> bool:
    return total is not None and any(total.get(end) is not None for end in ("low", "best", "high"))


def _number(dossier: Dossier, outcome: str) -> Fact:
    rows = [count for count in dossier.counts if count.outcome == outcome]
    total = dossier.incident.totals.get(outcome)
    label = words.label(outcome).capitalize()
    if not rows and not _known(total):
        origins = dossier.incident.origin_count
        note = ngettext("by the one origin", "by any of %(n)s origins", origins) % {"n": origins}
        return Fact(label, _(words.NOT_STATED), note, known=False)
    if not _known(total):
        claims = ngettext("%(n)s statement, no number stands", "%(n)s statements, no number stands", len(rows)) % {"n": len(rows)}
        return Fact(label, _(words.NOT_KNOWN), claims, f"#{outcome}", known=False)
    value = words.total(total, best_quantifier(dossier, outcome))
    bar = _bar(total or {}) if outcome == "killed" else None
    name = _("Killed, low – best – high") if bar else label
    return Fact(name, value, _number_note(dossier, outcome, total or {}), f"#{outcome}" if rows else f"#field-{outcome}", bar)


def _number_note(dossier: Dossier, outcome: str, total: Mapping[str, Any]) -> str:
    if outcome in dossier.overrides:
        return _("set by a person")
    chosen = next((row for row in dossier.counts if row.pk == total.get("chosen")), None)
    if total.get("best") == 0 and not total.get("high"):
        said_by = chosen.claimant if chosen else ""
        return _("none, stated by %(who)s") % {"who": words.isolated(said_by)} if said_by else _("stated as none")
    if chosen is None:
        return _("no single figure is best") if total.get("best") is None else ""
    said = words.according_to(chosen.claimant) if chosen.claimant else ""
    return ", ".join(part for part in (words.isolated(chosen.who) if chosen.who else "", said) if part)


def _bar(total: Mapping[str, Any]) -> Bar | None:
    low, best, high = (total.get(end) for end in ("low", "best", "high"))
    if low is None or best is None or high is None or low == high:
        return None
    scale = 220 / high
    if low == best:
        return Bar(
            round(low * scale, 1),
            round(best * scale, 1),
            round(high * scale, 1),
            "",
            _("%(n)s low, best") % {"n": words.figure(best)},
        )
    together = best == high
    return Bar(
        round(low * scale, 1), round(best * scale, 1), round(high * scale, 1),
        _("%(n)s low") % {"n": words.figure(low)},
        _("best, high") if together else _("%(n)s best") % {"n": words.figure(best)},
    )  # fmt: skip


def _when(incident: Incident) -> Fact:
    value = words.days(incident.earliest, incident.latest, incident.date_precision, incident.time_of_day)
    if not incident.date_precision and incident.earliest is None and incident.latest is None:
        return Fact(_("When"), _(words.NOT_KNOWN), _("no date is stated"), known=False)
    clock = _("by the clocks there") if incident.time_of_day else ""
    parts = (words.PRECISIONS.get(incident.date_precision, ""), words.BASES.get(incident.date_basis, ""), clock)
    return Fact(_("When"), value, ", ".join(_(part) for part in parts if part), "#field-date")


def _where(dossier: Dossier) -> Fact:
    incident = dossier.incident
    if incident.place_precision in ("", "none"):
        return Fact(_("Where"), _(words.NOT_KNOWN), _("no place is stated; listed, not drawn"), known=False)
    precision = _(words.PLACE_PRECISIONS.get(incident.place_precision, incident.place_precision))
    if incident.place_precision == "near" and incident.radius_km:
        precision = _("within %(km)s km") % {"km": f"{incident.radius_km:g}"}
    name = dossier.country_name if incident.place_precision == "country" else incident.place_name or dossier.country_name
    around = words.around(name, incident.admin1, dossier.country_name)
    placed = _("placed by a person") if "place" in dossier.overrides else ""
    return Fact(_("Where"), name, "; ".join(part for part in (", ".join([precision, *around]), placed) if part), "#field-place")


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the desk is and why, in sentences."""

    word: str
    reasons: list[str]


def sureness(dossier: Dossier) -> Sureness:
    """Return how sure the desk is: by independent origins that agree on day and place, and by the reading's confidence."""
    incident = dossier.incident
    origins = max(incident.origin_count, dossier.independent)
    articles = max(incident.article_count, len(dossier.articles))
    reasons = [_origins_in_words(origins, articles), _agreement(dossier)]
    if rivals := _rivals(dossier):
        reasons.append(_("%(what)s: rival figures, one rule applied.") % {"what": ", ".join(rivals)})
    agree = not _differing(dossier)
    if incident.confidence >= 0.75 and origins >= 3 and agree:
        word = _("high")
    elif incident.confidence < 0.5 or (origins < 2 and incident.confidence < 0.7):
        word = _("low")
    else:
        word = _("fair")
    return Sureness(word, [reason for reason in reasons if reason])


def _rivals(dossier: Dossier) -> list[str]:
    """Return the outcomes that rival figures are stated of."""
    judged = judgements(dossier)
    live = [(count.outcome, judged[count.pk].verdict) for count in dossier.counts if count.pk in judged]
    against = {outcome for outcome, verdict in live if verdict in RIVAL}
    rival = {name for name in against if sum(outcome == name and verdict in STANDING for outcome, verdict in live) > 1}
    return [words.label(name).capitalize() for name in OUTCOMES if name in rival]


def _origins_in_words(origins: int, articles: int) -> str:
    first = ngettext("%(n)s independent origin", "%(n)s independent origins", origins) % {"n": words.figure(origins)}
    return first + ", " + ngettext("%(n)s article.", "%(n)s articles.", articles) % {"n": words.figure(articles)}


def _differing(dossier: Dossier) -> list[str]:
    """Return which of day and place origins disagree on; a report that says the same less exactly contradicts nobody."""
    days = {one.report.when for one in dossier.reported if one.report.when}
    places = {one.report.where for one in dossier.reported if one.report.where}
    apart = []
    if any(not (one.contains(other) or other.contains(one)) for one, other in combinations(days, 2)):
        apart.append("day")
    if any(not (one.contains(other) or other.contains(one)) for one, other in combinations(places, 2)):
        apart.append("place")
    return apart


def _agreement(dossier: Dossier) -> str:
    if dossier.independent < 2:
        return ""
    apart = _differing(dossier)
    if not apart:
        return _("Place and day agree.")
    return _("The origins differ on the place and the day.") if len(apart) == 2 else (
        _("The origins differ on the day.") if apart == ["day"] else _("The origins name different places.")
    )  # fmt: skip
