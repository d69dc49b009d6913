"""The compiled gazetteer: made whole, opened from its files, found by name, id and nearly right spelling."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.build import current_version, put_in_place, write_files
from geo.index import PlaceIndex, current_folder, default_index, open_index
from geo.records import PlaceRecord

PLACES = [
    PlaceRecord("x:1", "Ufuk", "settlement", "TR", "Van", "Merkez", 38.5, 43.3, 4000, 1.5),
    PlaceRecord("x:2", "Ufuk", "settlement", "AZ", None, None, 40.1, 47.5, 90000),
    PlaceRecord("x:3", "Van", "adm1", "TR", "Van", None, 38.4, 43.4, 1_100_000, 120.0),
    PlaceRecord("x:4", "Turkey", "country", "TR", None, None, 39.0, 35.0, 84_000_000, 500.0),
]
NAMES = [("Ufuk", "x:1", 1.0), ("Ufuk", "x:2", 1.0), ("Van", "x:3", 1.0), ("Turkey", "x:4", 1.0), ("Türkiye", "x:4", 0.95)]


def made(folder: Path, stamp: str = "1") -> Path:
    folder.mkdir(parents=True)
    write_files(folder, stamp, PLACES, NAMES)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> PlaceIndex:
    return open_index(made(tmp_path / "index"))


def test_every_record_comes_back_as_it_went_in(small: PlaceIndex) -> None:
    assert list(small.records()) == PLACES
    assert len(small) == 4


def test_a_place_is_found_by_id(small: PlaceIndex) -> None:
    assert small.get("x:3") == PLACES[2]
    assert small.get("x:9") is None


def test_a_name_gives_all_its_places_likeliest_first(small: PlaceIndex) -> None:
    assert [place.id for place in small.lookup("UFUK")] == ["x:2", "x:1"]
    assert [place.id for place in small.lookup("Turkiye")] == ["x:4"]
    assert small.lookup("Nowhere") == []


def test_a_name_sounds_like_its_other_spellings_in_countries_that_transliterate() -> None:
    index = default_index()
    assert "Tarinkot" in [index.record(match.place).name for match in index.sounding_like("tarin kwowt")]
    assert "Columbus" not in [index.record(match.place).name for match in index.sounding_like("kolumbos")]


def test_a_country_is_found_by_code(small: PlaceIndex) -> None:
    assert small.country("TR") == PLACES[3]
    assert small.country("ZZ") is None


def test_an_index_of_other_data_is_not_current(tmp_path: Path) -> None:
    made(tmp_path / "older")
    assert current_folder(tmp_path) is None
    made(tmp_path / current_version())
    assert current_folder(tmp_path) == tmp_path / current_version()


def test_own_places_make_another_version(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("Depot 7\tsite\tSY\t\t35.0\t38.0\t1\t\n", encoding="utf-8")
    assert current_version((own,)) != current_version()


def test_builders_at_the_same_time_leave_one_whole_index(tmp_path: Path) -> None:
    target = tmp_path / "version"
    ready = [made(tmp_path / f".making-{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda folder: put_in_place(folder, target), ready))
    assert list(open_index(target).records()) == PLACES
    assert {path.name for path in tmp_path.iterdir()} == {"version"}


def test_an_open_index_survives_its_successor(tmp_path: Path) -> None:
    index = open_index(made(tmp_path / "older"))
    put_in_place(made(tmp_path / ".making"), tmp_path / "newer")
    assert not (tmp_path / "older").exists()
    assert index.get("x:1") == PLACES[0]


def test_the_whole_gazetteer_knows_the_news() -> None:
    index = default_index()
    assert len(index) > 250_000
    for name in (
        "Hasakah",
        "Ghwayran",
        "Atmeh",
        "Baghuz",
        "al-Hol",
        "Qamishly",
        "Tigray",
        "Cabo Delgado",
        "Abu Ghraib",
        "Donbas",
    ):
        assert index.lookup(name), name


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Hasak", "Hasakah"),
        ("Hassakah", "Hasakah"),
        ("Quamishli", "Qamishli"),
        ("Timbuctu", "Timbuktu"),
        ("sant peterburg", "Saint Petersburg"),
        ("Mogadischu", "Mogadishu"),
    ],
)
def test_search_finds_what_is_nearly_typed(typed: str, found: str) -> None:
    assert found in [place.name for place in default_index().search(typed, 5)]


def test_search_is_narrowed_after_a_comma() -> None:
    assert {place.admin1 for place in default_index().search("Paris, Texas", 3)} == {"Texas"}
    assert {place.country for place in default_index().search("Tripoli, Lebanon", 3)} == {"LB"}


@pytest.mark.parametrize("typed", ["", "   ", "'", "x" * 5000, "ق" * 50])
def test_search_bears_any_input(typed: str) -> None:
    assert isinstance(default_index().search(typed, 5), list)


def test_search_keeps_its_limit() -> None:
    assert len(default_index().search("san", 7)) == 7
    assert default_index().search("san", 0) == []
