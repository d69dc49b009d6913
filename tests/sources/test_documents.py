"""A file or folder becomes documents, each refusal in place of the document it is about."""

from datetime import date
from pathlib import Path

from sources.documents import documents_in_file, files_in
from sources.incoming import Given, IncomingDocument
from sources.refusals import MAX_BYTES, Refused
from tests.sources.samples import sample


def read(path: Path, given: Given | None = None) -> tuple[list[IncomingDocument], list[str]]:
    found = list(documents_in_file(path, given or Given()))
    return [one for one in found if isinstance(one, IncomingDocument)], [str(one) for one in found if isinstance(one, Refused)]


def test_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "gulf-wire" / "2022-02-08-gao.txt"
    path.parent.mkdir()
    path.write_bytes(sample("crlf-and-nulls.txt").read_bytes())
    (document,), refused = read(path)
    assert not refused
    assert document.title == "Road closed near Gao"
    assert document.text == "Gunmen stopped a lorry near Gao on Sunday,\na driver said."
    assert document.published == date(2022, 2, 8)
    assert document.source == "Gulf Wire"  # its folder, as a publisher would write it


def test_date_given_stands_above_the_documents_own() -> None:
    path = sample("tag-soup.html")
    assert read(path)[0][0].published == date(2023, 5, 3)
    assert read(path, Given(published=date(2023, 5, 4)))[0][0].published == date(2023, 5, 4)


def test_source_given_stands_above_the_documents_own() -> None:
    path = sample("tag-soup.html")
    assert read(path)[0][0].source == "Coast Courier"
    assert read(path, Given(source="Mine"))[0][0].source == "Mine"


def test_saved_page_keeps_its_own_address() -> None:
    assert read(sample("tag-soup.html"))[0][0].url == "https://coastcourier.example/2023/bridge"


def test_feed_file() -> None:
    documents, refused = read(sample("rss.xml"))
    assert not refused
    assert [document.external_id for document in documents] == ["hh-1", "hh-2"]
    assert [document.full for document in documents] == [True, False]
    assert {document.source for document in documents} == {"Hill & Harbour News"}


def test_lines_are_taken_one_by_one() -> None:
    path = sample("mixed.jsonl")
    documents, refused = read(path)
    assert [document.external_id for document in documents] == ["m-1", "4"]
    assert documents[0].source == "Mixed Post"
    assert documents[0].published == date(2023, 6, 7)
    assert documents[1].text == "A lone \ufffd surrogate and a \ufffd null in one line from Accra."
    assert refused == [
        f"{path} line 2: empty: no text",
        f"{path} line 3: not JSON (Expecting value)",
        f"{path} line 4: published '7th of never' is not a date (YYYY-MM-DD)",
        f"{path} line 5: not a JSON object with id, title, text, published, url",
        f"{path} line 7: title is not a text",
    ]


def test_document_of_50_mb_is_refused(tmp_path: Path) -> None:
    for name in ("big.txt", "big.html", "big.xml"):
        with (path := tmp_path / name).open("wb") as file:
            file.truncate(MAX_BYTES)
        assert read(path) == ([], [f"{path}: 50 MB: larger than 50 MB"])


def test_line_of_50_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    path.write_bytes(b'{"text": "' + b"a " * (MAX_BYTES // 2) + b'"}')
    assert read(path) == ([], [f"{path} line 1: larger than 50 MB"])


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert read(path)[1] == [f"{path}: not a kind of file the desk reads (.htm, .html, .jsonl, .txt, .xml)"]


def test_folder_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "inner/c.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("T\nText.")
    assert list(files_in(str(tmp_path))) == [tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "inner" / "c.txt"]


def test_targets_that_are_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert [str(found) for found in files_in(str(missing))] == [f"{missing}: no such file or folder"]
    assert [str(found) for found in files_in(str(tmp_path))] == [f"{tmp_path}: an empty folder"]
    assert isinstance(next(files_in("x" * 5000)), Refused)
    assert isinstance(next(files_in("null\0character")), Refused)
