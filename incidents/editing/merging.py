"""Two incidents become one; the address of the one that goes leads to the other for ever."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import deriving
from incidents.editing import deciding
from incidents.editing.acting import Act, Kind, acting, standing
from incidents.models import Action, Incident, ReviewItem
from incidents.reports import together


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging would give: the fields of the one kept, of the one that goes, and of the result (deriving.visible)."""

    keep: dict[str, Any]
    gone: dict[str, Any]
    result: dict[str, Any]

    @property
    def changed(self) -> list[str]:
        """The fields of the one kept that would change."""
        return [field for field in self.keep if self.keep[field] != self.result[field]]


def merge_preview(keep: Incident, gone: Incident) -> Preview:
    """Return what merging would give; nothing is written."""
    return Preview(deriving.visible(keep), deriving.visible(gone), deriving.preview(keep, together([keep.pk, gone.pk])))


def merge(
    *,
    keep: Incident,
    gone: Incident,
    user: User,
    reason: str = "",
    expected_versions: tuple[int | None, int | None] = (None, None),
) -> Action:
    """Make `gone` part of `keep`: its events move there, its number leads there, open proposals between them are settled.

    What people set on `keep` stands; what they set on `gone` is kept aside and comes back when the merge is undone. Raises
    ValidationError for a merge with itself or with one that is merged or deleted, and Conflict where one of them is no longer at
    the version (of keep, of gone) that the person saw.
    """
    with acting(Kind.MERGE, user, reason, moves_events=True) as act:
        if keep.pk == gone.pk:
            raise ValidationError(_("An incident cannot be merged into itself."), code="self")
        _refuse_ring(keep, gone)
        first, second = standing(keep, expected_versions[0]), standing(gone, expected_versions[1])
        deciding.say(act, first, second, same=True)
        join(act, first, second)
        deciding.settle(act, first)
        act.set(first, reviewed_at=first.reviewed_at or timezone.now())
    keep.refresh_from_db()
    gone.refresh_from_db()
    return act.action


def join(act: Act, keep: Incident, gone: Incident) -> None:
    """Move everything of `gone` to `keep` and make it lead there, as part of an action."""
    for event in gone.events.select_for_update().order_by("pk"):
        act.set(event, incident_id=keep.pk)
    act.set(gone, merged_into_id=keep.pk)
    for item in ReviewItem.objects.filter(incident=gone, state=ReviewItem.State.OPEN):
        act.set(item, state=ReviewItem.State.DONE)
    act.touch(keep, gone)


def _refuse_ring(keep: Incident, gone: Incident) -> None:
    """A merge into what is itself part of the one that goes would lead in a ring."""
    if gone.pk in chain(keep):
        raise ValidationError(
            _("I-%(keep)s is part of I-%(gone)s already.") % {"keep": keep.pk, "gone": gone.pk}, code="ring"
        )  # fmt: skip


def chain(incident: Incident) -> list[int]:
    """Return the numbers that the incident's address leads through, the one that stands last."""
    numbers = [incident.pk]
    row = Incident.objects.only("merged_into_id").get(pk=incident.pk)
    while row.merged_into_id is not None and row.merged_into_id not in numbers:
        numbers.append(row.merged_into_id)
        row = Incident.objects.only("merged_into_id").get(pk=row.merged_into_id)
    return numbers
