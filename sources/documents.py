"""A target named by a person -> the documents in it. Pure; what is fetched, the caller fetches.

The date of a document is, in this order: the one given by the caller, the document's own, a day its file's name begins with,
none. Its publisher likewise: the one given, the document's own, the name of the folder it lies in.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sources.dates import day_in_name
from sources.incoming import MAX_ID, Found, Given, IncomingDocument
from sources.lines import documents_in_lines
from sources.parse import Entry, parse_feed
from sources.refusals import MAX_BYTES, Refused, in_megabytes
from sources.text import decode, read_page, storable, title_and_text

SUFFIXES = {".txt", ".html", ".htm", ".jsonl", ".xml"}


def is_address(target: str) -> bool:
    return "://" in target


def files_in(target: str) -> Iterator[Path | Refused]:
    """Yield the files a path names, a folder's in the order of their names; hidden ones are left alone."""
    path = Path(target)
    try:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file.relative_to(path)))
            yield from inside
            if not inside:
                yield Refused(target, "an empty folder")
        elif path.exists():
            yield path
        else:
            yield Refused(target, "no such file or folder")
    except (OSError, ValueError) as error:  # a name too long, or with a null character
        yield Refused(target, _why(error))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def documents_in_file(path: Path, given: Given) -> Iterator[Found]:
    """Yield the documents of one file by its kind, each refusal in place of the document it is about."""
    try:
        yield from _read_file(path, given)
    except Refused as refused:
        yield refused
    except (OSError, ValueError) as error:
        yield Refused(str(path), _why(error))


def _read_file(path: Path, given: Given) -> Iterator[Found]:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused(str(path), f"not a kind of file the desk reads ({', '.join(sorted(SUFFIXES))})")
    if not path.is_file():
        raise Refused(str(path), "not an ordinary file")
    if suffix == ".jsonl":
        yield from documents_in_lines(path, given, folder=_folder(path))
        return
    if (size := path.stat().st_size) >= MAX_BYTES:
        raise Refused(str(path), f"{in_megabytes(size)}: larger than {in_megabytes(MAX_BYTES)}")
    data = path.read_bytes()
    if suffix == ".xml":
        yield from feed_documents(data, str(path), given, folder=_folder(path))
    elif suffix == ".txt":
        yield _plain(decode(data, str(path)), path, given)
    else:
        yield page_document(decode(data, str(path)), str(path), given, file=path)


def _folder(path: Path) -> str:
    """Return the folder's name as a publisher's: "gulf-wire" reads "Gulf Wire"."""
    words = path.resolve().parent.name.replace("-", " ").replace("_", " ").split()
    return " ".join(word[0].upper() + word[1:] for word in words) or "files"


def _plain(text: str, path: Path, given: Given) -> IncomingDocument:
    title, body = title_and_text(storable(text))
    if not body:
        raise Refused(str(path), "empty")
    published = given.published or day_in_name(path.name)
    return IncomingDocument(name=str(path), source=given.source or _folder(path), title=title, text=body, published=published)


def page_document(
    html: str, name: str, given: Given, *, file: Path | None = None, url: str = "", host: str = ""
) -> IncomingDocument:
    """Return the article of a web page, from a file or an address. Raises Refused where it has none."""
    page = read_page(html, name, url)
    return IncomingDocument(
        name=name,
        source=given.source or page.site or host or (_folder(file) if file else "pages"),
        title=storable(page.title),
        text=storable(page.text),
        published=given.published or page.published or (day_in_name(file.name) if file else None),
        url=(url or _own_address(page.url))[:2000],
    )


def _own_address(canonical: str) -> str:
    """Return the address a saved page gives for itself, unless it is the front page's, which many pages share."""
    return canonical if urlsplit(canonical).path.strip("/") else ""


def feed_documents(
    data: bytes, name: str, given: Given, *, folder: str = "", charset: str | None = None
) -> Iterator[IncomingDocument]:
    """Yield the entries of a feed. Raises Refused where it cannot be read at all."""
    feed = parse_feed(data, name, charset)
    source = given.source or feed.title or folder
    for entry in feed.entries:
        yield entry_document(entry, source, given)


def entry_document(entry: Entry, source: str, given: Given) -> IncomingDocument:
    """Return a feed's entry as a document of its source."""
    return IncomingDocument(
        name=entry.url or entry.title or entry.id,
        source=source,
        title=entry.title,
        text=entry.text,
        published=given.published or entry.published,
        published_at=None if given.published else entry.published_at,
        external_id=entry.id[:MAX_ID],
        url=entry.url[:2000],
        full=entry.full or not entry.url,
    )


def _why(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return str(reason)[:1].lower() + str(reason)[1:]
