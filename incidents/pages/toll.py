"""How a toll changed, as a drawing: a step line for best, a band from low to high, one mark a statement. Arithmetic only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10

from django.utils.formats import date_format

from incidents.pages.words import figure

TICKS = 5
LOWEST_LABEL = 156
LABEL_GAP = 14  # drawing units between two labels, so that they never lie on each other
LETTER = 6.2  # width of a letter at 12 px
SHAPES = ("circle", "square", "diamond", "triangle")


@dataclass(frozen=True, slots=True)
class Step:
    """The toll as it stood from one day on, in people. None is not known."""

    day: date
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a figure, on the day its article appeared."""

    day: date
    number: int
    words: str
    claimant: str


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A statement's mark and its label, which stands left of it (anchor "end") or right ("start")."""

    x: float
    y: float
    shape: str
    label_x: float
    label_y: float
    anchor: str
    number: str
    claimant: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `width` by `height` units; paths are SVG path data."""

    width: int
    height: int
    left: float
    right: float
    base: float
    xs: Sequence[Tick]
    ys: Sequence[Tick]
    band: str
    low_edge: str
    high_edge: str
    best: str
    points: Sequence[Point]
    lasting: tuple[float, float] | None
    best_y: float | None
    low_y: float | None
    best_label: str
    low_label: str

    @property
    def label_edge(self) -> float:
        """Where the numbers beside the axis end."""
        return self.left - 6

    @property
    def note_x(self) -> float:
        """Where the notes on the last best and low begin."""
        return self.right + 8

    @property
    def low_note_y(self) -> float | None:
        """Height of the note on the last low, kept clear of the one on best."""
        if self.low_y is None or self.best_y is None:
            return self.low_y
        return max(self.low_y, self.best_y + LABEL_GAP)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the chart's scales lie."""

    width: int
    height: int
    left: float
    right: float
    base: float
    top: float
    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, people: int) -> float:
        return round(self.base - people / self.most * (self.base - self.top), 1)


def draw(steps: Sequence[Step], said: Sequence[Said], lasting: tuple[date, date] | None, *, width: int) -> Chart | None:
    """Draw the steps of one outcome's toll, oldest first; None where a line could show nothing (one day, or no number)."""
    numbers = [n for step in steps for n in (step.low, step.best, step.high) if n is not None] + [point.number for point in said]
    days = sorted({step.day for step in steps} | {point.day for point in said})
    if len(days) < 2 or not numbers or max(numbers) == 0:
        return None
    wide = width > 500
    frame = Frame(
        width, 200, 40 if wide else 34, width - (150 if wide else 12), 160, 30,
        _first_day(days, lasting), days[-1] + timedelta(days=max(1, (days[-1] - days[0]).days // 12)), max(numbers),
    )  # fmt: skip
    last = steps[-1] if steps else None
    return Chart(
        frame.width, frame.height, frame.left, frame.right, frame.base,
        _day_ticks(frame, 8 if wide else 4), _people_ticks(frame),
        _band(frame, steps), _line(frame, steps, "low"), _line(frame, steps, "high"), _line(frame, steps, "best"),
        _points(frame, said),
        _lasting(frame, lasting),
        frame.y(last.best) if last and last.best is not None else None,
        frame.y(last.low) if last and last.low is not None and last.low != last.best else None,
        figure(last.best) if last and last.best is not None else "",
        figure(last.low) if last and last.low is not None else "",
    )  # fmt: skip


def _first_day(days: Sequence[date], lasting: tuple[date, date] | None) -> date:
    """Begin with the happening itself, unless it lies so far back that the reports would be squeezed."""
    reach = max(14, 3 * (days[-1] - days[0]).days)
    start = lasting[0] if lasting and 0 <= (days[0] - lasting[0]).days <= reach else days[0]
    return start - timedelta(days=1)


def _lasting(frame: Frame, lasting: tuple[date, date] | None) -> tuple[float, float] | None:
    if lasting is None or lasting[1] < frame.first or lasting[0] > frame.last:
        return None
    start = frame.x(max(lasting[0], frame.first))
    end = frame.x(min(lasting[1] + timedelta(days=1), frame.last))
    return start, round(max(4.0, end - start), 1)


def _people_ticks(frame: Frame) -> list[Tick]:
    rough = frame.most / TICKS
    unit = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = max(1, int(next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)))
    return [Tick(frame.y(people), figure(people)) for people in range(0, frame.most + 1, step)]


def _day_ticks(frame: Frame, at_most: int) -> list[Tick]:
    every = max(1, -(-(frame.last - frame.first).days // at_most))
    count = (frame.last - frame.first).days // every + 1
    days = [frame.first + timedelta(days=every * number) for number in range(count)]
    return [Tick(frame.x(day), date_format(day, "M Y" if every > 60 else "j M")) for day in days]


def _corners(frame: Frame, steps: Sequence[Step], end: str) -> list[tuple[float, float]]:
    """Corners of the step line of one end; it holds its last known value and starts where it first has one."""
    corners: list[tuple[float, float]] = []
    for step in steps:
        value = getattr(step, end)
        if value is None:
            continue
        x, y = frame.x(step.day), frame.y(value)
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    if corners:
        corners.append((frame.right, corners[-1][1]))
    return corners


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners) if corners else ""


def _line(frame: Frame, steps: Sequence[Step], end: str) -> str:
    return _path(_corners(frame, steps, end))


def _band(frame: Frame, steps: Sequence[Step]) -> str:
    """The area between low and high, over the days on which both are known."""
    known = [step for step in steps if step.low is not None and step.high is not None]
    outline = _corners(frame, known, "high") + _corners(frame, known, "low")[::-1]
    return f"{_path(outline)}Z" if outline else ""


def _points(frame: Frame, said: Sequence[Said]) -> list[Point]:
    shapes = {claimant: SHAPES[index % len(SHAPES)] for index, claimant in enumerate(dict.fromkeys(p.claimant for p in said))}
    placed: list[Point] = []
    for statement in sorted(said, key=lambda p: (p.day, p.number)):
        x, y = frame.x(statement.day), frame.y(statement.number)
        length = (len(statement.words) + len(statement.claimant) + 1) * LETTER
        anchor = "end" if x - length > frame.left else "start"
        label_y = _free(placed, x, y - 6, length)
        placed.append(
            Point(
                x, y, shapes[statement.claimant], round(x - 8 if anchor == "end" else x + 8, 1), label_y, anchor,
                statement.words, statement.claimant,
            )
        )  # fmt: skip
    return placed


def _free(placed: Sequence[Point], x: float, y: float, length: float) -> float:
    """Return the height nearest to `y`, above it first, at which a label lies on no other one that is near it."""
    near = [point.label_y for point in placed if abs(point.x - x) < length + 20]
    for step in range(80):
        for height in (y - 2 * step, y + 2 * step):
            if LABEL_GAP <= height <= LOWEST_LABEL and all(abs(taken - height) >= LABEL_GAP for taken in near):
                return round(height, 1)
    return round(y, 1)
