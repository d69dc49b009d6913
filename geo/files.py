"""Where the gazetteer's own files lie. Never compiled, so that it stands beside them."""

from pathlib import Path

DATA = Path(__file__).parent / "data"  # what the repository holds
INSTALLED = Path(__file__).resolve().parent.parent / "data" / "gazetteer"  # the index, where nothing else is set
