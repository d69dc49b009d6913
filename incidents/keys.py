"""Making, rotating and revoking the keys of API clients, and finding the key that a request carries."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.models import ApiKey
from incidents.roles import may_use_scope

MARK = "idk_"  # by which scanners for leaked secrets know a key of this desk
SHOWN = 12  # characters of a key that stay visible
AT_MOST = 20  # live keys of one account
COARSE = timedelta(hours=1)
LONGEST_DAYS = 3660
LONGEST_OVERLAP_HOURS = 24 * 30


def digest_of(key: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def live_keys(owner: User) -> list[ApiKey]:
    """Return the account's keys that still open anything, the newest first."""
    return list(ApiKey.objects.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), owner=owner, revoked_at=None))


@transaction.atomic
def make(*, owner: User, name: str, scopes: list[str], days: int | None = None) -> tuple[ApiKey, str]:
    """Make a key and return its row and the key itself, which cannot be had again.

    `days` until it ends; None for no end. Raises ValidationError, in words, for a name in use, no or unknown scopes, scopes
    beyond the account's own rights, and too many keys.
    """
    User.objects.select_for_update().get(pk=owner.pk)  # two requests at once count the same keys
    name = _checked_name(owner, name)
    _check_scopes(owner, scopes)
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise ValidationError({"days": _("A key lasts from 1 to %s days, or has no end.") % LONGEST_DAYS})
    return _store(owner, name, scopes, days)


def _store(owner: User, name: str, scopes: list[str], days: int | None, rotated_from: ApiKey | None = None) -> tuple[ApiKey, str]:
    key = f"{MARK}{secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        owner=owner,
        name=name,
        prefix=key[:SHOWN],
        digest=digest_of(key),
        scopes=[scope for scope in ApiKey.Scope.values if scope in scopes],
        expires_at=timezone.now() + timedelta(days=days) if days else None,
        rotated_from=rotated_from,
    )
    return row, key


def _checked_name(owner: User, name: str) -> str:
    name = " ".join(name.replace("\x00", " ").split())
    if not name or len(name) > 80:
        raise ValidationError({"name": _("Give the key a name of 1 to 80 characters, such as the program that uses it.")})
    alive = live_keys(owner)
    if any(key.name.casefold() == name.casefold() for key in alive):
        raise ValidationError({"name": _("You have a key of this name: rotate or revoke it, or choose another name.")})
    if len(alive) >= AT_MOST:
        raise ValidationError({"name": _("You have %s keys: revoke one that is not used any more.") % len(alive)})
    return name


def _check_scopes(owner: User, scopes: list[str]) -> None:
    if not scopes:
        raise ValidationError({"scopes": _("Choose at least one thing that the key may do.")})
    for scope in scopes:
        if scope not in ApiKey.Scope.values:
            raise ValidationError({"scopes": _("There is no scope “%s”.") % scope[:40]})
        if not may_use_scope(owner, scope):
            raise ValidationError({"scopes": _("Your account itself has no right to “%s”.") % ApiKey.Scope(scope).label})


@transaction.atomic
def rotate(key: ApiKey, *, overlap_hours: int = 24) -> tuple[ApiKey, str]:
    """Make the key's successor, of the same name, scopes and length of life; the old one works on for the overlap.

    Raises ValidationError for a key that no longer works or has a successor already.
    """
    if not 0 <= overlap_hours <= LONGEST_OVERLAP_HOURS:
        raise ValidationError(_("The old key may work on for 0 to %s hours.") % LONGEST_OVERLAP_HOURS)
    old = ApiKey.objects.select_for_update().get(pk=key.pk)
    if not old.live:
        raise ValidationError(_("This key no longer works: make a new one."))
    if ApiKey.objects.filter(rotated_from=old).exists():
        raise ValidationError(_("This key has been rotated already."))
    days = max(1, (old.expires_at - old.created_at).days) if old.expires_at else None
    end = timezone.now() + timedelta(hours=overlap_hours)
    old.expires_at = min(old.expires_at, end) if old.expires_at else end
    old.save(update_fields=["expires_at"])
    return _store(old.owner, old.name, old.scopes, days, rotated_from=old)


def revoke(key: ApiKey) -> bool:
    """End a key at once and for good; False where it had been revoked before."""
    return bool(ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()))


def find(key: str) -> ApiKey | None:
    """Return the row of a key, with its owner; whether it still works is the caller's to look at."""
    if not key.startswith(MARK) or len(key) > 200:
        return None
    return ApiKey.objects.select_related("owner").filter(digest=digest_of(key)).first()


def mark_used(key: ApiKey) -> None:
    """Remember that it was used, once an hour."""
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at < now - COARSE:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
