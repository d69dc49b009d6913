"""An article's events find their incidents, or make new ones."""

from dataclasses import dataclass, field

from django.db import transaction

from incidents import candidates, deriving, verdicts
from incidents.identity import share_words
from incidents.matching import Score, comparable, compare
from incidents.models import Event, Incident, MatchProposal, ReviewItem
from incidents.names import names_in
from incidents.recording import BY_HAND
from incidents.reports import Reported, report_of
from sources.models import Article

State = MatchProposal.State
CLEARLY = 0.75  # points by which the best match must lead the next one where no name decides
DUPLICATE = "possible_duplicate"
TEXT_READ = 6000  # characters of an article from which the names of its main event are taken


@dataclass(frozen=True, slots=True)
class JoinResult:
    """The incidents an article reports: those it was the first to report, and those that were known."""

    new: list[Incident] = field(default_factory=list)
    joined: list[Incident] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """What comparing an event with the known incidents came to."""

    same: Incident | None
    plausible: list[tuple[Incident, Score]]


@transaction.atomic
def join_article(article: Article) -> JoinResult:
    """Give every event of the article an incident, derive these anew and log what changed.

    May run again: events that have an incident keep it. Call it under a lock that lets one worker match at a time.
    """
    new: list[int] = []
    touched: list[int] = []
    events = article.events.filter(rejected_at=None)
    for event in events.select_related("article", "place").prefetch_related("participations__actor", "counts"):
        known = event.incident and _standing(event.incident)
        if known is None:
            known, is_new = _place_event(event, article)
            new += [known.pk] if is_new else []
        if event.incident_id != known.pk:
            Event.objects.filter(pk=event.pk).update(incident=known)
        touched.append(known.pk)
    proposed = MatchProposal.objects.filter(event__in=article.events.all(), state=State.OPEN)
    deriving.derive_incidents([*touched, *proposed.values_list("incident", flat=True)])  # whoever may be the same needs a look
    return _result(touched, set(new))


def _result(touched: list[int], new: set[int]) -> JoinResult:
    rows = Incident.objects.defer("search").in_bulk(touched)
    ordered = [rows[number] for number in dict.fromkeys(touched)]
    return JoinResult([row for row in ordered if row.pk in new], [row for row in ordered if row.pk not in new])


def _standing(incident: Incident) -> Incident:
    """Return the incident this one was merged into, or itself."""
    while incident.merged_into is not None:
        incident = incident.merged_into
    return incident


def _place_event(event: Event, article: Article) -> tuple[Incident, bool]:
    """Return the incident the event belongs to and whether it is new; propose those it may be the same as."""
    event.names = event_names(event, article)
    Event.objects.filter(pk=event.pk).update(names=event.names)
    match = find_match(event)
    if match.same:
        return match.same, False
    incident = Incident(type=event.type, family="other")
    incident.save()
    Event.objects.filter(pk=event.pk).update(incident=incident)
    deriving.fill(incident)  # its article's next event may be the same happening
    _propose(event, incident, match)
    return incident, True


def event_names(event: Event, article: Article) -> list[str]:
    """Return the names that tell this event from others: the main one's from the article, any other's from its own sentences."""
    place = event.place_read or {}
    known = [one.actor.name for one in event.participations.all()]
    known += [str(place.get(key) or "") for key in ("name", "country_name", "admin1")]
    known.append(article.source.name)
    known += [str(toponym.get("name") or "") for toponym in article.toponyms or []]
    if event.ordinal == 0 and not event.background:
        return names_in(f"{article.title}. {article.text[:TEXT_READ]}", known)
    sentences = [article.text[slice(*value["span"])] for value in event.evidence or [] if value.get("in") != "title"]
    return names_in(" | ".join(sentences), known)


def find_match(event: Event) -> Match:
    """Compare the event with its candidates; people's word goes before any score, another reading of the same words next."""
    one = Reported(event, report_of(event), tuple(event.counts.all()))
    said = _said(event)
    same = [number for number, state in said.items() if state == State.SAME]
    if same and (known := Incident.objects.visible().filter(pk__in=same).defer("search").first()):
        return Match(known, [])
    if (known := _read_otherwise(event)) and known.pk not in said:
        return Match(known, [])
    found = candidates.candidates(one)
    common = candidates.commonness(found.values())
    mine = candidates.of_event(one)
    scores = [(incident, compare(mine, theirs, common)) for incident, theirs in found.items() if incident.pk not in said]
    ranked = sorted(scores, key=lambda item: (-item[1].points, item[0].pk))
    plausible = [item for item in ranked if item[1].decision != "apart"]
    if plausible and _is_sure(plausible):
        return Match(plausible[0][0], [])
    return Match(None, plausible)


def _read_otherwise(event: Event) -> Incident | None:
    """Return the incident of what another extractor read in the same words: they differ about one happening, not about two."""
    mine = event.extractor.split(" ")[0]
    others = event.article.events.exclude(incident=None).exclude(extractor__startswith=mine).exclude(extractor=BY_HAND)
    for other in others.select_related("incident").order_by("ordinal"):
        if other.type in comparable(event.type) and share_words(event.evidence, other.evidence):
            return other.incident and _standing(other.incident)
    return None


def _said(event: Event) -> dict[int, str]:
    """Return the incidents that people compared with the event -> State.SAME or DIFFERENT, as these stand after all merges.

    What was said of an incident holds for the words that reported it, though a new reading makes another event of them.
    """
    decided = dict(event.proposals.exclude(state=State.OPEN).values_list("incident_id", "state"))
    leads = verdicts.standing_for(decided)
    found = {leads[number]: state for number, state in sorted(decided.items(), key=lambda item: item[1], reverse=True)}
    for other in event.article.events.exclude(incident=None).exclude(pk=event.pk):
        if share_words(event.evidence, other.evidence):
            found |= dict.fromkeys(verdicts.not_same_as(other.incident_id or 0), State.DIFFERENT)
    return found


def _is_sure(plausible: list[tuple[Incident, Score]]) -> bool:
    """Whether the best match is sure in itself and clearly better than the next."""
    best = plausible[0][1]
    if best.decision != "join" or len(plausible) == 1:
        return best.decision == "join"
    decided_by_name = best.parts["names"].points > 0 if "names" in best.parts else "origin" in best.parts
    return decided_by_name or best.points - plausible[1][1].points >= CLEARLY


def _propose(event: Event, incident: Incident, match: Match) -> None:
    for other, score in match.plausible[:5]:
        MatchProposal.objects.get_or_create(
            event=event,
            incident=other,
            defaults={"score": score.points, "parts": {name: [part.points, part.words] for name, part in score.parts.items()}},
        )
    if match.plausible:
        words = f"May be the same as {', '.join(other.number for other, _ in match.plausible[:5])}."
        ReviewItem.objects.get_or_create(reason=DUPLICATE, article=None, incident=incident, defaults={"words": words})
