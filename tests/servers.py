"""Real servers for the tests, started before Django reads its settings (loaded with `-p` from pyproject.toml).

All test processes share one embedded PostgreSQL and one broker below a temporary DATA_DIR; each gets its own database
and broker number.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from config import embedded

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER")  # "gw0", or None in the process that starts the others


def _prepare() -> None:
    data = Path(tempfile.mkdtemp(prefix="desk-test-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    data.chmod(0o755)
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HTTPS", "DEBUG", "TILE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"DATA_DIR": str(data), "EMBEDDED_POSTGRES_OPTIONS": "fsync=off synchronous_commit=off full_page_writes=off"}
    # The compiled gazetteer and the collected static files take a while to make and are the same for every run: keep them.
    for name in ("gazetteer", "static"):
        kept = ROOT / "data" / "tests" / name if name == "static" else ROOT / "data" / name
        kept.mkdir(parents=True, exist_ok=True)
        (data / name).symlink_to(kept)
    collect = "import django; django.setup(); from config import statics; statics.collect()"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", collect], check=True, cwd=ROOT, env=environment)


if WORKER is None:
    _prepare()
embedded.start()
if WORKER is None:
    atexit.register(embedded.stop_and_wait)
_number = 1 + int(WORKER.removeprefix("gw")) if WORKER else 0
os.environ["REDIS_URL"] = f"unix://{embedded.paths().redis_socket}?db={_number}"
# Playwright's synchronous interface runs an event loop in the test's thread; the tests' own queries there are harmless.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
