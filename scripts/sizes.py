"""Refuse files and functions that have grown past reading: reaching a limit means a name is missing."""

import ast
import subprocess
import sys
from pathlib import Path

LIMITS = {".py": 400, ".html": 120, ".js": 250, ".css": 400}
FUNCTION_LINES = 50


def _long_functions(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{path}:{node.lineno} {node.name} has {lines} lines, {FUNCTION_LINES} are allowed")
    return found


def main() -> int:
    """Print every offender; return 1 where there is one."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S607
    offenders = []
    for path in map(Path, listed):
        limit = LIMITS.get(path.suffix)
        if limit is None or not path.exists() or "migrations" in path.parts or path.parts[0] == "demo":
            continue
        lines = len(path.read_text(errors="replace").splitlines())
        if lines > limit:
            offenders.append(f"{path} has {lines} lines, {limit} are allowed")
        if path.suffix == ".py":
            offenders += _long_functions(path)
    sys.stdout.writelines(f"{line}\n" for line in offenders)
    return bool(offenders)


if __name__ == "__main__":
    sys.exit(main())
