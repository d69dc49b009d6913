"""When and where: what the sentence of each mention states, and what the text around says of each happening."""

from datetime import date
from typing import Final

from geo.index import default_index
from incidents.extraction import places, times
from incidents.extraction.clauses import asserts, is_aside
from incidents.extraction.clusters import Cluster, is_close, weight_of
from incidents.extraction.mentions import Mention
from incidents.extraction.own_years import own_date
from incidents.extraction.time_mentions import TimeMention
from incidents.extraction.tokens import Reading
from incidents.extraction.toponyms import ToponymMention
from incidents.extraction.values import DateValue, PlaceValue

LOCATIVES: Final = frozenset(("in", "at", "near", "on", "outside"))
JUST_BEFORE: Final = 3  # sentences
WEIGHTY: Final = (
    0.5  # of its weightiest mention's weight, what one that states no more than a month or a year needs to date a happening
)
VAST: Final = ("area", "sea")
CALLED_FOR: Final = frozenset(("protest", "deployment", "curfew"))
LASTING: Final = frozenset(("curfew", "deployment", "displacement", "territory_change"))


def state(found: list[Mention], reading: Reading, stated: list[TimeMention], toponyms: list[ToponymMention]) -> None:
    """Give each mention the day and the place that its own sentence states."""
    published, index = reading.document.published, default_index()
    sentences = reading.sentences
    dated = {
        time.sentence
        for time in stated
        if not (time.dateline or time.bound) or times.opens_history(sentences[time.sentence], time)
    }
    times_in: dict[int, list[TimeMention]] = {}
    for time in stated:
        times_in.setdefault(time.sentence, []).append(time)
    placed = {toponym.sentence for toponym in toponyms}
    for mention in found:
        sentence = mention.sentence.index
        if sentence in dated:
            mention.date = own_date(mention, times_in[sentence], published) or times.date_of(
                reading, sentence, mention.first, stated, published
            )
            if published and _is_ahead(mention, published):
                mention.reality = mention.reality._replace(stage="planned", hypothetical=False)
        if sentence in placed:
            mention.place = places.stated_place(reading, sentence, _anchor(mention, toponyms), toponyms, index)


def _is_ahead(mention: Mention, published: date) -> bool:
    """Whether an act is set on a day to come: "called a protest next Saturday"; what is called for is then planned."""
    when, reality = mention.date, mention.reality
    if when is None or when.earliest is None or when.earliest <= published or reality.stage != "accomplished" or reality.negated:
        return False
    if mention.type in CALLED_FOR and mention.trigger.voice == "nominal":
        return True
    told = mention.sentence.tokens[max(0, mention.first - 3) : mention.first + 1]
    return not reality.hypothetical and when.basis == "relative" and all(token.tag != "VBD" for token in told)


def _anchor(mention: Mention, toponyms: list[ToponymMention]) -> int:
    """Return the token the place is looked for at: the preposition after a nominal act ("the attack in Syria"), or the act."""
    last, tokens = mention.trigger.last, mention.sentence.tokens
    if mention.trigger.voice != "nominal" or last >= len(tokens) or tokens[last].lower not in LOCATIVES:
        return mention.first
    named = any(other.sentence == mention.sentence.index and 0 < other.first - last <= 2 for other in toponyms)
    return last if named else mention.first


def _told_just_before(mention: Mention, stated: list[TimeMention]) -> DateValue | None:
    """Return the last day named in the sentences just before an act, for acts that are not the article's first."""
    sentence = mention.sentence.index
    near = [
        time
        for time in stated
        if 0 < sentence - time.sentence <= JUST_BEFORE
        and not (time.dateline or time.bound or time.starts)
        and time.value.precision == "day"
    ]
    return near[-1].value if near else None


def _is_perfect(mention: Mention) -> bool:
    """Whether an act is told in the present perfect ("has imposed"), which gives no day but the last it can be."""
    tokens = mention.sentence.tokens
    before = [token.lower for token in tokens[max(0, mention.first - 3) : mention.first]]
    return mention.trigger.voice in ("active", "passive") and bool({"has", "have"}.intersection(before))


def _closest(stated: list[PlaceValue]) -> PlaceValue:
    """The first place stated; a part of a country ("northern Mali") or a river gives way to a town or province in it.

    A name that the gazetteer lacks, often no place at all, gives way to the first that it knows.
    """
    first = next((place for place in stated if place.precision != "none"), stated[0])
    if first.precision not in VAST:
        return first
    inside = (place for place in stated if place.precision not in VAST and first.country in (None, place.country))
    return next(inside, first)


def settle(clusters: list[Cluster], reading: Reading, stated: list[TimeMention], toponyms: list[ToponymMention]) -> None:
    """Give each happening its day and place: stated beside its weightiest triggers, else read from the text around."""
    published, index = reading.document.published, default_index()
    told = frozenset(mention.sentence.index for cluster in clusters for mention in cluster.mentions if asserts(mention))
    for number, cluster in enumerate(clusters):
        ranked = sorted(cluster.mentions, key=weight_of, reverse=True)
        lead = next((mention for mention in ranked if not mention.sentence.in_title), ranked[0])
        dated = [
            mention
            for mention in ranked
            if mention.date and not mention.sentence.in_title and (is_close(mention.date) or not is_aside(mention))
        ]
        dated.sort(key=lambda mention: not is_close(mention.date))
        if dated and (is_close(dated[0].date) or weight_of(dated[0]) >= WEIGHTY * weight_of(ranked[0])):
            cluster.settled_date = dated[0].date
        elif number and (before := _told_just_before(lead, stated)):
            cluster.settled_date = before
        elif published and cluster.kind in LASTING and _is_perfect(lead):
            cluster.settled_date = DateValue(None, published, "upper_bound", "published", None)
        else:
            cluster.settled_date = times.date_of(reading, lead.sentence.index, lead.first, stated, published)
        fine = [mention.place for mention in ranked if mention.place and mention.place.precision != "country"]
        if fine:
            cluster.settled_place = _closest(fine)
        else:
            passing = not any(asserts(mention) for mention in cluster.mentions)
            cluster.settled_place = places.place_of(
                reading, lead.sentence.index, lead.first, toponyms, index, told=told if passing else None
            )
