"""The stages an article passes, one at a time, each claimed by its state and safe to run twice.

listed -(its page is fetched)-> stored -(the engine reads it)-> read -(its events find their incidents)-> done. A stage that
fails is tried again, three times in all; then the article is `failed` with its error, and the rest goes on.
"""

import logging
from collections.abc import Callable, Collection

from django.db import transaction
from django.utils import timezone

from incidents import changes, extraction, rereading, second_reading
from incidents.deriving import derive_incidents
from incidents.joining import join_article
from incidents.models import ReviewItem
from incidents.origins import assign_origin, bands_of
from incidents.recording import describe, drop_unread_events, record_events
from sources.claims import LEASE, ClaimLostError, claim, give_back, settle
from sources.completing import complete_article
from sources.models import Article

State = Article.State
UNDATED = "no_publication_date"
READ_FIELDS = ["toponyms", "relevant", "language", "extractor"]

logger = logging.getLogger(__name__)


def read_article(article_id: int) -> bool:
    """Let the engine read a stored article and keep what it finds; return whether it may be matched now."""
    return _run(article_id, State.STORED, _read)


def match_article(article_id: int) -> bool:
    """Find the incidents that the events of a read article report; return whether this was done now."""
    return _run(article_id, State.READ, _match)


STAGES: dict[str, Callable[[int], bool]] = {
    State.LISTED: complete_article,
    State.STORED: read_article,
    State.READ: match_article,
}


def process(article_id: int) -> None:
    """Take an article through all stages that are due, here and now; what fails for a moment is tried again at once."""
    while stage := STAGES.get(state := Article.objects.values_list("state", flat=True).get(pk=article_id)):
        free = Article.objects.unclaimed(lease=LEASE).filter(pk=article_id, state=state)
        if not stage(article_id) and not free.exists():
            return


def due(limit: int) -> list[tuple[int, str]]:
    """Return up to `limit` articles, as id and state, that wait for their next stage and are held by nobody, the oldest first."""
    waiting = Article.objects.filter(state__in=list(STAGES)).unclaimed(lease=LEASE)
    return list(waiting.order_by("id").values_list("id", "state")[:limit])


def put_back(*, failed_only: bool) -> None:
    """Put articles that are through, or those that failed, back to be read again."""
    states = [State.FAILED] if failed_only else [State.READ, State.DONE, State.FAILED]
    Article.objects.filter(state__in=states).update(state=State.STORED, claimed_at=None, attempts=0, error="")


def queue_again(ids: Collection[int]) -> None:
    """Put these articles back to be read again, but those whose text has not come yet."""
    reset = {"state": State.STORED, "claimed_at": None, "attempts": 0, "error": ""}
    Article.objects.filter(pk__in=ids).exclude(state=State.LISTED).update(**reset)


def _run(article_id: int, state: str, work: Callable[[Article], None]) -> bool:
    article = claim(article_id, state)
    if article is None:
        return False
    try:
        work(article)
    except ClaimLostError:
        return False
    except Exception as error:
        logger.exception("article %s", article_id)
        give_back(article, f"{type(error).__name__}: {error}")
        return False
    return True


def _read(article: Article) -> None:
    document = extraction.Document(
        id=article.external_id or str(article.pk), title=article.title, text=article.text, published=article.published_on
    )
    record = extraction.read(document)
    suggestion = second_reading.ask(document)
    bands = bands_of(article.text)
    with transaction.atomic():
        settle(article, State.READ)
        if rereading.follow_text(article):
            rereading.ask_for_eyes(article)
        record_events(article, record)
        describe(article, record)
        if suggestion:
            second_reading.record(article, suggestion)
        values = {field: getattr(article, field) for field in READ_FIELDS}
        Article.objects.filter(pk=article.pk).update(bands=bands, read_at=timezone.now(), read_digest=article.digest, **values)
        _review_date(article)


def _review_date(article: Article) -> None:
    """Ask people for a publication date that is missing; stop asking once there is one."""
    if article.published_on is None:
        words = "No publication date: what it says of days and months cannot be placed in a year."
        ReviewItem.objects.get_or_create(reason=UNDATED, article=article, incident=None, defaults={"words": words})
    else:
        ReviewItem.objects.filter(reason=UNDATED, article=article).update(state=ReviewItem.State.DONE)


def _match(article: Article) -> None:
    with transaction.atomic():
        changes.hold(changes.MATCHING)  # two workers at once would make the same incident twice
        settle(article, State.DONE)
        assign_origin(article)
        told_before = drop_unread_events(article)
        join_article(article)
        if lost := told_before - set(article.events.values_list("incident_id", flat=True)):
            derive_incidents(lost)
