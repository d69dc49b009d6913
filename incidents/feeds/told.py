"""The feed of what a saved search was told."""

from django.utils.translation import gettext as _

from incidents.feeds.entries import SIZE, Entry, Feed, tag
from incidents.models import Notice, SavedSearch


def of_search(search: SavedSearch, base: str, own: str) -> Feed:
    """Return the last notices of a search, each an entry of its own: news is not rewritten."""
    page = f"{base}{search.get_absolute_url()}"
    notices = search.notices.select_related("incident")[:SIZE]
    return Feed(
        tag(base, f"searches/{search.slug}"), search.name, own, page, [_entry(notice, search, base) for notice in notices]
    )


def _entry(notice: Notice, search: SavedSearch, base: str) -> Entry:
    return Entry(
        id=tag(base, f"searches/{search.slug}/{notice.pk}"),
        url=f"{base}{notice.incident.get_absolute_url()}",
        title=f"{_(str(notice.get_kind_display())).capitalize()}: {notice.headline}",
        summary=notice.words,
        published=notice.at,
        updated=notice.at,
        tags=(str(notice.kind),),
        point=None,
    )
