"""XLSX: made in a temporary file row by row, then sent. Text is written as text: nothing in it can become a formula."""

from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from incidents.exports.about import About
from incidents.exports.columns import COLUMNS, INCIDENTS, typed
from incidents.exports.rows import Fetched

SHEET_ROWS = 1_048_575  # Excel's limit, without the header
LONGEST_CELL = 32_767  # characters, Excel's limit
PIECE = 256 * 1024
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(rows: Iterable[Fetched], about: About) -> Iterator[bytes]:
    """Yield a workbook: the incidents, on several sheets beyond Excel's limit, what the export is, and the dictionary."""
    with TemporaryDirectory() as folder, TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, OPTIONS | {"tmpdir": folder})
        try:
            _fill(book, rows, about)
        except BaseException:  # it was stopped: the rows of its sheets wait in open files
            for sheet in book.worksheets():
                sheet._opt_close()
            raise
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _fill(book: Any, rows: Iterable[Fetched], about: About) -> None:
    book.set_properties({"title": "Incidents", "comments": "\n".join(f"{name}: {value}" for name, value in about.lines())})
    bold = book.add_format({"bold": True})
    writers = _writers(book)
    sheet = None
    for number, row in enumerate(rows):
        line = number % SHEET_ROWS + 1
        if sheet is None or line == 1:
            sheet = _sheet(book, number // SHEET_ROWS + 1, bold)
        for place, (write, value) in enumerate(zip(writers, typed(INCIDENTS, row), strict=True)):
            write(sheet, line, place, value)
    if sheet is None:
        _sheet(book, 1, bold)
    _say(book.add_worksheet("about"), about.lines())
    _say(book.add_worksheet("columns"), [(column.name, column.words) for column in COLUMNS])
    book.close()


def _sheet(book: Any, number: int, bold: Format) -> Worksheet:
    sheet: Worksheet = book.add_worksheet("incidents" if number == 1 else f"incidents {number}")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.name, bold)
    return sheet


def _say(sheet: Worksheet, lines: Iterable[tuple[str, str]]) -> None:
    for number, (name, value) in enumerate(lines):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, value[:LONGEST_CELL])


Write = Callable[[Worksheet, int, int, Any], Any]


def _writers(book: Any) -> list[Write]:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def text(sheet: Worksheet, line: int, place: int, value: str) -> None:
        if value:
            sheet.write_string(line, place, value[:LONGEST_CELL])

    def number(sheet: Worksheet, line: int, place: int, value: float | None) -> None:
        if value is not None:
            sheet.write_number(line, place, value)

    def moment(sheet: Worksheet, line: int, place: int, value: Any) -> None:
        if value is None:
            return
        if value.year < 1900:  # before the first day Excel has
            sheet.write_string(line, place, value.isoformat())
        elif hasattr(value, "tzinfo"):
            sheet.write_datetime(line, place, value.replace(tzinfo=None), time)  # the database gives UTC
        else:
            sheet.write_datetime(line, place, value, day)

    def yes_no(sheet: Worksheet, line: int, place: int, value: bool) -> None:  # noqa: FBT001 -- a cell's value
        sheet.write_boolean(line, place, value)

    kinds: dict[str, Write] = {
        "text": text, "code": text, "whole": number, "number": number, "day": moment, "time": moment, "yes_no": yes_no,
    }  # fmt: skip
    return [kinds[column.kind] for column in COLUMNS]
