"""Ways in for editors beside a password: a link that works once, and the demonstration's editor."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from incidents.roles import Right, Role, has

DEMO_EDITOR = "demo-editor"
VALID_FOR = timedelta(hours=12)


class OneTimeTokens(PasswordResetTokenGenerator):
    """Tokens that end with the first sign-in after they were made, with a new password, or after twelve hours."""

    key_salt = "incidents.accounts.OneTimeTokens"

    def is_fresh(self, token: str) -> bool:
        """Whether the token's own time lies within `VALID_FOR`; Django's check allows days."""
        try:
            made = base36_to_int(token.split("-")[0])
        except ValueError:
            return False
        return 0 <= self._num_seconds(self._now()) - made <= VALID_FOR.total_seconds()

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        # Django cuts the last sign-in to seconds; a token made and used within one would then work twice.
        last = user.last_login.isoformat() if user.last_login else ""
        return f"{super()._make_hash_value(user, timestamp)}{last}"

    def _now(self) -> datetime:
        return datetime.now(tz=UTC).replace(tzinfo=None)  # as Django's, but without jumps of the local clock


tokens = OneTimeTokens()


def one_time_path(user: User) -> str:
    """Return the path of a page that signs the user in once, within twelve hours."""
    return reverse("enter", args=[f"{int_to_base36(user.pk)}-{tokens.make_token(user)}"])


def user_of(token: str, *, lock: bool = False) -> User | None:
    """Return the active user whom a one-time token lets in; None for one that is used, old, forged or broken.

    `lock` keeps others from using the token until the transaction ends.
    """
    head, _, rest = token.partition("-")
    rows = User.objects.select_for_update() if lock else User.objects.all()
    try:
        user = rows.filter(pk=base36_to_int(head), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user and tokens.is_fresh(rest) and tokens.check_token(user, rest) else None


def may_correct(user: object) -> bool:
    """Whether the person may change incidents: editors, lead editors, administrators."""
    return has(user, Right.CORRECT)


def may_see_text(user: object) -> bool:
    """Whether the person may see whole articles (copyright): everybody on an open desk, else accounts with the right."""
    return settings.ARTICLE_TEXT == "open" or has(user, Right.READ_TEXT)


def ensure_demo_editor() -> User:
    """Return the demonstration's editor, made with a password nobody knows if it is not there."""
    user, made = User.objects.get_or_create(username=DEMO_EDITOR, defaults={"first_name": "Demo", "last_name": "Editor"})
    if made:
        user.set_unusable_password()
        user.save()
    user.groups.add(Group.objects.get_or_create(name=Role.EDITOR.value)[0])
    return user
