"""What people do to incidents: each action checks, writes and records in one transaction.

A correction is an override above the machine's value; taking it back brings the machine's value back. Both leave a revision
and an entry in the change log.
"""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import changes, corrections
from incidents.corrections import FIELDS
from incidents.deriving import Author, derive_incidents
from incidents.models import Incident, Override

__all__ = ["FIELDS", "correct", "take_back"]


@transaction.atomic
def correct(*, incident: Incident, field: str, value: Any, user: User, reason: str = "") -> Override:
    """Set a field to a person's value, which stands until it is taken back or corrected again; return the override.

    `field` is a key of FIELDS, `value` as that entry describes it. Raises ValidationError with clear words, and writes nothing,
    for an impossible value, an unknown field, or an incident that was merged or deleted.
    """
    checked = corrections.checked(field, value)
    reason = corrections.checked_reason(reason)
    standing = _locked(incident)
    now = timezone.now()
    standing.overrides.filter(field=field, taken_back_at=None).update(taken_back_at=now)
    override = Override.objects.create(
        incident=standing, field=field, value=checked, reason=reason, made_by=user, made_at=now
    )  # fmt: skip
    derive_incidents([standing.pk], by=Author(user, reason))
    incident.refresh_from_db()
    return override


@transaction.atomic
def take_back(*, override: Override, user: User, reason: str = "") -> None:
    """Take a person's value back: the field follows its reports again. Once taken back, nothing more happens."""
    reason = corrections.checked_reason(reason)
    incident = _locked(override.incident)
    open_ones = Override.objects.filter(pk=override.pk, taken_back_at=None)
    if open_ones.update(taken_back_at=timezone.now()):
        derive_incidents([incident.pk], by=Author(user, reason or _("correction taken back")))
    override.refresh_from_db()


def _locked(incident: Incident) -> Incident:
    """Return the incident's row, locked until the transaction ends; the log's lock comes first, as for every writer."""
    changes.hold(changes.LOCK)
    row = Incident.objects.select_for_update(no_key=True).defer("search").get(pk=incident.pk)
    if row.merged_into_id is not None:
        raise ValidationError(_("This incident was merged into I-%s: correct that one.") % row.merged_into_id, code="merged")
    if row.deleted_at is not None:
        raise ValidationError(_("This incident was deleted: restore it first."), code="deleted")
    return row
