"""The served API held to its own schema by schemathesis, as every role: made-up requests, and what they are answered."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User

from incidents import keys

HOOKS = Path(__file__).with_name("for_schemathesis.py")
pytestmark = pytest.mark.django_db(transaction=True)
ROLES = {  # who asks -> the groups of the account, the scopes of its key
    "anonymous": ((), ()),
    "reader": ((), ("read",)),
    "client that reads": (("API clients",), ("read",)),
    "client that writes": (("API clients",), ("read", "write")),
    "client that sees texts": (("API clients",), ("read", "articles:text")),
    "editor": (("editors",), ("read", "write", "articles:text")),
    "lead editor": (("lead editors",), ("read", "write", "articles:text")),
    "administrator": ((), ("read", "write", "articles:text")),
}
# Without If-Match the answer is 428, made for this (RFC 6585), which schemathesis does not count among refusals by itself.
SETTINGS = "[checks]\nmissing_required_header.expected-statuses = [400, 401, 403, 428]\n"
# What the schema allows may not fit what the desk holds at the moment (404 to 412) or the desk's own rules (422).
SETTINGS += """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 410, 412, 422]
"""


def key_of(role: str) -> str:
    groups, scopes = ROLES[role]
    if not scopes:
        return ""
    user = User.objects.create_user(role.replace(" ", "-"), is_superuser=role == "administrator")
    user.groups.set(Group.objects.filter(name__in=groups))
    return keys.make(owner=user, name="schemathesis", scopes=list(scopes))[1]


def found(served: str, role: str, folder: Path, *options: str) -> None:
    """Let schemathesis ask as somebody; fail with what it finds."""
    (folder / "schemathesis.toml").write_text(f'hooks = "{HOOKS}"\n{SETTINGS}')
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{served}/api/v1/schema/", "--no-color", "--generation-deterministic",
        "--checks", "all", "--continue-on-failure", *options,
    ]  # fmt: skip
    if key := key_of(role):
        command += ["--header", f"Authorization: Bearer {key}"]
    # What Hypothesis knows of Unicode is worked out once, not in every run; nor is a proxy looked for at every request.
    kept = {"HYPOTHESIS_STORAGE_DIRECTORY": str(settings.DATA_DIR / "hypothesis"), "NO_PROXY": "127.0.0.1"}
    environment = os.environ | {"PYTHONWARNINGS": "ignore"} | kept
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_found(served: str, role: str, tmp_path: Path) -> None:
    found(served, role, tmp_path, "--phases", "examples,fuzzing,stateful", "--max-examples", "5")


@pytest.mark.parametrize(
    ("role", "chosen"),
    [
        ("administrator", ("--include-method", "POST")),
        ("anonymous", ("--exclude-path-regex", "^/api/v1/(export|changes/stream)")),
        ("anonymous", ("--include-path-regex", "^/api/v1/export")),
        ("anonymous", ("--include-path-regex", "^/api/v1/changes/stream")),
    ],
    ids=["changing", "reading", "exporting", "following"],
)
def test_nothing_is_found_at_the_edges(served: str, role: str, chosen: tuple[str, str], tmp_path: Path) -> None:
    found(served, role, tmp_path, "--phases", "coverage", *chosen)
