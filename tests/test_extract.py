"""`manage.py extract`: the engine alone, for a person and for a program; nothing touches the database."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.extraction.model_server import model_server

STORY = "Bomb in Kandahar\nKANDAHAR, April 5 - A roadside bomb killed three policemen in Kandahar on Wednesday, officials said.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def extract(*arguments: str) -> str:
    output = io.StringIO()
    call_command("extract", *arguments, stdout=output)
    return output.getvalue()


def test_it_works(story: Path) -> None:
    """Offsets refer to the text after the title's line."""
    record = json.loads(extract(str(story), "--published", "2023-04-06", "--json"))
    text = STORY.partition("\n")[2]
    assert record["relevant"]
    main = record["events"][0]
    start, end = main["place"]["span"]
    assert main["place"].get("in") == "title" or "Kandahar" in text[start:end].title()
    assert main["date"]["earliest"] == "2023-04-05"
    assert main["totals"]["killed"]["best"] == 3


def test_a_person_reads_words(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extract(str(story), "--published", "2023-04-06")
    shown = capsys.readouterr().out
    assert "bombing" in shown
    assert "Kandahar" in shown


def test_lines_come_back_in_order_and_a_broken_one_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"id": str(n), "text": "Two men were shot dead in Mosul."}).encode() for n in (3, 1, 2)]
    undated = json.dumps({"id": "4", "text": "Two men were shot dead in Mosul.", "published": "last week"}).encode()
    data = b"\n".join([lines[0], b"{broken", lines[1], b'{"id": 9}', lines[2], undated])

    class Standard:
        buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Standard())
    errors = io.StringIO()
    call_command("extract", "--jsonl", "-", stderr=errors)
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["3", "1", "2", "4"]
    assert "line 2" in errors.getvalue()
    assert "line 4" in errors.getvalue()
    assert "line 6" in errors.getvalue()  # read, without its date


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (None, [], "no-such.txt"),
        (b"", [], "empty"),
        (b"\x00\x01\x02" * 50, [], "binary"),
        (b"Words", ["--published", "2023-02-30"], "2023-02-30"),
        (b"Words", ["--extractor", "model"], "LLM_BASE_URL"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, content: bytes | None, arguments: list[str], words: str) -> None:
    path = tmp_path / "no-such.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=words) as caught:
        extract(str(path), *arguments)
    assert "\n" not in str(caught.value)


def test_the_model_reads_where_it_is_asked(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blank: dict[str, Any] = {"date": None, "place": None, "actors": [], "counts": [], "weapon_quotes": []}
    told = {"type": "bombing", "stage": "accomplished", "background": False, "confidence": 1, "quote": "A roadside bomb"}
    with model_server() as server:
        server.say({"events": [told | blank]})
        monkeypatch.setenv("LLM_BASE_URL", server.address)
        monkeypatch.setenv("LLM_MODEL", "small")
        record = json.loads(extract(str(story), "--json", "--extractor", "model"))
    assert record["extractor"] == "model small"
    assert [event["type"] for event in record["events"]] == ["bombing"]
