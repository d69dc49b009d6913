"""Readable text out of bytes: encodings, web pages, plain files, markup in feed fields. Pure."""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from html import unescape

import nh3
import trafilatura
from charset_normalizer import from_bytes
from trafilatura.settings import Document

from sources.refusals import Refused

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
META_CHARSET = re.compile(rb"""<(?:meta[^>]{0,200}?charset=["']?|\?xml[^>]{0,200}?encoding=["'])([\w.:-]{1,40})""", re.IGNORECASE)
BLOCKS = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "td", "section", "article"}
BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b[^>]{{0,50}}>", re.IGNORECASE)
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
MIN_WORDS = 5  # of a page's article; less is a button or a cookie notice
WESTERN_SHARE = 0.1  # of bytes beyond ASCII: Latin letters with accents stay below, other scripts far above; too few to guess by
SURROGATE = re.compile(r"[\ud800-\udfff]")
SAMPLE = 200_000  # bytes that say which encoding a file is in


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page says: the article's own text, not its menus. `site` is the publisher's name where the page gives one."""

    title: str
    text: str
    published: date | None = None
    site: str = ""
    url: str = ""


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Return the text of the bytes: by byte order mark, as UTF-8, by what is declared, else by the likeliest encoding.

    Raises Refused where the bytes are empty, binary, or text in no encoding.
    """
    if not data.strip():
        raise Refused(name, "empty")
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _strictly(data, name, encoding)
    if b"\x00" in data[:SAMPLE] or len(CONTROL.findall(data[:SAMPLE].decode("latin-1"))) > len(data[:SAMPLE]) // 50:
        raise Refused(name, "binary, not text")
    for candidate in ("utf-8", declared, _declared_inside(data)):
        with suppress(UnicodeDecodeError, LookupError):
            if candidate:
                return data.decode(candidate)
    return _guessed(data, name)


def _strictly(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(name, f"marked as {encoding.upper()} but not readable as such") from None


def _declared_inside(data: bytes) -> str | None:
    found = META_CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _guessed(data: bytes, name: str) -> str:
    sample = data[:SAMPLE]
    if sum(byte > 127 for byte in sample) < len(sample) * WESTERN_SHARE:
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    best = from_bytes(sample).best()
    if best is None:
        raise Refused(name, "not readable in any known encoding")
    return data.decode(best.encoding, errors="replace")


def storable(text: str) -> str:
    """Return the text as it is kept: one kind of line end, nothing a database or a JSON document cannot carry."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd").replace("\ufeff", "")
    return SURROGATE.sub("\ufffd", text).strip()


def digest(title: str, text: str) -> str:
    """Return the SHA-256 of title and text with white space folded: what "the same document" means."""
    return hashlib.sha256(" ".join(f"{title}\n{text}".split()).encode("utf-8", "replace")).hexdigest()


def title_and_text(plain: str) -> tuple[str, str]:
    """Return a plain file's title (its first line) and text (the rest); a file of one line has a text and no title."""
    first, _, rest = plain.strip().partition("\n")
    return (first.strip(), rest.strip()) if rest.strip() else ("", first.strip())


def without_markup(fragment: str) -> str:
    """Return a feed field as text, its blocks on lines of their own."""
    clean = nh3.clean(fragment, tags=BLOCKS, attributes={}, link_rel=None)
    lines = (" ".join(line.split()) for line in BLOCK_TAG.sub("\n", clean).split("\n"))
    return unescape(BLANK_LINES.sub("\n\n", "\n".join(lines))).strip()


def read_page(html: str, name: str, url: str = "") -> Page:
    """Return the article of a web page.

    Raises Refused where there is none to be found: broken markup, an empty page, a page of links alone.
    """
    document = trafilatura.bare_extraction(
        html,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(document, Document) or len((document.text or "").split()) < MIN_WORDS:
        raise Refused(name, "broken HTML, or no article text in it")
    return Page(
        title=(document.title or "").strip(),
        text="\n\n".join(line for line in (document.text or "").split("\n") if line.strip()),
        published=_day(document.date),
        site=(document.sitename or "").strip(),
        url=document.url or "",
    )


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
