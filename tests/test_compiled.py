"""The engine as machine code: used for exactly the sources that stand here, and saying what they say."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import compiled
from incidents.extraction import events

ROOT = Path(__file__).resolve().parent.parent
READ = """
import json, sys
from datetime import date
from pathlib import Path
import compiled
if sys.argv[1] == "as it is":
    compiled.BUILT = Path("/nowhere")
from incidents.extraction import Document, events, read, record_json
print(events.__file__)
for line in Path("demo/corpus/articles.jsonl").read_text().splitlines():
    one = json.loads(line)
    published = date.fromisoformat(one["published"][:10]) if one.get("published") else None
    print(json.dumps(record_json(read(Document(str(one["id"]), one.get("title") or "", one["text"], published))), sort_keys=True))
"""


def _read(how: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", READ, how], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_setup_compiled_the_engine_where_there_is_a_compiler() -> None:
    assert Path(events.__file__).is_relative_to(compiled.folder()) == (shutil.which("cc") is not None)


def test_machine_code_reads_what_the_sources_read() -> None:
    (file, *sources), (_, *machine) = _read("as it is"), _read("compiled")
    assert file.endswith("events.py")
    assert [json.loads(line) for line in machine] == [json.loads(line) for line in sources]


def test_changed_sources_have_machine_code_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in compiled.sources():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    monkeypatch.setattr(compiled, "ROOT", tmp_path)
    same = compiled.folder.__wrapped__()
    (tmp_path / "geo" / "ranking.py").write_text("BETTER = True\n")
    assert same == compiled.folder()
    assert compiled.folder.__wrapped__() != same
