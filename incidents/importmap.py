"""The import map: sends the modules' plain addresses to their hashed files.

Modules keep ordinary relative imports (`./map.js`). The browser resolves them to plain addresses, which this map sends to the
names collectstatic gave the files. The map is inline, so a strict policy has to name its hash: `allow_import_map` adds it.
"""

import base64
import hashlib
import json
import posixpath
import re
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponseBase

_IMPORT = re.compile(r"""^(?:import|export)\b(?:[^;'"()]*\bfrom)?\s*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
View = Callable[..., HttpResponseBase]


@cache
def import_map() -> str:
    """The map as JSON, or "" where file names carry no hash (development)."""
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    imports = {
        f"{settings.STATIC_URL}{plain}": staticfiles_storage.url(plain) for plain in sorted(hashed) if plain.startswith("js/")
    }
    # "<" may not end the script element early, whatever a file is called.
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c") if imports else ""


@cache
def preloads(module: str) -> tuple[str, ...]:
    """The addresses of a module and all that it imports, near and far, so that a page can ask for them at once."""
    if not import_map():
        return ()
    found = [module]
    for name in found:
        text = Path(staticfiles_storage.path(name)).read_text()
        imports = (posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in _IMPORT.findall(text))
        found += [each for each in imports if each not in found]
    return tuple(staticfiles_storage.url(name) for name in found)


@cache
def policy_source() -> str:
    """The map's hash as a Content-Security-Policy source expression."""
    digest = hashlib.sha256(import_map().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def allow_import_map(view: View) -> View:
    """Let the pages of a view carry the import map; elsewhere the tag renders nothing and modules load by plain names."""

    @wraps(view)
    def allowing(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        request.import_map_allowed = True  # type: ignore[attr-defined]  # read by the template tag
        response = view(request, *args, **kwargs)
        if import_map():
            response._csp_update = {"script-src": [policy_source()]}  # type: ignore[attr-defined]  # django-csp reads it
        return response

    return allowing
