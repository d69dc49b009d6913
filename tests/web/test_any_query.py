"""Any query string on any page: an answer, never a fault; what no page could read is a page of its own that says so."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from incidents.filters import IncidentFilter
from tests.factories import make_article, make_count, make_event, make_incident

pytestmark = pytest.mark.django_db
ODD = (
    "", "%00", "a%00b", "%ff%fe", "%ed%a0%80", "%E2%80%AE", "%F0%9F%92%A9", "%", "%zz", "+", "a;b=c", "%5C", "..%2f..",
    "9" * 400, "-9" * 99, "1e999", "NaN", "-0", "0x10", "%EF%BC%91", "2147483648", "9223372036854775808", "999,999,1",
    "36,40,1e308", "nan,nan,nan", "180,90,-180,-90", "2022-02-30", "0001-01-01", "9999-12-31", "-5000", "2022-01-01T25:61",
    "1%0d%0ax:y", "x" * 5000, "shooting," * 400, "%27%20OR%201=1--", "%3Cscript%3E", "{}", "[]", "null",
)  # fmt: skip
OWN = (
    "after", "before", "kind", "sort", "page", "cursor", "claims", "origins", "history", "event", "state", "number", "a.type",
    "b.since", "a.near", "type[]", "type[0]", "[]", "__proto__",
)  # fmt: skip
PAGES = (
    "/", "/changes/", "/changes/news/", "/compare/", "/articles/", "/sources/", "/export/", "/dumps/", "/sign-in/",
    "/feed.atom", "/searches/", "/nothing/",
)  # fmt: skip


@pytest.fixture
def pages() -> list[str]:
    """The pages, an article's and an incident's among them, with something on each."""
    incident = make_incident(earliest=date(2022, 1, 20))
    article = make_article()
    make_count(make_event(article, incident=incident))
    return [*PAGES, incident.get_absolute_url(), article.get_absolute_url()]


def test_odd_values_are_answered(client: Client, pages: list[str]) -> None:
    """Every other value on each page, under names that take turns; what fails raises here."""
    names = [*IncidentFilter(QueryDict()).fields, *OWN]
    turn = 0
    for number, page in enumerate(pages):
        for value in ODD[number % 2 :: 2]:
            one, other = names[turn % len(names)], names[(turn * 7 + 3) % len(names)]
            turn += 1
            assert client.get(f"{page}?{one}={value}&{other}={value}&{one}={value}").status_code < 500, (page, one, other, value)


def test_every_parameter_at_once_is_answered(client: Client, pages: list[str]) -> None:
    query = "&".join(f"{name}={value}" for name, value in zip([*IncidentFilter(QueryDict()).fields, *OWN], ODD * 2, strict=False))
    for page in pages:
        assert client.get(f"{page}?{query}").status_code < 500, page


def test_more_parameters_than_are_read_are_told_so(client: Client, pages: list[str]) -> None:
    for page in (page for page in pages if page not in ("/nothing/", "/dumps/", "/searches/", "/sign-in/")):
        assert client.get(f"{page}?" + "&".join(f"x{number}=1" for number in range(1100))).status_code == 400, page
