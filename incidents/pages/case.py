"""An incident under review: its fields with where each comes from, why it waits, the article to read beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from geo.models import Place
from incidents import place_search
from incidents.extraction.values import OUTCOMES
from incidents.forms import FieldForm, PlaceForm
from incidents.grounds import Ground
from incidents.models import Event, Incident, ReviewCase
from incidents.pages import claims, fields, parties, why, words
from incidents.pages.dossier import Dossier
from incidents.pages.reading import KINDS, Reading
from sources.models import Article

KIND_OF = {"type": "type", "stage": "type", "background": "type", "date": "date", "place": "place"}
ORDER = ("type", "stage", "date", "place", "killed", "wounded")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One field. `needs` are the sentences that ask the editor to decide it; `candidates` the places to choose from."""

    row: fields.FieldRow
    kind: str
    letter: str
    needs: Sequence[str]
    is_open: bool
    candidates: Sequence[Place]

    @property
    def claims(self) -> bool:
        """Whether the statements of this outcome are listed below it."""
        return self.row.name in OUTCOMES


@dataclass(frozen=True, slots=True)
class CaseActor:
    """A party of the incident by its place in the list; `by` is who set the list, "" for the machine."""

    place: int
    role: str
    name: str
    note: str
    by: str


class Case:
    """What the page of one incident under review shows. `bound` holds forms that were sent and not accepted."""

    def __init__(
        self, incident: Incident, case: ReviewCase | None, bound: Mapping[str, FieldForm] | None = None, conflict: str = ""
    ) -> None:
        self.incident, self.case = incident, case
        self.dossier = Dossier(incident)
        self._bound, self._conflict = bound or {}, conflict

    @cached_property
    def grounds(self) -> list[Ground]:
        return list(self.case.grounds) if self.case else []

    @cached_property
    def why(self) -> str:
        """Why the incident waits, in one line; "" for one that does not."""
        return why.line(self.grounds, most=6)

    @cached_property
    def asked(self) -> list[str]:
        """What is asked of the incident as a whole."""
        return [
            why.sentence(ground) for ground in self.grounds if not ground["field"] and ground["reason"] != "possible_duplicate"
        ]

    @cached_property
    def duplicates(self) -> list[int]:
        """Numbers of the incidents that this one may be the same as."""
        return [ground["detail"]["other"] for ground in self.grounds if ground["reason"] == "possible_duplicate"]

    @cached_property
    def rows(self) -> list[CaseRow]:
        """The fields in reading order, those nobody states last; the first that needs a decision is open."""
        found = fields.rows(self.dossier, with_forms=True, bound=self._bound)
        first = next((name for name in self._bound), None) or next((g["field"] for g in self.grounds if g["field"]), None)
        return [self._row(row, is_open=row.name == first) for row in sorted(found, key=_rank)]

    def _row(self, row: fields.FieldRow, *, is_open: bool) -> CaseRow:
        kind = KIND_OF.get(row.name, "count")
        needs = [why.sentence(ground) for ground in self.grounds if ground["field"] == row.name]
        form = row.form
        candidates = form.candidates if isinstance(form, PlaceForm) else []
        letter = next(letter for name, (letter, _label) in KINDS.items() if name == kind)
        return CaseRow(row, kind, letter, needs, is_open or row.name == self._conflict, candidates)

    @cached_property
    def groups(self) -> dict[str, claims.Group]:
        """The statements by outcome."""
        return {group.outcome: group for group in claims.groups(self.dossier)}

    @cached_property
    def actors(self) -> list[CaseActor]:
        """The parties as the incident has them; those that nobody set with where they are named."""
        override = self.dossier.overrides.get("actors")
        by = (override.made_by.get_full_name() or override.made_by.get_username()) if override else ""
        notes = {(party.role, party.name): party.note for party in parties.parties(self.dossier)}
        found = []
        for place, one in enumerate(self.incident.actors):
            role = _(words.label(one["role"])) if one["role"] != "unknown" else _("role not known")
            found.append(CaseActor(place, role, one["name"], notes.get((role, one["name"]), ""), by))
        return found

    def event_of(self, reading: Reading | None) -> int | None:
        """Return the id of the event by which the article reports this incident."""
        events = reading.events if reading else []
        return next((event.pk for event in events if event.incident_id == self.incident.pk), None)

    def reading(self, asked: str) -> tuple[Reading | None, int, int]:
        """Return the article to read beside the fields, its number and how many there are; `asked` is an article's id."""
        articles = self.dossier.articles
        if not articles:
            return None, 0, 0
        chosen = next((article for article in articles if str(article.pk) == asked), None) or self._telling()
        article = Article.objects.select_related("source", "origin").defer("bands").get(pk=chosen.pk)
        reading = Reading(article, self._number(article))
        return reading, [one.pk for one in articles].index(article.pk) + 1, len(articles)

    def beside(self, number: int) -> tuple[int | None, int | None]:
        """Return the ids of the articles before and after the one with this number, None at the ends."""
        articles = self.dossier.articles
        before = articles[number - 2].pk if number > 1 else None
        return before, articles[number].pk if 0 < number < len(articles) else None

    def _telling(self) -> Article:
        """Return the article that says what the first open field was read from; else the newest with it as main event."""
        events = self.dossier.events
        for field in (ground["field"] for ground in self.grounds):
            if event := _source(events, field):
                return event.article
        return next((event for event in events if event.ordinal == 0), events[0]).article

    def _number(self, article: Article) -> int:
        ids = list(article.events.order_by("ordinal").values_list("pk", "incident_id"))
        return next((number for number, (_pk, incident) in enumerate(ids, 1) if incident == self.incident.pk), 1)


def _source(events: Sequence[Event], field: str) -> Event | None:
    if field == "place":
        return next((event for event in events if (event.place_read or {}).get("candidates")), None)
    if field in OUTCOMES:
        return next((event for event in events if any(count.outcome == field for count in event.counts.all())), None)
    return None


def _rank(row: fields.FieldRow) -> tuple[bool, int]:
    return row.is_extra, ORDER.index(row.name) if row.name in ORDER else len(ORDER) + (row.name == "background")


def places_of(case: Case) -> list[dict[str, object]]:
    """Return the places that the small map numbers: the candidates of the place row, else the place as it stands."""
    row = next((one for one in case.rows if one.row.name == "place"), None)
    if row and row.candidates:
        return [place_search.as_json(place) for place in row.candidates]
    incident = case.incident
    if incident.lat is None or incident.lon is None:
        return []
    return [
        {"id": incident.place_id or "", "name": incident.place_name or _("the place"), "lat": incident.lat, "lon": incident.lon}
    ]
