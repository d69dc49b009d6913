"""Which articles are copies of one report: near-identical texts share an origin.

A text is the set of its word triples. Two texts are copies where their sets overlap by COPY_OVERLAP (Jaccard), or where the
shorter one lies within the longer by COPY_CONTAINED, as a shortened wire does; an agency credited by both lowers the second to
CREDITED_CONTAINED. Candidates come from MinHash bands kept in a GIN index, so the cost does not grow with the store.
"""

import re
from datetime import timedelta
from hashlib import blake2b

from datasketch import MinHash
from django.db.models import Q

from sources.models import Article, Origin

SHINGLE = 3  # words
ROWS, BANDS = 3, 24  # finds 96 % of pairs that overlap by half, and two in 100,000 of pairs that share one triple in a hundred
COPY_OVERLAP = 0.6
COPY_CONTAINED = 0.8
CREDITED_CONTAINED = 0.5
LEAST_SHINGLES = 25  # shorter texts are copies only where they are the same
WINDOW = timedelta(days=10)  # copies follow within days; the same words a year later are background
MOST_CANDIDATES = 50

WORD = re.compile(r"\w+")
# "BAGHDAD (Reuters) -", "KABUL, Jan 3 (AP) —", and the credit lines below texts
DATELINE_CREDIT = re.compile(r"^[^\n()]{2,60}\(([A-Z][\w .&'-]{1,40})\)\s*[-–—]", re.MULTILINE)
CREDIT_LINE = re.compile(
    r"^\W*(?:source|agency|with|by):?\s+([A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,3})\W*$", re.MULTILINE | re.IGNORECASE
)
COMPARED = 60_000  # characters: ten long articles; what is longer is no article, and must not cost more
HEAD, TAIL = 400, 200  # characters in which agencies are credited


def shingles(text: str) -> set[str]:
    """Return the word triples of the text's beginning, in lower case."""
    words = WORD.findall(text[:COMPARED].lower())
    return {" ".join(words[at : at + SHINGLE]) for at in range(max(len(words) - SHINGLE + 1, 1))}


def bands_of(text: str) -> list[int]:
    """Return the BANDS signed 64-bit numbers under which near-identical texts meet."""
    sketch = MinHash(num_perm=ROWS * BANDS)
    sketch.update_batch([shingle.encode() for shingle in shingles(text)])
    values = sketch.hashvalues
    keys = (values[at : at + ROWS].tobytes() + bytes([at]) for at in range(0, ROWS * BANDS, ROWS))
    return [int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True) for key in keys]


def agency_of(text: str) -> str:
    """Return the agency the text credits in its dateline or last line; "" where it credits none."""
    found = DATELINE_CREDIT.search(text[:HEAD]) or CREDIT_LINE.search(text[-TAIL:])
    return found[1].strip() if found else ""


def are_copies(one: str, other: str) -> bool:
    """Return whether two texts are one report, by the rule at the head of this module."""
    first, second = shingles(one), shingles(other)
    if min(len(first), len(second)) < LEAST_SHINGLES:
        return first == second
    shared = len(first & second)
    contained = shared / min(len(first), len(second))
    agency = agency_of(one)
    credited = bool(agency) and agency == agency_of(other)
    return shared / len(first | second) >= COPY_OVERLAP or contained >= (CREDITED_CONTAINED if credited else COPY_CONTAINED)


def assign_origin(article: Article) -> Origin:
    """Give the article the origin of the report it is a copy of, or one of its own.

    Call with the lock of matching held: two copies at once would else get an origin each.
    """
    article.origin = _origin_of_copies(article) or article.origin or Origin.objects.create(agency=agency_of(article.text)[:100])
    Article.objects.filter(pk=article.pk).update(origin=article.origin)
    return article.origin


def _origin_of_copies(article: Article) -> Origin | None:
    others = Article.objects.filter(bands__overlap=article.bands, origin__isnull=False).exclude(pk=article.pk)
    if day := article.published_on:
        others = others.filter(Q(published_on=None) | Q(published_on__range=(day - WINDOW, day + WINDOW)))
    mine = set(article.bands)
    near = sorted(others.only("bands")[: 10 * MOST_CANDIDATES], key=lambda other: -len(mine & set(other.bands)))
    for other in Article.objects.select_related("origin").filter(pk__in=[other.pk for other in near[:MOST_CANDIDATES]]):
        if are_copies(article.text, other.text):
            return other.origin
    return None
