"""What becomes of an incident as a whole: confirmed, deleted, restored."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.editing.acting import Kind, acting, locked, standing
from incidents.models import Action, Incident


def confirm(*, incident: Incident, user: User, reason: str = "", expected_version: int | None = None) -> Action:
    """Say that the incident is right as it stands at `expected_version`; whoever changes it later must say why."""
    with acting(Kind.CONFIRM, user, reason) as act:
        row = standing(incident, expected_version)
        act.set(row, confirmed_by_id=user.pk, reviewed_at=row.reviewed_at or timezone.now())
        act.touch(row)
    incident.refresh_from_db()
    return act.action


def delete(*, incident: Incident, user: User, reason: str, expected_version: int | None = None) -> Action:
    """Take an incident out of sight, with a reason; nothing is erased, and `restore` or undo brings it back."""
    if not reason.strip():
        raise ValidationError(_("Say why it should go."), code="reason")
    with acting(Kind.DELETE, user, reason, moves_events=True) as act:
        row = standing(incident, expected_version)
        act.set(row, deleted_at=timezone.now(), deleted_reason=act.action.reason, deleted_by_id=user.pk)
        act.touch(row)
    incident.refresh_from_db()
    return act.action


def restore(*, incident: Incident, user: User, reason: str = "") -> Action:
    """Bring a deleted incident back. Raises ValidationError where it is not deleted, was merged, or has no report left."""
    with acting(Kind.RESTORE, user, reason, moves_events=True) as act:
        row = locked(incident)
        if row.merged_into_id is not None or row.deleted_at is None:
            raise ValidationError(_("I-%s is not deleted.") % row.pk, code="not_deleted")
        if row.purged_at is not None:
            raise ValidationError(_("I-%s was erased: nothing of it is left.") % row.pk, code="purged")
        if not row.events.exists() and not row.overrides.filter(taken_back_at=None).exists():
            raise ValidationError(_("No report of I-%s is left: it comes back with the next one.") % row.pk, code="no_report")
        act.set(row, deleted_at=None, deleted_reason="", deleted_by_id=None)
        act.touch(row)
    incident.refresh_from_db()
    return act.action
