"""A feed carried only a summary: the article's own page brings the text."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from sources.claims import MAX_ATTEMPTS, ClaimLostError, claim, give_back, settle
from sources.fetch import fetch
from sources.incoming import Given
from sources.models import Article
from sources.refusals import Refused
from sources.targets import fetched_page
from sources.text import digest

RETRY_AFTER = timedelta(minutes=2)


def complete_article(article_id: int) -> bool:
    """Fetch the page of an article that is known by its summary; return whether it is now ready to be read.

    A page that cannot be had, at last, leaves the summary, which is a report as well. Running it twice does no harm.
    """
    article = claim(article_id, Article.State.LISTED)
    if article is None:
        return False
    try:
        page = fetched_page(fetch(article.url), article.url, Given())
    except Refused as refused:
        if refused.temporary and article.attempts < MAX_ATTEMPTS:
            give_back(article, refused.reason, after=RETRY_AFTER * article.attempts)
            return False
        return _pass_on(article)
    article.title = article.title or page.title
    article.text = page.text
    article.published_on = article.published_on or page.published
    article.digest = digest(article.title, article.text)
    return _pass_on(article)


def _pass_on(article: Article) -> bool:
    fields = ["title", "text", "published_on", "digest"]
    try:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**{field: getattr(article, field) for field in fields})
            settle(article, Article.State.STORED)
    except ClaimLostError:
        return False
    except IntegrityError:  # another entry of the same feed leads to the same page: it speaks for both
        settle(article, Article.State.DONE)
        return False
    return True
