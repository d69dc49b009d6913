"""Why an incident waits for review, in words: short for the queue, a sentence for the field."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from incidents.grounds import REASONS, Ground
from incidents.pages import words

NAMES: dict[str, Any] = {
    "ambiguous_place": gettext_lazy("place unclear"),
    "conflicting_claims": gettext_lazy("claims disagree"),
    "possible_duplicate": gettext_lazy("may be the same"),
    "no_date": gettext_lazy("date missing"),
    "no_place": gettext_lazy("place missing"),
    "low_confidence": gettext_lazy("low confidence"),
    "model_disagreement": gettext_lazy("readings differ"),
    "changed_article": gettext_lazy("article changed"),
    "no_publication_date": gettext_lazy("no day of publication"),
}


def name(reason: str) -> str:
    """Return a reason as the queue's counts call it; one that another part brought is called by its own words."""
    return str(NAMES.get(reason, words.label(reason)))


def in_order(reasons: Iterable[str]) -> list[str]:
    """Return the reasons in the order the queue lists them, those of other parts last."""
    held = set(reasons)
    return [reason for reason in REASONS if reason in held] + sorted(held - set(REASONS))


def short(ground: Ground) -> str:
    """Return a ground as one part of a line: "Place: 3 entries fit"."""
    detail, field = ground["detail"], _field(ground["field"])
    match ground["reason"]:
        case "ambiguous_place":
            n = len(detail.get("candidates", []))
            return ngettext("Place: %(n)s entry fits", "Place: %(n)s entries fit", n) % {"n": n}
        case "conflicting_claims":
            return _("%(field)s: %(numbers)s") % {"field": field, "numbers": _either(detail.get("numbers", []))}
        case "possible_duplicate":
            return _("May be the same as I-%(number)s") % {"number": detail.get("other")}
        case "no_date":
            return _("No day is known")
        case "no_place":
            return _("No place is known")
        case "low_confidence":
            return _("Low confidence: %(value)s") % {"value": words.confidence(float(detail.get("confidence") or 0))}
        case "model_disagreement":
            return _("Two readings differ: %(field)s") % {"field": field.lower()}
    if ground["reason"] in NAMES:
        said = name(ground["reason"])
        return said[:1].upper() + said[1:]
    return str(detail.get("words") or name(ground["reason"])).rstrip(".")


def sentence(ground: Ground) -> str:
    """Return a ground as what the editor is asked to decide."""
    detail = ground["detail"]
    match ground["reason"]:
        case "ambiguous_place":
            values = {"n": len(detail.get("candidates", [])), "name": detail.get("name", "")}
            return _("%(n)s entries of the gazetteer fit “%(name)s”.") % values
        case "conflicting_claims":
            pairs = zip(detail.get("numbers", []), detail.get("claimants", []), strict=False)
            said = [f"{words.figure(number)} ({who or _('nobody named')})" for number, who in pairs]
            return _("Figures disagree: %(claims)s.") % {"claims": ", ".join(said[:6])}
        case "no_date":
            return _("No article says when it happened.")
        case "no_place":
            return _("No article says where it happened.")
        case "low_confidence":
            return _("The machine is not sure that this is what happened.")
        case "model_disagreement":
            return _("Two readings of one article differ here.")
    return short(ground) + "."


def line(grounds: Sequence[Ground], most: int = 3) -> str:
    """Return all grounds in one line."""
    parts = [short(ground) for ground in grounds[:most]]
    if len(grounds) > most:
        parts.append(_("%(n)s more") % {"n": len(grounds) - most})
    return "; ".join(parts)


def _field(field: str) -> str:
    return _(words.FIELD_NAMES.get(field, words.label(field).capitalize())) if field else ""


def _either(numbers: Sequence[int]) -> str:
    shown = [words.figure(number) for number in numbers]
    if len(shown) > 4:
        return _("%(n)s figures from %(low)s to %(high)s") % {"n": len(shown), "low": shown[0], "high": shown[-1]}
    return _("%(some)s or %(last)s") % {"some": ", ".join(shown[:-1]), "last": shown[-1]} if len(shown) > 1 else "".join(shown)
