"""When and where: what the sentence of each mention states, and what the text around says of each happening."""

from incidents.extraction import places, times
from incidents.extraction.clusters import Cluster, weight_of
from incidents.extraction.mentions import Mention
from incidents.extraction.times import TimeMention
from incidents.extraction.tokens import Reading
from incidents.extraction.toponyms import ToponymMention


def state(found: list[Mention], reading: Reading, stated: list[TimeMention], toponyms: list[ToponymMention]) -> None:
    """Give each mention the day and the place that its own sentence states."""
    published = reading.document.published
    dated = {time.sentence for time in stated if not (time.dateline or time.bound)}
    placed = {toponym.sentence for toponym in toponyms}
    for mention in found:
        sentence = mention.sentence.index
        if sentence in dated:
            mention.date = times.date_of(reading, sentence, mention.first, stated, published)
        if sentence in placed:
            mention.place = places.stated_place(reading, sentence, mention.first, toponyms)


def settle(clusters: list[Cluster], reading: Reading, stated: list[TimeMention], toponyms: list[ToponymMention]) -> None:
    """Give each happening its day and place: stated beside its weightiest triggers, else read from the text around."""
    published = reading.document.published
    for cluster in clusters:
        ranked = sorted(cluster.mentions, key=weight_of, reverse=True)
        lead = next((mention for mention in ranked if not mention.sentence.in_title), ranked[0])
        dated = [mention for mention in ranked if mention.date and not mention.sentence.in_title]
        cluster.settled_date = dated[0].date if dated else times.date_of(reading, lead.sentence.index, lead.first, stated, published)
        fine = [mention for mention in ranked if mention.place and mention.place.precision not in ("country", "area")]
        if fine:
            cluster.settled_place = fine[0].place
        else:
            cluster.settled_place = places.place_of(reading, lead.sentence.index, lead.first, toponyms)
