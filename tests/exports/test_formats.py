"""Every format opens in its own reader, with the right rows, whatever the text holds."""

import csv
import io
import json
from datetime import date
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from django.test import Client
from geojson_pydantic import FeatureCollection
from lxml import etree

from incidents.exports.columns import COLUMNS
from incidents.exports.formulas import RISKY
from incidents.models import Change, Incident
from tests.exports.conftest import HOSTILE, Download

Three = tuple[Incident, Incident, Incident]
KML = "{http://www.opengis.net/kml/2.2}"


ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip
GED = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
]  # fmt: skip


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_csv(three: Three, download: Download) -> None:
    rows = read_csv(download("csv"))
    assert [int(row["id"]) for row in rows] == [one.pk for one in three]
    first = rows[0]
    assert (first["headline"], first["killed_best"], first["killed_high"]) == ("Shooting in Hasakah: 5 killed", "5", "")
    assert (first["wounded_best"], first["missing_best"]) == ("0", "")
    assert (first["earliest"], first["background"], first["url"]) == (
        "2022-01-20", "false", f"http://testserver/incidents/{three[0].pk}/",
    )  # fmt: skip
    assert rows[2]["lat"] == "-36.5"  # a number stays a number


def test_csv_holds_no_formula(three: Three, download: Download) -> None:
    for name in ("csv", "hxl", "acled", "ged"):
        for cells in list(csv.reader(io.StringIO(download(name).decode(), newline="")))[1:]:
            assert [cell for cell in cells if cell[:1] in RISKY and not cell.lstrip("-").replace(".", "").isdigit()] == []
    row = read_csv(download("csv"))[1]
    assert row["headline"] == f"'{three[1].headline}"
    assert (row["place_name"], row["admin1"]) == ("'+1", "'\tX")
    assert read_csv(download("csv"))[0]["sources"] == "'@Gulf Wire"


def test_hxl_row(three: Three, download: Download) -> None:
    _head, tags, *rows = csv.reader(io.StringIO(download("hxl").decode(), newline=""))
    assert len(rows) == 3
    assert all(tag.startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags) == len(COLUMNS)


def test_geojson(three: Three, download: Download) -> None:
    document = json.loads(download("geojson"))
    collection: Any = FeatureCollection.model_validate(document)
    assert [feature.id for feature in collection.features] == [one.pk for one in three]
    assert [feature.geometry is None for feature in collection.features] == [False, True, True]
    assert collection.features[0].geometry.coordinates[0] == pytest.approx(40.74772)
    assert document["features"][1]["properties"]["headline"] == three[1].headline  # JSON needs no disarming
    assert document["export"]["rows"] == 3


@pytest.mark.parametrize("address", ["", "https://desk.example"])
def test_ndjson_is_what_the_api_gives(three: Three, download: Download, client: Client, settings: Any, address: str) -> None:
    settings.DESK_URL = address
    rows = [json.loads(line) for line in download("ndjson").splitlines()]
    assert sorted(rows, key=lambda row: row["id"]) == sorted(
        client.get("/api/v1/incidents/").json()["results"], key=lambda row: row["id"]
    )


def test_xlsx(three: Three, download: Download) -> None:
    book = openpyxl.load_workbook(io.BytesIO(download("xlsx")))
    head, *rows = book["incidents"].iter_rows(values_only=True)
    by_name = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["id"] for row in by_name] == [one.pk for one in three]
    assert (by_name[0]["killed_best"], by_name[0]["killed_high"], by_name[0]["background"]) == (5, None, False)
    assert str(by_name[0]["earliest"])[:10] == "2022-01-20"
    assert by_name[2]["earliest"] == "1899-12-31"
    (cell,) = (cell for cell in book["incidents"][3] if str(cell.value).startswith("=HYPERLINK"))
    assert cell.data_type == "s"  # text, no formula
    assert str(cell.value).startswith(HOSTILE)
    assert book["about"]["A1"].value == "Filter"
    assert len(list(book["columns"].iter_rows())) == len(COLUMNS)


def test_parquet(three: Three, download: Download) -> None:
    table = pq.read_table(io.BytesIO(download("parquet")))
    rows = table.to_pylist()
    assert [row["id"] for row in rows] == [one.pk for one in three]
    assert (rows[0]["earliest"], rows[1]["earliest"], rows[1]["lat"], rows[0]["killed_high"]) == (
        date(2022, 1, 20),
        None,
        None,
        None,
    )
    assert rows[1]["headline"] == three[1].headline
    assert json.loads(table.schema.metadata[b"export"])["rows"] == 3


def test_kml(three: Three, download: Download) -> None:
    root = etree.fromstring(download("kml"), etree.XMLParser(resolve_entities=False))
    marks = root.findall(f".//{KML}Placemark")
    assert [mark.get("id") for mark in marks] == [f"incident-{one.pk}" for one in three]
    assert [mark.find(f"{KML}Point") is not None for mark in marks] == [True, False, False]
    assert marks[1].findtext(f"{KML}name").startswith(HOSTILE)
    assert "�" in marks[1].findtext(f"{KML}name")


def test_acled_shape_says_how_well_it_fits(three: Three, download: Download) -> None:
    shot, hostile, arrest = read_csv(download("acled"))
    assert (shot["event_type"], shot["fatalities"], shot["actor1"]) == ("Violence against civilians", "5", "'-Islamic State")
    assert (shot["mapping_quality"], hostile["mapping_quality"], arrest["mapping_quality"]) == ("near", "none", "exact")
    assert hostile["fatalities"] == hostile["geo_precision"] == ""
    assert "no date" in hostile["mapping_notes"]
    assert (arrest["sub_event_type"], arrest["iso"], arrest["time_precision"]) == ("Arrests", "760", "2")
    assert [line["disorder_type"] for line in (shot, hostile, arrest)] == [*["Political violence"] * 2, "Strategic developments"]
    assert (shot["civilian_targeting"], arrest["civilian_targeting"]) == ("Civilian targeting", "")


def test_shapes_have_every_column_that_their_readers_look_for(three: Three, download: Download) -> None:
    acled, ged = (read_csv(download(name))[0] for name in ("acled", "ged"))
    assert list(acled)[: len(ACLED)] == ACLED
    assert list(ged)[: len(GED)] == GED
    assert (ged["geom_wkt"], ged["priogrid_gid"]) == ("POINT (40.74772 36.50237)", str(253 * 720 + 442))
    assert (ged["dyad_name"], ged["deaths_a"], ged["deaths_unknown"]) == ("'-Islamic State - Civilians", "", "5")


def test_ged_shape_says_how_well_it_fits(three: Three, download: Download) -> None:
    shot, _hostile, arrest = read_csv(download("ged"))
    assert (shot["type_of_violence"], shot["best"], shot["where_prec"], shot["mapping_quality"]) == ("3", "5", "1", "near")
    assert (arrest["type_of_violence"], arrest["mapping_quality"]) == ("", "none")
    assert "no death stated" in arrest["mapping_notes"]


@pytest.mark.parametrize("name", ["csv", "hxl", "geojson", "kml", "ndjson", "xlsx", "parquet", "acled", "ged"])
def test_filter_chooses_and_nothing_is_still_a_file(three: Three, download: Download, name: str) -> None:
    assert len(download(name, "type=arrest")) < len(download(name))
    assert download(name, "type=riot&sort=killed") or name == "ndjson"


def test_sort_is_kept(three: Three, download: Download) -> None:
    rows = read_csv(download("csv", "sort=oldest"))
    assert [int(row["id"]) for row in rows] == [three[2].pk, three[0].pk, three[1].pk]


def test_merged_and_deleted_are_left_out(three: Three, download: Download) -> None:
    Incident.objects.filter(pk=three[0].pk).update(merged_into=three[1])
    Change.objects.create(number=9, incident=three[0], kind=Change.Kind.MERGED)
    assert [int(row["id"]) for row in read_csv(download("csv"))] == [three[1].pk, three[2].pk]
