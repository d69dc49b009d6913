"""Show the cases that are not read right: `python -m tests.extraction.cases [--ids] [--folder=FOLDER] [BEGINNING-OF-ID…]`.

With --ids only their ids are written, one a line, as known_gaps.txt holds them. Another folder may hold
corrections that people made (`manage.py export_corrections FOLDER/corrections.toml`).
"""

import sys
from pathlib import Path

from incidents.extraction import read
from tests.extraction.cases.loading import FOLDER, load_cases
from tests.extraction.cases.record_checks import case_problems


def main(arguments: list[str]) -> None:
    """Write every wrong case, or those whose id begins with one of the arguments, and how many of how many are right."""
    beginnings = tuple(argument for argument in arguments if not argument.startswith("--")) or ("",)
    folder = next((Path(argument.partition("=")[2]) for argument in arguments if argument.startswith("--folder=")), FOLDER)
    cases = [case for case in load_cases(folder) if case.id.startswith(beginnings)]
    wrong = 0
    for case in cases:
        problems = case_problems(case, read(case.document))
        wrong += bool(problems)
        if problems:
            told = (
                []
                if "--ids" in arguments
                else [f"  {case.document.title} | {case.document.text}", *(f"  - {p}" for p in problems)]
            )
            sys.stdout.write("\n".join([case.id, *told]) + "\n")
    sys.stderr.write(f"{len(cases) - wrong} of {len(cases)} read right\n")


if __name__ == "__main__":
    main(sys.argv[1:])
