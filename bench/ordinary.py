"""The ordinary way, to compare with: 100,000 incidents as one GeoJSON file in Leaflet, each a circle of its own on a canvas."""

import functools
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.contrib.staticfiles import finders

from bench.browser import MB, VIEWPORT, chromium, memory
from bench.rows import Row
from incidents.models import Incident

MANY = 100_000
FIELDS = ("id", "lat", "lon", "headline", "type", "family", "killed_best", "place_name", "earliest")
NAME = f"the ordinary way, {MANY:,} incidents as GeoJSON in Leaflet"


def measure() -> Iterator[Row]:
    """Yield what the same things take there; nothing is asked of it."""
    with _served(_files()) as (address, size), chromium() as browser:
        page = browser.new_context(viewport=VIEWPORT).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(180_000)
        page.goto(address)
        page.evaluate("bench.usable")
        yield Row(f"{NAME}: first view usable", page.evaluate("bench.usable") / 1000, "s")
        yield Row(f"{NAME}: what is loaded, compressed", size / 1000, "kB")
        taken = [page.evaluate("family => bench.change(family)", family) for family in ("attack", "", "people", "")]
        yield Row(f"{NAME}: a change of the filter until the map is drawn, the slowest", max(taken), "ms")
        yield Row(f"{NAME}: the longest task", max(duration for _, duration in page.evaluate("bench.tasks")), "ms")
        yield Row(f"{NAME}: script memory", memory(page.context.new_cdp_session(page))[0] / MB, "MB")


def _files() -> dict[str, tuple[str, bytes]]:
    """Return path -> type and compressed bytes of the page, of Leaflet as the desk has it, and of the incidents."""
    rows = Incident.objects.visible().filter(lat__isnull=False).order_by("pk").values(*FIELDS)[:MANY]
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [row.pop("lon"), row.pop("lat")]}, "properties": row}
        for row in rows
    ]  # fmt: skip
    incidents = json.dumps({"type": "FeatureCollection", "features": features}, default=str).encode()
    page = Path(__file__).with_name("ordinary.html").read_bytes()
    found = {"/": ("text/html", page), "/incidents.geojson": ("application/json", incidents)}
    for name, kind in (("leaflet.js", "text/javascript"), ("leaflet.css", "text/css")):
        found[f"/{name}"] = kind, Path(str(finders.find(f"leaflet/{name}"))).read_bytes()
    return {path: (kind, gzip.compress(body, 6)) for path, (kind, body) in found.items()}


@contextmanager
def _served(files: dict[str, tuple[str, bytes]]) -> Iterator[tuple[str, int]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", sum(len(body) for _, body in files.values())
    server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, files: dict[str, tuple[str, bytes]], *given: object) -> None:
        self.files = files
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        kind, body = self.files.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        for name, value in (("Content-Type", kind), ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Say nothing."""
