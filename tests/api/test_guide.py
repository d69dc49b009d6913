"""The calls of docs/api.md, run as they stand there against a served desk."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from incidents import keys
from incidents.models import Incident
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)  # the guide asks for incidents 1 and 2
CALLS = re.findall(r"^```(bash|python)\n(.*?)^```$", (ROOT / "docs" / "api.md").read_text(), re.DOTALL | re.MULTILINE)


def test_there_are_some() -> None:
    assert {kind for kind, _ in CALLS} == {"bash", "python"}
    assert len(CALLS) >= 10


def test_every_call_works(served: str, editor: User, tmp_path: Path) -> None:
    assert Incident.objects.filter(pk__in=(1, 2)).count() == 2
    key = keys.make(owner=editor, name="guide", scopes=["read", "write"])[1]
    environment = {"PATH": os.environ["PATH"], "DESK": served, "KEY": key, "NO_PROXY": "*"}
    for kind, call in CALLS:
        command = ["bash", "-eu", "-c", call] if kind == "bash" else [sys.executable, "-c", call]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=60, check=False)
        assert done.returncode == 0, f"{call}\n{done.stdout[-1000:]}\n{done.stderr[-3000:]}"
        assert done.stdout, call
    assert (tmp_path / "syria.csv").read_text().startswith("id,number,")
