"""Articles in: a client pushes what the desk shall read."""

from datetime import date, datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import pushing, told_articles
from incidents.api import shown
from incidents.api.bodies import Body, Words, said
from incidents.api.errors import AgainstRules, KeyReused, StateConflict
from incidents.api.keys import may_see_text
from incidents.api.reports import ArticleShape
from incidents.desk_address import base_of
from incidents.told import Library
from sources.incoming import MAX_ID, IncomingDocument
from sources.text import storable

LONGEST_KEY = 255
LONGEST_TEXT = 1_000_000  # characters
WEB = r"^(?:https?://[!-~]+)?$"  # what the schema can say exactly; the desk only links there


class PushedArticle(Body):
    """An article: its text, and what is known of where it comes from."""

    title = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)
    text = Words(max_length=LONGEST_TEXT, trim_whitespace=False)
    source = Words(  # type: ignore[assignment]  # no argument of a field here
        required=False, max_length=200, help_text="Who publishes; the account's name by default."
    )
    external_id = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=MAX_ID, help_text="Your own name."
    )
    url = serializers.RegexField(
        WEB,
        required=False,
        default="",
        allow_blank=True,
        max_length=2000,
        help_text="Its page: an http or https address in ASCII.",
    )
    published = serializers.DateField(required=False, allow_null=True, default=None, help_text="Day, in the publisher's zone.")
    published_at = serializers.DateTimeField(required=False, allow_null=True, default=None)

    def validate_text(self, text: str) -> str:
        if not text.strip():
            raise ValidationError(_("There is no text."))
        return text


class PushAnswer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=["new", "changed", "known"], help_text="What the push made of the article.")
    article = ArticleShape()


def take(request: Request) -> Response:
    """Store what the body holds and answer with the article; 201 where it is new."""
    user = cast("User", request.user)
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST_KEY or "\x00" in key:
        raise ValidationError({"Idempotency-Key": [_("At most %(n)s characters.") % {"n": LONGEST_KEY}]})
    document = _document(said(request, PushedArticle), user)
    try:
        pushed = pushing.push(document, user=user, key=key, body=cast("dict[str, Any]", request.data))
    except pushing.KeyReused:
        raise KeyReused from None
    except pushing.SourceIsFetched:
        raise StateConflict(_("The desk fetches this source itself; give yours another name.")) from None
    (row,) = told_articles.by_id([pushed.article_id], Library())
    article = shown.article(row, base_of(request._request), with_text=may_see_text(request))
    response = Response({"outcome": pushed.outcome, "article": article}, status=201 if pushed.outcome == "new" else 200)
    response["Location"] = reverse("api:articles-detail", args=[pushed.article_id])
    if pushed.again:
        response["Idempotency-Replayed"] = "true"
    return response


def _document(asked: dict[str, Any], user: User) -> IncomingDocument:
    at: datetime | None = asked["published_at"]
    for name in ("published", "published_at"):
        day: date | datetime | None = asked[name]
        if day and not 1000 <= day.year <= 9000:
            raise AgainstRules({name: [_("No news is of that year.")]})
    return IncomingDocument(
        name="the body",
        source=asked.get("source") or user.get_username(),
        title=storable(asked["title"]),
        text=storable(asked["text"]),
        published=asked["published"] or (at.date() if at else None),
        published_at=at,
        external_id=asked["external_id"],
        url=asked["url"],
    )


IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key", {"type": "string", "maxLength": LONGEST_KEY}, "header",
    description="Any words of yours, up to 255: the same request again, within a week, is answered alike and does nothing.",
)  # fmt: skip
described = extend_schema(
    tags=["articles"], summary="Push an article", request=PushedArticle, parameters=[IDEMPOTENCY],
    responses={201: PushAnswer, 200: PushAnswer},
)  # fmt: skip
