"""Keys at the API's door: `Authorization: Bearer idk_…`, and the permission classes that ask for a key's scopes.

An account signed in on the pages may use the API with its session too (with the CSRF token for what changes something); its
rights are then those of its role.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from incidents import accounts, keys
from incidents.models import ApiKey
from incidents.roles import may_use_scope

if TYPE_CHECKING:
    from rest_framework.views import APIView

REALM = 'Bearer realm="Incident Desk"'


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer KEY`. A key that is unknown, revoked or over is refused, never treated as no key."""

    def authenticate(self, request: Request) -> tuple[Any, ApiKey] | None:
        header = request.headers.get("authorization", "")
        if not header:
            return None
        scheme, _blank, key = header.partition(" ")
        if scheme.casefold() != "bearer" or not key.strip():
            raise AuthenticationFailed(_("Send the key as “Authorization: Bearer idk_…”; no other scheme is known here."))
        row = keys.find(key.strip())
        if row is None:
            raise AuthenticationFailed(_("This key is not known here. Was it copied whole?"))
        _refuse_dead(row)
        keys.mark_used(row)
        return row.owner, row

    def authenticate_header(self, request: Request) -> str:
        return f'{REALM}, error="invalid_token"' if request.headers.get("authorization") else REALM


def _refuse_dead(key: ApiKey) -> None:
    named = {"key": key.prefix}
    if key.revoked_at:
        words = _("The key %(key)s… was revoked on %(when)s.")
        raise AuthenticationFailed(words % {**named, "when": http_date(key.revoked_at.timestamp())})
    if key.expired() and key.expires_at:
        words = _("The key %(key)s… ended on %(when)s.")
        raise AuthenticationFailed(words % {**named, "when": http_date(key.expires_at.timestamp())})
    if not key.owner.is_active:
        raise AuthenticationFailed(_("The account behind the key %(key)s… is closed.") % named)


@cache
def HasScope(scope: str) -> type[BasePermission]:  # noqa: N802  # stands where a permission class stands
    """Return the permission class that demands a scope: of the key that came, and of the account behind it in any case.

    Use as `permission_classes = [HasScope("write")]`. Nobody signed in gets 401, a missing scope or right 403.
    """

    class Scoped(BasePermission):
        def has_permission(self, request: Request, view: "APIView") -> bool:
            return _has_scope(request, scope)

    return Scoped


def _has_scope(request: Request, scope: str) -> bool:
    if not request.user.is_authenticated:
        return False  # REST framework answers 401
    if isinstance(request.auth, ApiKey) and scope not in request.auth.scopes:
        raise PermissionDenied(_("The key %(key)s… lacks the scope “%(scope)s”.") % {"key": request.auth.prefix, "scope": scope})
    if not may_use_scope(request.user, scope):
        words = _("The account “%(account)s” has no right to the scope “%(scope)s”.")
        raise PermissionDenied(words % {"account": request.user.get_username(), "scope": scope})
    return True


class MayRead(BasePermission):
    """Reading is free unless the desk is closed; a key that came with the request must be one that reads."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not request.user.is_authenticated:
            return not settings.READERS_NEED_ACCOUNT
        return not isinstance(request.auth, ApiKey) or _has_scope(request, "read")


def may_see_text(request: Request) -> bool:
    """Whether the answer may carry whole texts: on a desk where not everybody may, the account's right and its key's scope."""
    if settings.ARTICLE_TEXT != "open" and isinstance(request.auth, ApiKey) and ApiKey.Scope.TEXT not in request.auth.scopes:
        return False
    return accounts.may_see_text(request.user)


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the package has no types here
    """How the schema describes keys."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        words = "A key of the page /account/keys/. Scopes: read, write, articles:text."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "idk_…", "description": words}
