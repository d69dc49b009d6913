"""What shows a person's value: words of an article, kept with their place in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources.models import Article

Json = dict[str, Any]
MOST = 20  # pieces of evidence for one value


def checked_evidence(given: Sequence[Any]) -> list[Json]:
    """Return the evidence with its words as `quote`; raises ValidationError for a span outside its article's text, and for one
    that does not hold (or begin with) the `quote` that was given.
    """
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST:
        raise ValidationError(_("Evidence is a list of at most %s spans.") % MOST, code="evidence")
    return [_checked(one) for one in given]


def _checked(one: Any) -> Json:
    if not isinstance(one, Mapping) or not set(one) <= {"article", "span", "in", "quote"}:
        raise ValidationError(_("Evidence names an article and a span in it."), code="evidence")
    number = one.get("article")
    article = Article.objects.filter(pk=int(str(number))).first() if _is_number(number) else None
    if article is None:
        raise ValidationError(_("There is no article %s (any more).") % str(number)[:20], code="evidence")
    found = checked_span(one.get("span"), article, in_title=in_title(one))
    quote = one.get("quote")
    if isinstance(quote, str) and not found["quote"].startswith(quote[:500]):
        words = _("The article was changed meanwhile: it no longer says “%s” there. Select the words again.")
        raise ValidationError(words % quote[:60], code="evidence")
    return {"article": article.pk} | found


def in_title(given: Mapping[str, Any]) -> bool:
    """Return whether it says that it stands in the title; raises ValidationError for what is neither title nor text."""
    if given.get("in") not in (None, "title", "text"):
        raise ValidationError(_("“%s” is neither title nor text.") % str(given["in"])[:40], code="evidence")
    return given.get("in") == "title"


def checked_span(span: Any, article: Article, *, in_title: bool = False) -> Json:
    """Return `{"span": [start, end], "quote": the words}`, with `"in": "title"`; raises ValidationError for one outside it."""
    text = article.title if in_title else article.text
    is_pair = isinstance(span, list | tuple) and len(span) == 2 and all(_is_number(end) for end in span)
    if not is_pair or not 0 <= span[0] < span[1] <= len(text):
        words = _("The span %(span)s lies outside the text, which has %(n)s characters.")
        raise ValidationError(words % {"span": str(span)[:40], "n": len(text)}, code="evidence")
    found: Json = {"span": [span[0], span[1]], "quote": text[span[0] : span[1]][:500]}
    return found | ({"in": "title"} if in_title else {})


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
