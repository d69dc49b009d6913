"""`python -m compiled`: compile the engine; where that cannot be done, say so and leave the sources to run as they are."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from compiled import BUILT, ROOT, folder, sources

WITHOUT = "The engine stays uncompiled and reads at about half the speed"
SETUP = """
from mypyc.build import mypycify
from setuptools import setup
modules = mypycify({options!r}, opt_level="1", multi_file=True, target_dir={made!r})
steps = ["-q", "build_ext", "--build-lib", {made!r}, "--build-temp", {made!r}]
setup(name="engine", packages=[], ext_modules=modules, script_args=steps)
"""
# opt_level 3 took twice as long to compile and read no faster; types are checked by scripts/check, here they are only read.
OPTIONS = ("--follow-imports=silent", "--ignore-missing-imports", "--config-file=")


def main() -> int:
    """Compile once for the sources as they stand; return 0 also where there is no compiler, since nothing is lost but speed."""
    wanted = folder()
    if wanted.exists():
        return 0
    if shutil.which(os.environ.get("CC", "cc")) is None:
        print(f"{WITHOUT}: there is no C compiler (apt-get install gcc).")  # noqa: T201
        return 0
    print("Compiling the engine (about a minute)", flush=True)  # noqa: T201
    BUILT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILT) as made:
        done = _compile(Path(made))
        if done.returncode:
            print(f"{WITHOUT}: {(done.stdout + done.stderr).strip()[-2000:]}", file=sys.stderr)  # noqa: T201
            return 0
        for old in BUILT.glob("engine-*"):
            shutil.rmtree(old)
        _keep(Path(made), wanted)
    return 0


def _compile(made: Path) -> subprocess.CompletedProcess[str]:
    files = [str(path.relative_to(ROOT)) for path in sources()]
    code = SETUP.format(options=[*OPTIONS, *files], made=str(made))
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


def _keep(made: Path, wanted: Path) -> None:
    """Move the libraries alone, all at once: a half-filled folder would be taken for the whole."""
    ready = made / "ready"
    for library in [*made.rglob("*.so"), *made.rglob("*.pyd")]:
        kept = ready / library.relative_to(made)
        kept.parent.mkdir(parents=True, exist_ok=True)
        library.rename(kept)
    ready.rename(wanted)


if __name__ == "__main__":
    sys.exit(main())
