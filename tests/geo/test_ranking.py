"""Which place a name means, told by the other names of the text."""

import pytest

from geo.distance import kilometres, roughly_kilometres
from geo.index import default_index
from geo.ranking import Query, contains, resolve
from geo.records import PlaceKind


def chosen(*names: str) -> list[tuple[str | None, str | None, str]]:
    found = [ranking.place for ranking in resolve(default_index(), [Query(name) for name in names])]
    return [(place.country, place.admin1, place.kind) for place in found if place]


@pytest.mark.parametrize(
    ("names", "country", "admin1"),
    [
        (("Paris",), "FR", "Île-de-France"),
        (("Paris", "Texas", "Dallas"), "US", "Texas"),
        (("Georgia", "Tbilisi", "Russia"), "GE", None),
        (("Georgia", "Atlanta", "Savannah", "Alabama"), "US", "Georgia"),
        (("Springfield", "Ohio", "Dayton"), "US", "Ohio"),
        (("Tripoli", "Benghazi", "Libya"), "LY", "Tripoli"),
        (("Tripoli", "Beirut", "Lebanon"), "LB", "North Lebanon"),
        (("Washington", "Moscow"), "US", "District of Columbia"),
        (("Washington", "Seattle", "Tacoma", "Spokane"), "US", "Washington"),
        (("Hama", "Syria"), "SY", "Hama"),
    ],
)
def test_a_name_is_read_by_its_company(names: tuple[str, ...], country: str, admin1: str | None) -> None:
    assert chosen(*names)[0][:2] == (country, admin1)


def test_a_container_in_the_phrase_decides() -> None:
    ranking = resolve(default_index(), [Query("Birmingham", within="Alabama"), Query("London"), Query("England")])[0]
    assert ranking.place is not None
    assert ranking.place.admin1 == "Alabama"


def test_one_sense_holds_for_the_whole_text() -> None:
    first, second = resolve(default_index(), [Query("Birmingham", within="Alabama"), Query("Birmingham")])
    assert first.place == second.place


def test_a_stated_kind_makes_a_province_of_a_city() -> None:
    index = default_index()
    province: frozenset[PlaceKind] = frozenset({"adm1"})
    as_city, as_province = (resolve(index, [Query("Kandahar", kinds=kinds)])[0].place for kinds in (None, province))
    assert as_city is not None
    assert as_province is not None
    assert (as_city.kind, as_province.kind) == ("settlement", "adm1")


def test_adjectives_point_to_a_country() -> None:
    index = default_index()
    plain = resolve(index, [Query("Santa Ana")])[0].place
    hinted = resolve(index, [Query("Santa Ana")], {"SV": 3.0})[0].place
    assert plain is not None
    assert hinted is not None
    assert (plain.country, hinted.country) == ("US", "SV")


def test_what_is_not_known_stays_open_and_others_are_listed() -> None:
    unknown, known = resolve(default_index(), [Query("Qwertzuville"), Query("Tripoli")])
    assert unknown.place is None
    assert known.others
    assert all(score <= known.score for _, score in known.others)


def test_containment_goes_by_division_and_distance() -> None:
    index = default_index()
    texas, paris = index.get("geonames:US.TX"), index.get("geonames:4717560")
    assert texas is not None
    assert paris is not None
    assert contains(texas, paris)
    assert not contains(paris, texas)


def test_distances_agree_with_known_ones() -> None:
    assert kilometres(48.85, 2.35, 51.51, -0.13) == pytest.approx(344, abs=3)
    assert kilometres(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.5)
    assert roughly_kilometres(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.5)
