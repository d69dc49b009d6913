"""The sentence under the headline: who against whom, how many, and what is not known."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.extraction.values import OUTCOMES
from incidents.pages import words
from incidents.pages.claims import best_quantifier
from incidents.pages.dossier import Dossier

AGAINST = ("security_force", "target", "victim")
NAMED = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the sentence; one with `href` leads to the words it was read from."""

    text: str
    href: str = ""
    after: str = ""


def standfirst(dossier: Dossier) -> list[Part]:
    """Return the sentence in parts, separated by "; " and ", "; empty where neither actors nor numbers are known."""
    who = _who(dossier)
    numbers = [part for outcome in OUTCOMES if (part := _number(dossier, outcome))]
    return ([Part(who)] if who else []) + numbers


def _who(dossier: Dossier) -> str:
    parties = [(party.role, party.actor.name) for party in dossier.participations if not party.denied]
    by = _names(name for role, name in parties if role == "perpetrator")
    against = _names(name for role, name in parties if role in AGAINST)
    if by and against:
        return _("%(by)s against %(against)s") % {"by": by, "against": against}
    return by or against


def _names(names: Iterable[str]) -> str:
    different = list(dict.fromkeys(names))
    more = len(different) - NAMED
    return ", ".join(different[:NAMED]) + (" " + _("and %(n)s more") % {"n": more} if more > 0 else "")


def _number(dossier: Dossier, outcome: str) -> Part | None:
    total = dossier.incident.totals.get(outcome)
    stated = any(count.outcome == outcome for count in dossier.counts)
    label = words.label(outcome)
    href = f"#{outcome}" if stated else f"#field-{outcome}"
    if total is None or all(total.get(end) is None for end in ("low", "best", "high")):
        return Part(_("how many %(what)s is not known") % {"what": label}, href) if stated or total is not None else None
    if total.get("best") == 0 and not total.get("high"):
        return Part(_("none"), href, label)
    return Part(words.total(total, best_quantifier(dossier, outcome)), href, label)
