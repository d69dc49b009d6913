"""Parameters that a page does not know: named gently, with the one that may have been meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

LISTED = 8
LONGEST = 60


def passed_over(given: Iterable[str], known: Iterable[str]) -> str:
    """Return what is said of the names that are not known, "" where there are none."""
    names = list(known)
    unknown = [name for name in given if name not in names]
    hints = [_hint(name[:LONGEST], names) for name in unknown[:LISTED]]
    if len(unknown) > LISTED:
        hints.append(_("%(n)s more") % {"n": len(unknown) - LISTED})
    return _("Not understood and passed over: %s.") % ", ".join(hints) if hints else ""


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name, sorted(known), 1)
    return _("“%(name)s” (did you mean “%(near)s”?)") % {"name": name, "near": near[0]} if near else f"“{name}”"
