"""A record as a stranger reads it: what happened, when, where, to whom, and the words that say so."""

from rich.console import Console
from rich.table import Table

from incidents.extraction.values import Count, DateValue, Document, Event, Record, Span

BASIS = {
    "relative": "worked out from the day it appeared",
    "published": "the day it appeared; the text gives none",
    "stated": "stated",
}


def report(record: Record, document: Document, console: Console) -> None:
    """Print the record's events as tables, each value with the words it was read from."""
    console.print(f"[bold]{_plain(document.title or document.id)}[/bold]", highlight=False)
    if not record.relevant:
        console.print(_nothing(record), highlight=False)
    for number, event in enumerate(record.events, 1):
        _print_event(number, event, document, console)


def _nothing(record: Record) -> str:
    if record.language != "en":
        return f"The text is not in English (it looks like {record.language}); it was not read."
    return "No security incident found in it."


def _print_event(number: int, event: Event, document: Document, console: Console) -> None:
    passing = ", told in passing" if event.background else ""
    stage = "" if event.stage == "accomplished" else f" ({event.stage})"
    title = f"{number}. {event.type.replace('_', ' ')}{stage}{passing}, confidence {event.confidence:.2f}"
    table = Table(title=title, title_justify="left", show_header=False, title_style="bold")
    table.add_column(style="dim")
    table.add_column()
    table.add_column(style="italic")
    for name, value, span in _rows(event):
        table.add_row(name, _plain(value), _plain(_words(document, span)))
    console.print(table)


def _rows(event: Event) -> list[tuple[str, str, Span | None]]:
    rows: list[tuple[str, str, Span | None]] = [("what", event.type.replace("_", " "), event.trigger)]
    rows.append(("when", _when(event.date), event.date.span) if event.date else ("when", "not known", None))
    if event.place:
        country = f", {event.place.country_name}" if event.place.country_name else ""
        rows.append(("where", f"{event.place.name}{country} ({event.place.precision})", event.place.span))
    else:
        rows.append(("where", "not known", None))
    rows += [(actor.role.replace("_", " "), actor.name, actor.span) for actor in event.actors]
    rows += [(count.outcome, _number(count), count.span) for count in event.counts]
    rows += [("weapon", weapon.name, weapon.span) for weapon in event.weapons]
    return rows


def _when(value: DateValue) -> str:
    if value.earliest is None and value.latest is None:
        month, day = value.month_day or (None, None)
        return f"month {month}, day {day or '?'}, year not known"
    days = [day.isoformat() for day in (value.earliest, value.latest) if day]
    stretch = days[0] if len(set(days)) == 1 else " to ".join(days)
    return f"{'by ' if value.precision == 'upper_bound' else ''}{stretch} ({BASIS.get(value.basis, value.basis)})"


def _number(count: Count) -> str:
    figure = count.best if count.best is not None else f"{count.low if count.low is not None else '?'}–{count.high or '?'}"
    said = f", says {count.claimant}" if count.claimant else ""
    part = ", part of a whole" if count.part_of_whole else ""
    return f"{count.quantifier + ' ' if count.quantifier else ''}{figure} {count.who or ''}{said}{part}".strip()


def _words(document: Document, span: Span | None) -> str:
    if span is None:
        return ""
    words = " ".join((document.title if span.in_title else document.text)[span.start : span.end].split())
    return f"“{words}”" + (" (headline)" if span.in_title else "")


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
