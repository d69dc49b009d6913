"""Who took part, in which role, in how many origins, and where it is said."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.models import Participation
from incidents.pages import words
from incidents.pages.dossier import Dossier, origin_key

ORDER = ("perpetrator", "security_force", "target", "victim", "captive", "unknown")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role. `href` leads to the words of the newest article that name it."""

    role: str
    name: str
    note: str
    href: str


def parties(dossier: Dossier) -> list[Party]:
    """Return the actors by role, those that most origins name first."""
    found: dict[tuple[str, int], list[Participation]] = defaultdict(list)
    for row in dossier.participations:
        found[row.role, row.actor_id].append(row)
    ranked = sorted(found.values(), key=lambda rows: (_rank(rows[0].role), -_origins(rows), rows[0].actor.name))
    return [_party(dossier, rows) for rows in ranked]


def _rank(role: str) -> int:
    return ORDER.index(role) if role in ORDER else len(ORDER)


def _origins(rows: list[Participation]) -> int:
    return len({origin_key(row.event.article) for row in rows})


def _party(dossier: Dossier, rows: list[Participation]) -> Party:
    newest = max(rows, key=lambda row: (row.event.article.published_on or row.event.article.retrieved_at.date(), row.pk))
    number = newest.event.ordinal + 1
    origins = ngettext("%(n)s of %(all)s origin", "%(n)s of %(all)s origins", dossier.independent)
    notes = [origins % {"n": _origins(rows), "all": dossier.independent}]
    if claimants := sorted({row.claimant for row in rows if row.claimant}):
        own = _("claimed by itself") if claimants == [rows[0].actor.name] else words.according_to(*claimants[:3])
        notes.append(own)
    if any(row.denied for row in rows):
        notes.append(_("denied"))
    role = words.label(rows[0].role) if rows[0].role != "unknown" else _("role not known")
    return Party(
        role, rows[0].actor.name, ", ".join(notes), f"{newest.event.article.get_absolute_url()}?event={number}#e{number}"
    )
