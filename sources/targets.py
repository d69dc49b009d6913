"""What a person names (a file, a folder, a page, a feed) -> the documents behind it, fetched where need be."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from sources.documents import documents_in_file, feed_documents, files_in, is_address, page_document
from sources.fetch import Fetched, fetch
from sources.incoming import Found, Given, IncomingDocument
from sources.parse import looks_like_feed
from sources.refusals import Refused
from sources.text import decode


def documents_of(target: str, given: Given) -> Iterator[Found]:
    """Yield the documents of one target, each refusal in place of the document it is about."""
    if is_address(target):
        yield from _documents_at(target, given)
        return
    for found in files_in(target):
        if isinstance(found, Refused):
            yield found
        else:
            yield from documents_in_file(found, given)


def _documents_at(url: str, given: Given) -> Iterator[Found]:
    try:
        fetched = fetch(url)
        if looks_like_feed(fetched.body, fetched.content_type):
            yield from feed_documents(fetched.body, url, given, folder=host_of(url), charset=fetched.charset)
        else:
            yield fetched_page(fetched, url, given)
    except Refused as refused:
        yield refused


def fetched_page(fetched: Fetched, url: str, given: Given) -> IncomingDocument:
    """Return the article of a page that was fetched. Raises Refused where it has none, or is no page at all."""
    if fetched.content_type and not fetched.content_type.startswith("text/") and "html" not in fetched.content_type:
        raise Refused(url, f"neither a page nor a feed, but {fetched.content_type[:60]}")
    return page_document(decode(fetched.body, url, fetched.charset), url, given, url=url, host=host_of(url))


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
