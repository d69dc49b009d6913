"""Bodies of requests: JSON read strictly. What two readers could understand in two ways is refused, and what cannot be stored."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from math import isinf
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from incidents.api.errors import AgainstRules
from incidents.api.parameter_shapes import WORDS

LARGEST = 10_000_000  # bytes
DEEPEST = 20  # objects and lists within one another


class TooLarge(APIException):
    """The body is larger than any document the desk takes."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = lazy(lambda: _("The body is larger than %s MB.") % (LARGEST // 1_000_000), str)()


class StrictJSON(BaseParser):
    """JSON in UTF-8: no key twice in an object, no NaN or Infinity, no character that is none (NUL, half a pair)."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise TooLarge
        try:
            body = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refuse_constant, parse_float=_finite)
        except UnicodeDecodeError as error:
            raise ParseError(_("The body is not UTF-8: byte %s fits nothing.") % error.start) from None
        except json.JSONDecodeError as error:
            words = _("The body is not JSON: %(what)s (line %(line)s, column %(column)s).")
            raise ParseError(words % {"what": error.msg, "line": error.lineno, "column": error.colno}) from None
        except RecursionError:
            raise ParseError(_too_deep()) from None
        except ValueError:  # of thousands of digits
            raise ParseError(_too_large("")) from None
        _check(body, 1)
        return body


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ParseError(_("The body has “%s” twice in one object.") % name[:100])
        found[name] = value
    return found


def _refuse_constant(name: str) -> None:
    raise ParseError(_("%s is no number in JSON.") % name)


def _finite(text: str) -> float:
    if isinf(number := float(text)):
        raise ParseError(_too_large(text))
    return number


def _too_large(text: str) -> str:
    return _("The body holds a number that is larger than any here: %s") % f"{text[:20]}…"


def _too_deep() -> str:
    return _("The body is nested more than %s deep.") % DEEPEST


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ParseError(_too_deep())
    if isinstance(value, str) and ("\x00" in value or any("\ud800" <= character <= "\udfff" for character in value)):
        raise AgainstRules(_("The body holds a character that is none: NUL, or one half of a surrogate pair."))
    inside = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for each in inside:
        _check(each, depth + 1)


@extend_schema_field({"type": "string", "minLength": 1, "pattern": WORDS})
class Words(serializers.CharField):
    """A text with something in it."""


class Body(serializers.Serializer[Any]):
    """What a request may say; what is not known is refused, field by field."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            wrong = {name[:100]: [_("There is no such field here.")] for name in data if name not in self.fields}
            wrong |= {name: [_kind_of(field)] for name, field in self.fields.items() if not _is_of_kind(field, data.get(name))}
            if wrong:
                raise ValidationError(wrong)
        return super().to_internal_value(data)


def _is_of_kind(field: Any, value: Any) -> bool:
    """Whether a value is of the JSON type that the schema gives: no number is taken for a text, no text for a number."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return all(_is_of_kind(field.child, each) for each in value)
    if isinstance(field, serializers.IntegerField):
        return value is None or type(value) is int or (isinstance(value, float) and value.is_integer())
    return not isinstance(field, serializers.CharField) or value is None or isinstance(value, str)


def _kind_of(field: Any) -> str:
    if isinstance(field, serializers.ListField):
        field = field.child
    return _("A whole number is needed.") if isinstance(field, serializers.IntegerField) else _("A text is needed.")


def said(request: Request, form: type[Body]) -> dict[str, Any]:
    """Return what the body says, checked; raises what is wrong with it."""
    body = form(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)
