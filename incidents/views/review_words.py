"""Words that the editor selected in the article, read as a value for a field."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from incidents import words_used
from incidents.accounts import may_correct
from sources.models import Article

QUOTED = 200


@require_safe
@never_cache
def review_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer `{"field", "values", "candidates"?, "evidence"}` for `?article=&start=&end=&in=&words=&as=`; 422 with `error`.

    Offsets are code points of the article's text, or of its title where `in` is "title". Nothing is saved here.
    """
    if not isinstance(request.user, User) or not may_correct(request.user):
        return JsonResponse({"error": _("Sign in again: what you have typed is kept.")}, status=403)
    try:
        return JsonResponse(_read(request, pk))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)


def _read(request: HttpRequest, incident: int) -> dict[str, Any]:
    number, start, end = (_number(request, name) for name in ("article", "start", "end"))
    article = Article.objects.filter(pk=number, events__incident=incident).distinct().first()
    if article is None:
        raise ValidationError(_("This article reports the incident no longer: load the page again."))
    in_title = request.GET.get("in") == "title"
    words = words_used.chosen(article, start, end, in_title=in_title, seen=request.GET.get("words", ""))
    quote = (article.title if in_title else article.text)[start:end][:QUOTED]  # with it a change of the text is noticed
    span: dict[str, Any] = {"article": article.pk, "span": [start, end], "quote": quote} | ({"in": "title"} if in_title else {})
    return words_used.use(words, request.GET.get("as", "")) | {"evidence": span}


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not (text.isdecimal() and text.isascii() and len(text) < 10):
        raise ValidationError(_("“%(name)s” must be a number, not “%(text)s”.") % {"name": name, "text": text[:40]})
    return int(text)
