"""The ugly samples, by name."""

from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def sample(name: str) -> Path:
    return SAMPLES / name
