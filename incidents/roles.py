"""Who may do what: the roles, their rights, and what each right opens.

A role is a group of Django's; an administrator is a superuser. The groups and their permissions are put in place after every
migration, so that an account needs nothing but its group.

| role | is | may, beside what the one above may |
| --- | --- | --- |
| reader | nobody signed in, or an account in no group | read; with an account: hold keys that read |
| API client | in the group “API clients” | read whole texts, push articles and correct through the API; on the pages a reader |
| editor | in the group “editors” | correct, review, merge, split, undo own work, on the pages and through the API |
| lead editor | in the group “lead editors” | act in bulk, revert others, assign, ask two editors to read blind |
| administrator | a superuser | everything: purge, sources, accounts, the administration |
"""

from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.contrib.contenttypes.models import ContentType


class Role(StrEnum):
    READER = "reader"
    API_CLIENT = "API clients"
    EDITOR = "editors"
    LEAD = "lead editors"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """A permission of Django's, as `has_perm` takes it."""

    CORRECT = "incidents.correct_incident"
    LEAD = "incidents.lead_desk"
    PURGE = "incidents.purge_incident"
    WRITE_BY_API = "incidents.write_by_api"
    READ_TEXT = "sources.view_article"


RIGHTS_OF = {
    Role.API_CLIENT: {Right.READ_TEXT, Right.WRITE_BY_API},
    Role.EDITOR: {Right.READ_TEXT, Right.WRITE_BY_API, Right.CORRECT},
    Role.LEAD: {Right.READ_TEXT, Right.WRITE_BY_API, Right.CORRECT, Right.LEAD},
}
RIGHT_OF_SCOPE = {"write": Right.WRITE_BY_API, "articles:text": Right.READ_TEXT}


def has(user: User | AnonymousUser | Any, right: Right) -> bool:
    """Whether the account has the right; nobody signed in has none."""
    return isinstance(user, User) and user.has_perm(right)


def may_use_scope(user: User | AnonymousUser | Any, scope: str) -> bool:
    """Whether an account's key may do what the scope says: never more than the account itself."""
    right = RIGHT_OF_SCOPE.get(scope)
    return isinstance(user, User) and user.is_active and (right is None or has(user, right))


def put_in_place(using: str = "default", **_signal: object) -> None:
    """Make the roles' groups with their permissions where they are missing (a receiver of post_migrate)."""
    for role, rights in RIGHTS_OF.items():
        group, _made = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.add(*(_permission(right, using) for right in rights))


def _permission(right: Right, using: str) -> Permission:
    """Return the permission's row; its own application may be migrated after this one, so it is made where it is missing."""
    app, codename = right.value.split(".")
    model = "article" if right is Right.READ_TEXT else "incident"
    kind, _made = ContentType.objects.using(using).get_or_create(app_label=app, model=model)
    defaults = {"name": codename.replace("_", " ").capitalize()}
    return Permission.objects.using(using).get_or_create(content_type=kind, codename=codename, defaults=defaults)[0]
