"""`manage.py extract` reads one file for people, many lines for machines, and says in one line what it could not read."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

LINE = {"id": "1", "text": "Gunmen killed four people in Kirkuk on Monday.", "published": "2023-05-17"}


def test_lines_keep_their_order_and_a_broken_one_is_refused_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "documents.jsonl"
    file.write_text(json.dumps(LINE) + "\n{broken\n" + json.dumps(LINE | {"id": "3"}) + "\n", "utf-8")
    call_command("extract", jsonl=str(file))
    shown = capsys.readouterr()
    assert [json.loads(line)["id"] for line in shown.out.splitlines()] == ["1", "3"]
    assert "line 2" in shown.err


def test_a_line_whose_date_is_none_is_read_undated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "documents.jsonl"
    file.write_text(json.dumps(LINE | {"published": "9:27 AM ET"}) + "\n", "utf-8")
    call_command("extract", jsonl=str(file))
    record = json.loads(capsys.readouterr().out)
    assert record["relevant"]


def test_one_file_is_shown_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Four killed in Kirkuk\nGunmen killed four people in Kirkuk on Monday.", "utf-8")
    call_command("extract", str(file), published="2023-05-17")
    shown = capsys.readouterr().out
    assert "Kirkuk" in shown
    assert "2023-05-15" in shown


@pytest.mark.parametrize(("content", "published"), [(None, None), (b"", None), (b"\x00\x01" * 900, None), (b"Text", "yesterday")])
def test_what_cannot_be_read_is_one_line(tmp_path: Path, content: bytes | None, published: str | None) -> None:
    file = tmp_path / "report.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError) as error:
        call_command("extract", str(file), published=published)
    assert "\n" not in str(error.value)
