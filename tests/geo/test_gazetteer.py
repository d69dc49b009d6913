"""What the gazetteer holds, and how its sources are joined."""

from pathlib import Path

import pytest

from geo.country_words import countries, demonyms
from geo.curated import BadPlaceFile, read_places
from geo.divisions import divisions
from geo.gazetteer import city_radius, usable_names
from geo.geonames_dump import dump_places
from geo.index import default_index


def test_curated_places_are_many_unique_and_on_the_globe() -> None:
    places = [place for place in read_places() if place.lat is not None]
    assert len(places) >= 400
    assert len({place.id for place in places}) == len(places)


def test_every_spelling_without_a_point_finds_its_place() -> None:
    index = default_index()
    for place in read_places():
        for name in place.names:
            assert any(found.country == place.country for found in index.lookup(name)), name


def test_a_curated_name_of_a_known_city_adds_no_second_city() -> None:
    kobani = [p for p in default_index().lookup("Kobani") if p.country == "SY"]
    assert len({p.id for p in kobani if p.kind == "settlement"}) == 1


def test_divisions_have_points_inside_their_country() -> None:
    parts = {part.code: part for part in divisions()}
    assert abs(parts["US.TX"].lat - 31.5) < 1
    assert abs(parts["US.TX"].lon + 99.3) < 1
    assert parts["RU.15"].lon > 160  # Chukotka lies across the date line
    assert parts["US.OH.035"].parent == "US.OH"
    assert len(parts) > 30_000


def test_cities_know_their_divisions() -> None:
    cleveland = next(p for p in default_index().lookup("Cleveland") if p.admin1 == "Ohio")
    assert cleveland.admin2 == "Cuyahoga County"


def test_countries_have_points_and_adjectives() -> None:
    assert len(countries()) > 240
    assert demonyms()["Syrian"] == "SY"
    assert demonyms()["Syrians"] == "SY"
    assert demonyms()["Danes"] == "DK"
    assert "Syria" not in demonyms()


def test_small_places_keep_latin_names_only() -> None:
    assert list(usable_names(["Kfar", "كفر", "KFR", "Ŝtad"], 900)) == ["Kfar", "Ŝtad"]
    assert "كفر" in list(usable_names(["كفر"], 900_000))


def test_city_radius_grows_with_its_people() -> None:
    assert city_radius(100) == 1.0
    assert 15 < city_radius(5_000_000) < 25


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Somewhere\tcastle\tSY", "unknown kind"),
        ("Somewhere\tsite\tSY\t\t95\t10", "not between"),
        ("Somewhere\tsite\tSY\t\t30\t", "both latitude and longitude"),
        ("Somewhere", "at least"),
        ("\tsite\tSY\t\t1\t1", "name is empty"),
    ],
)
def test_a_bad_line_of_a_places_file_is_named(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "own.tsv"
    file.write_text(f"# ours\n{line}\n", encoding="utf-8")
    with pytest.raises(BadPlaceFile, match=f"own.tsv, line 2: .*{reason}"):
        list(read_places(file))


def test_a_dump_gives_settlements_sites_and_seas(tmp_path: Path) -> None:
    def line(number: int, name: str, feature: str, code: str) -> str:
        fields = [
            str(number),
            name,
            name,
            "Otherna",
            "36.1",
            "40.2",
            feature,
            code,
            "SY",
            "",
            "01",
            "",
            "",
            "",
            "1200",
            "",
            "",
            "",
            "",
        ]
        return "\t".join(fields)

    file = tmp_path / "SY.txt"
    rows = [
        line(1, "Tell One", "P", "PPL"),
        line(2, "Old Jail", "S", "PRSN"),
        line(3, "Inn", "S", "HTL"),
        line(4, "A Gulf", "H", "GULF"),
    ]
    file.write_text("\n".join([*rows, "broken line"]), encoding="utf-8")
    found = {record.id: (record.kind, record.admin1) for record, _ in dump_places(file, {"SY.01": "Al-Hasakah"})}
    assert found == {
        "geonames:1": ("settlement", "Al-Hasakah"),
        "geonames:2": ("site", "Al-Hasakah"),
        "geonames:4": ("sea", "Al-Hasakah"),
    }
