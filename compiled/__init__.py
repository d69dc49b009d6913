"""The reading engine and the ranking of places as machine code, compiled by mypyc from the very sources that stand here.

`make setup` compiles them (`python -m compiled`); they then read about 1.7 times as fast. The code lies in a folder named
after the sources, so that it is used for exactly those: after a change, or where there is no C compiler, the sources run as
they are and say the same. Constants are `Final` there, since machine code then reaches them without a look-up (6 % faster).
"""

import hashlib
import sys
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "build"
GEO = ("index", "names", "ranking", "records")  # of geo: what every reading asks
AS_THEY_ARE = ("__init__", "lexicons")  # of the engine: what must stand beside its files


def sources() -> list[Path]:
    """Return the files that are compiled."""
    engine = sorted((ROOT / "incidents" / "extraction").glob("*.py"))
    return [path for path in engine if path.stem not in AS_THEY_ARE] + [ROOT / "geo" / f"{name}.py" for name in GEO]


@cache
def folder() -> Path:
    """Return where the machine code of the sources as they stand lies, or would lie."""
    digest = hashlib.sha256(EXTENSION_SUFFIXES[0].encode())
    for path in sources():
        digest.update(path.name.encode() + path.read_bytes())
    return BUILT / f"engine-{digest.hexdigest()[:16]}"


def use(package: str, search: list[str]) -> None:
    """Put the machine code of a package before its sources; `search` is the package's `__path__`."""
    built = folder()
    for library in built.glob("*__mypyc*"):
        _load(library)
        search.insert(0, str(built.joinpath(*package.split("."))))


def _load(library: Path) -> None:
    """Load the library that holds the code of all modules, which ask for it by its name."""
    name = library.name.removesuffix(EXTENSION_SUFFIXES[0])
    spec = spec_from_file_location(name, library, loader=ExtensionFileLoader(name, str(library)))
    if name not in sys.modules and spec is not None:
        sys.modules[name] = module_from_spec(spec)
