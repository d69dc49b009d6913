"""The files around the code keep their promises."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.mark.parametrize(
    ("schema", "file"), [("vendor.compose-spec", "docker-compose.yml"), ("vendor.github-workflows", ".github/workflows/test.yml")]
)
def test_file_fits_its_schema(schema: str, file: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("service", ["postgres", "redis", "web", "worker", "beat"])
def test_service_is_watched(service: str) -> None:
    assert COMPOSE["services"][service]["healthcheck"]["test"]


def test_compose_has_no_default_secret() -> None:
    """A secret that is not set stops the start instead of taking a value everybody knows."""
    values: list[Any] = []
    for service in COMPOSE["services"].values():
        values += [f"{name}={value}" for name, value in service.get("environment", {}).items()]
    secrets = [value for value in values if any(word in value for word in ("PASSWORD", "SECRET"))]
    assert secrets
    assert all(":?" in value for value in secrets)


def test_the_servers_agree_on_postgresql() -> None:
    """The embedded server and the one of docker-compose.yml are of one major version."""
    assert COMPOSE["services"]["postgres"]["image"].startswith("postgres:18")
    assert "pginstall18" in (ROOT / "config" / "embedded.py").read_text()


def test_every_requirement_has_its_reason() -> None:
    for name in ("requirements.in", "requirements-dev.in", "requirements-bench.in"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-c")):
                assert "  # " in line, f"{name}: {line} says no reason"


def test_every_pin_has_its_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        text = (ROOT / name).read_text()
        pins = [block for block in text.split("\n") if "==" in block and not block.lstrip().startswith("#")]
        assert pins
        assert all(pin.rstrip().endswith("\\") for pin in pins)
