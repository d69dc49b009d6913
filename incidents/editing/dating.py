"""An article's day of publication, given by a person: what its words say of days is read again by it."""

from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents import corrections, pipeline
from incidents.editing.acting import Kind, acting
from incidents.models import Action, ReviewItem
from sources.models import Article


def date_article(*, article: Article, day: date, user: User, reason: str = "") -> Action:
    """Give an article the day it was published, and read it again: "on Thursday" has a date then.

    Raises ValidationError for a day that lies ahead or too far back, and where the article has that day already.
    """
    if not day.year >= corrections.EARLIEST_YEAR or day > timezone.now().date():
        raise ValidationError(_("%s lies too far from today to be right.") % day.isoformat(), code="day")
    with acting(Kind.DATE_ARTICLE, user, reason, moves_events=True) as act:
        row = Article.objects.select_for_update().filter(pk=article.pk, purged_at=None).first()
        if row is None:
            raise ValidationError(_("There is no such article (any more)."), code="unknown")
        if row.published_on == day:
            raise ValidationError(_("It has that day already."), code="same")
        for item in ReviewItem.objects.filter(article=row, reason=pipeline.UNDATED, state=ReviewItem.State.OPEN):
            act.set(item, state=ReviewItem.State.DONE)
        act.set(row, published_on=day)
        act.touch(*row.events.values_list("incident_id", flat=True))
    pipeline.process(article.pk)
    article.refresh_from_db()
    return act.action
