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


class Need(StrEnum):
    """What an address asks of whoever comes."""

    NOTHING = "nothing, on a closed desk too"
    READER = "to be a reader: nothing, or an account where the desk is closed"
    ACCOUNT = "an account"
    CORRECT = "the right to correct"
    LEAD = "the right to lead"
    WRITE = "the right to write through the API"
    ADMINISTER = "to be an administrator"


# Every address of the pages and the API by its name: what it takes to look at it, and to send a form or a document to it.
# tests/accounts/test_roles.py walks them all with every role; `manage.py check` refuses an address that stands nowhere here.
OPEN, READ, OWN = (Need.NOTHING, Need.NOTHING), (Need.READER, Need.READER), (Need.ACCOUNT, Need.ACCOUNT)
EDIT, LEAD, ADMINISTER = (Need.CORRECT, Need.CORRECT), (Need.LEAD, Need.LEAD), (Need.ADMINISTER, Need.ADMINISTER)
WRITE, BY_API = (Need.READER, Need.WRITE), (Need.WRITE, Need.WRITE)

ACCESS: dict[str, tuple[Need, Need]] = {
    # the desk and what stands around it
    "desk": READ,
    "compare": READ,
    "changes": READ,
    "changes-stream": READ,
    "news": READ,
    "mark-seen": READ,
    "map-labels": READ,
    "sentence": READ,
    "looks": OPEN,
    "export": READ,
    "download": READ,
    "export-progress": READ,
    "dumps": READ,
    "dump-file": READ,
    "dump-manifest": READ,
    "feed-atom": READ,
    "feed-json": READ,
    # saved searches and their alerts; who has a search's link may look at it
    "searches": OWN,
    "search": READ,
    "search-atom": READ,
    "search-json": READ,
    "rename-search": OWN,
    "set-alerts": OWN,
    "add-webhook": OWN,
    "delete-search": OWN,
    "webhook": OWN,
    "webhook-action": OWN,
    "delete-webhook": OWN,
    "replay-delivery": OWN,
    "unsubscribe": OPEN,
    # incidents and articles
    "incident": READ,
    "correct": EDIT,
    "take-back": EDIT,
    "articles": READ,
    "article": READ,
    "sources": READ,
    # the review queue
    "review": EDIT,
    "review-next": EDIT,
    "review-case": EDIT,
    "review-set": EDIT,
    "review-words": EDIT,
    "review-act": EDIT,
    "places": EDIT,
    "undo": EDIT,  # what others did only for who leads
    "undo-account": LEAD,
    "merge": EDIT,
    "not-same": EDIT,
    "split": EDIT,
    "revisions": EDIT,
    "put-back": EDIT,
    "review-add": EDIT,
    "review-drop": EDIT,
    "review-published": EDIT,
    "add-incident": EDIT,
    # agreement between editors, and what the machine gets wrong
    "agreement": (Need.CORRECT, Need.LEAD),
    "blind-reading": EDIT,
    "machine": READ,
    # accounts
    "sign-in": OPEN,
    "sign-out": READ,
    "enter": OPEN,
    "administration-sign-in": ADMINISTER,
    "forgotten": OPEN,
    "link-sent": OPEN,
    "new-password": OPEN,
    "account": OWN,
    "end-session": OWN,
    "end-other-sessions": OWN,
    "password": OWN,
    "api-keys": OWN,
    "rotate-key": OWN,
    "revoke-key": OWN,
    # the API
    "api:incidents-list": READ,
    "api:incidents-detail": READ,
    "api:events-list": READ,
    "api:events-detail": READ,
    "api:counts-list": READ,
    "api:counts-detail": READ,
    "api:claims-list": READ,
    "api:claims-detail": READ,
    "api:articles-list": WRITE,
    "api:articles-detail": READ,
    "api:places-list": READ,
    "api:places-detail": READ,
    "api:actors-list": READ,
    "api:actors-detail": READ,
    "api:sources-list": READ,
    "api:sources-detail": READ,
    "api:cells": READ,
    "api:timeline": READ,
    "api:facets": READ,
    "api:changes": READ,
    "api:changes-stream": READ,
    "api:corrections": BY_API,
    "api:merge": BY_API,
    "api:split": BY_API,
    "api:confirm": BY_API,
    "api:delete": BY_API,
    "api:restore": BY_API,
    "api:event-corrections": BY_API,
    "api:event-rejection": BY_API,
    "api:take-back": BY_API,
    "api:undo": BY_API,
    "api:export": READ,
    "api:root": OPEN,
    "api:schema": OPEN,
    "api:docs": READ,
    "api:problems": READ,
    "api:nothing": OPEN,
    # what runs it
    "healthz": OPEN,
}
BELOW = {"admin:": ADMINISTER}  # whole namespaces


def access_to(name: str) -> tuple[Need, Need] | None:
    """Return what an address needs, to look and to change; None for a name in no row."""
    below = next((needs for start, needs in BELOW.items() if name.startswith(start)), None)
    return below or ACCESS.get(name)


def meets(user: User | AnonymousUser | Any, need: Need, *, closed: bool = False) -> bool:
    """Whether the account meets the need; `closed` where readers need an account."""
    signed_in = isinstance(user, User) and user.is_active
    rights = {Need.CORRECT: Right.CORRECT, Need.LEAD: Right.LEAD, Need.WRITE: Right.WRITE_BY_API}
    if need in rights:
        return has(user, rights[need])
    if need is Need.ADMINISTER:
        return signed_in and user.is_superuser
    return need is Need.NOTHING or signed_in or (need is Need.READER and not closed)
