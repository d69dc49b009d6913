"""Digests by mail: everything a search was told since the last one, each incident once."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.desk_address import base_of
from incidents.models import Notice, SavedSearch

MOST = 100  # incidents written out in one mail
SALT = "incidents.alerts.unsubscribe"
PAUSES = {
    SavedSearch.Pace.ONCE: timedelta(0),
    SavedSearch.Pace.HOURLY: timedelta(hours=1),
    SavedSearch.Pace.DAILY: timedelta(days=1),
}
LONGEST_WAIT = timedelta(hours=6)  # between two attempts when the mail server does not take it
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one incident since the last mail."""

    kind: str
    headline: str
    number: str
    url: str
    words: str


def due(now: datetime) -> list[int]:
    """Return the searches whose digest is to be sent now."""
    news = Notice.objects.filter(search=OuterRef("pk"), pk__gt=OuterRef("mailed_through"))
    found = SavedSearch.objects.filter(Exists(news), mail_due_at__lte=now, owner__is_active=True)
    return list(found.exclude(pace="").exclude(owner__email="").values_list("pk", flat=True))


def send(search_id: int) -> bool:
    """Send a search's digest; return whether a mail went out. What the mail server does not take is tried again later.

    A worker that dies between sending and noting so sends it again, under the same Message-ID.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("owner")
        search = rows.filter(pk=search_id, mail_due_at__lte=now).exclude(pace="").first()
        if search is None:
            return False
        notices = list(search.notices.filter(pk__gt=search.mailed_through).select_related("incident").order_by("pk"))
        listed = lines(notices, base_of())
        try:
            if listed:
                message(search, listed, notices[-1].pk).send()
        except (SMTPException, OSError) as error:
            _put_off(search, error, now)
            return False
        if notices:
            search.mailed_through = notices[-1].pk
            search.mail_due_at = now + PAUSES[SavedSearch.Pace(search.pace)]
        search.mail_failures, search.mail_error = 0, ""
        search.save(update_fields=["mailed_through", "mail_due_at", "mail_failures", "mail_error"])
        return bool(listed)


def _put_off(search: SavedSearch, error: Exception, now: datetime) -> None:
    search.mail_failures = min(search.mail_failures + 1, 20)
    search.mail_error = str(error)[:300]
    search.mail_due_at = now + min(timedelta(minutes=2**search.mail_failures), LONGEST_WAIT)
    search.save(update_fields=["mail_failures", "mail_error", "mail_due_at"])
    logger.warning("The mail of search %s was not taken: %s", search.pk, error)


def lines(notices: Iterable[Notice], base: str) -> list[Line]:
    """Return one line an incident: what it comes to. What entered and left again since the last mail is no news."""
    by_incident: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_incident[notice.incident_id].append(notice)
    return [line for told in by_incident.values() if (line := _line(told, base))]


def _line(told: list[Notice], base: str) -> Line | None:
    entered, last = told[0].kind == Notice.Kind.ENTERED, told[-1]
    if entered and last.kind == Notice.Kind.LEFT:
        return None
    kind = Notice.Kind.ENTERED if entered else Notice.Kind(last.kind)
    words = told[0].words if entered and len(told) == 1 else "; ".join(dict.fromkeys(one.words for one in told if one.words))
    if kind == Notice.Kind.ENTERED and told[0].kind != Notice.Kind.ENTERED:
        kind = Notice.Kind.CHANGED  # left and came back
    return Line(kind, last.headline, last.incident.number, f"{base}{last.incident.get_absolute_url()}", words)


def message(search: SavedSearch, listed: list[Line], last: int) -> EmailMultiAlternatives:
    """Return the mail, with the headers that let mail programs offer to unsubscribe (RFC 2369, RFC 8058)."""
    base = base_of()
    host = urlsplit(base).hostname
    leave = f"{base}{reverse('unsubscribe', args=[token(search)])}"
    parted = [(kind.label, [line for line in listed[:MOST] if line.kind == kind]) for kind in Notice.Kind]
    context = {
        "search": search, "groups": [pair for pair in parted if pair[1]], "more": max(len(listed) - MOST, 0), "leave": leave,
        "page": f"{base}{search.get_absolute_url()}",
    }  # fmt: skip
    subject = ngettext("%(name)s: %(n)s incident", "%(name)s: %(n)s incidents", len(listed)) % {
        "name": search.name,
        "n": len(listed),
    }
    headers = {
        "Message-ID": f"<search-{search.pk}-{last}@{host}>",
        "List-ID": f"{_('Saved search')} <search-{search.pk}.{host}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(subject, render_to_string("mail/digest.txt", context), to=[search.owner.email], headers=headers)
    mail.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return mail


def token(search: SavedSearch) -> str:
    """Return what stands in the link that ends a search's mails; it works without signing in."""
    return signing.dumps([search.pk, search.owner_id], salt=SALT)


def search_of(signed: str) -> SavedSearch | None:
    """Return the search a link belongs to, None for a link that is forged or whose search is gone."""
    try:
        pk, owner = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return SavedSearch.objects.filter(pk=pk, owner=owner).first()
