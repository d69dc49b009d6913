"""What a measurement is, how it is shown and how it is written."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One figure with what it must be and what it should be; None where no one has said."""

    name: str
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    better: Literal["lower", "higher"] = "lower"

    @property
    def verdict(self) -> str:
        """Say in a word how the figure stands."""
        for bound, word in ((self.aim, "aim"), (self.must, "must")):
            if bound is not None and (self.value <= bound if self.better == "lower" else self.value >= bound):
                return word
        return "-" if self.must is None else "short"


def p95(taken: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


def write(rows: Iterable[Row], path: Path) -> None:
    """Write the rows as bench.json: a list of {"name", "value", "unit", "must", "aim", "better"}."""
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


def show(rows: Iterable[Row], console: Console) -> None:
    """Print the rows as a table."""
    table = Table("what", "value", "unit", "must", "aim", "reached")
    for row in rows:
        bounds = ["" if bound is None else f"{bound:g}" for bound in (row.must, row.aim)]
        table.add_row(row.name, f"{row.value:.3g}" if row.value < 1000 else f"{row.value:,.0f}", row.unit, *bounds, row.verdict)
    console.print(table)
