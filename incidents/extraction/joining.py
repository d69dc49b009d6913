"""Joins the mentions that tell of one happening: same kind of act, days and places that agree, nothing that opens another.

What the text takes up again ("the attack", or an act without day and place of its own) belongs to the happening told just
before, or else to the article's main one. Rules after FASTUS's merging of event fragments.
"""

from bisect import bisect_left
from typing import Final

from incidents.extraction.captives import with_killed_captives
from incidents.extraction.clusters import Cluster, dates_apart, kind_of, position_of
from incidents.extraction.mentions import Mention
from incidents.extraction.retelling import retells, under_their_headline
from incidents.extraction.tokens import Sentence

SUPPORT_REACH: Final = 2  # sentences within which "died" or "the victims" add to an act
NEAR: Final = 3  # sentences within which the talk is still of the same happening
LEAD: Final = 3  # sentences, headline and its echo among them
ECHOED: Final = 0.8  # of the headline's words
BYLINE: Final = 10  # words that a date and an agency add to a headline set again
ALONE: Final = 3  # sentences that part one man's death from the toll it is told beside
MANY: Final = 10
DEFINITE: Final = frozenset(("the", "this", "that", "these", "those", "’s", "'s"))
HAPPENED: Final = frozenset(("occurred", "happened", "unfolded", "place"))  # "took place"
NEW: Final = frozenset(("another", "second", "third", "other", "similar", "separate", "new", "latest", "fresh"))
BETWEEN: Final = frozenset(("JJ", "JJS", "JJR", "NN", "NNP", "CD", "VBN", "POS"))
SINGLE_DEATHS: Final = frozenset(("shooting", "execution", "assassination"))


def clusters_of(mentions: list[Mention]) -> list[Cluster]:
    """Return the happenings of an article, in the order in which it first tells of them."""
    found: list[Cluster] = []
    adding: list[Mention] = []
    for mention in mentions:
        if mention.trigger.act.strength == "support":
            adding.append(mention)
            continue
        home = _home(mention, found)
        if home is None:
            home = Cluster(kind_of(mention))
            found.append(home)
        home.mentions.append(mention)
    for mention in adding:
        _add(mention, found)
    return with_killed_captives(_with_harm(_with_raids(under_their_headline(found))))


def _home(mention: Mention, found: list[Cluster]) -> Cluster | None:
    """Return the happening a mention belongs to, None where it opens one."""
    same = [cluster for cluster in found if _is_kind(mention, cluster)]
    if not same:
        return None
    if is_taken_up(mention):
        mention.place = None
        if HAPPENED.isdisjoint(mention.sentence.lowers[mention.trigger.last : mention.trigger.last + 3]):
            mention.date = None
        return _told_before(mention, same)
    retold = [cluster for cluster in same if retells(mention, cluster)]
    if retold:
        return retold[-1]
    able = [cluster for cluster in same if belongs(mention, cluster)]
    if not able:
        return None
    if mention.date is not None or mention.place is not None:
        return able[-1]
    home = _told_before(mention, able)
    return home if home is same[0] or _distance(mention, home) <= NEAR else None


def _told_before(mention: Mention, clusters: list[Cluster]) -> Cluster:
    """Return the happening told within the last sentences, else the first."""
    near = [cluster for cluster in clusters if _distance(mention, cluster) <= NEAR]
    return min(near, key=lambda cluster: _distance(mention, cluster)) if near else clusters[0]


def _distance(mention: Mention, cluster: Cluster) -> int:
    return mention.sentence.index - cluster.mentions[-1].sentence.index


def _is_kind(mention: Mention, cluster: Cluster) -> bool:
    """Whether a mention may be of the cluster's kind; an arrest is part of a raid told beside it only."""
    if kind_of(mention) != cluster.kind:
        return False
    if cluster.kind != "operation" or any(other.type == mention.type for other in cluster.mentions):
        return True
    return _distance(mention, cluster) <= SUPPORT_REACH


def is_taken_up(mention: Mention) -> bool:
    """Whether a noun takes up an act told before: "the attack", "this bombing", with no day or place attached to it."""
    if mention.trigger.voice != "nominal":
        return _is_of_those_counted(mention) or _counts_on(mention)
    tokens, index = mention.sentence.tokens, mention.trigger.first - 1
    while index >= 0 and tokens[index].tag in BETWEEN and tokens[index].lower not in DEFINITE:
        if tokens[index].tag == "CD" or tokens[index].lower in NEW:
            return False
        index -= 1
    if index < 0 or tokens[index].lower not in DEFINITE:
        return False
    after = tokens[mention.trigger.last] if mention.trigger.last < len(tokens) else None
    return after is None or after.lower not in ("in", "on", "at", "of", "against", "near", "last", "that")


def _is_of_those_counted(mention: Mention) -> bool:
    """Whether it only names people counted before: "three of the wounded have died"."""
    lowers, first = mention.sentence.lowers, mention.first
    return mention.type == "casualties" and lowers[max(0, first - 2) : first] in (["of", "the"], ["of", "those"])


def _counts_on(mention: Mention) -> bool:
    """Whether it counts on what was told, wherever it died: "a fifth died on Wednesday", "three more have died"."""
    if mention.place is not None or not mention.counts or any(other.act.type != "casualties" for other in mention.others):
        return False
    first = mention.counts[0]
    if first.count.outcome != "killed" or not (first.count.further and first.count.who is None):
        return False
    its_own = mention.trigger.first <= first.cue < mention.trigger.last
    return its_own and NEW.isdisjoint(mention.sentence.lowers[first.cue :])


def belongs(mention: Mention, cluster: Cluster) -> bool:
    """Whether nothing keeps a mention from telling of the cluster's happening."""
    if dates_apart(mention.date, cluster.date) or _is_single_beside_many(mention, cluster):
        return False
    if cluster.is_elsewhere(mention.place) and not _is_headline_of(cluster, mention):
        return False
    if mention.sentence is cluster.mentions[-1].sentence:
        return True
    return not (mention.opens and _has_own(mention))


def _is_headline_of(cluster: Cluster, mention: Mention) -> bool:
    """Whether only the headline has told of the happening, and the mention stands in the first sentence that tells it in full."""
    here = mention.sentence
    return here.index <= LEAD and all(
        other.sentence is here or other.sentence.in_title or _is_echo(other.sentence, cluster.mentions[0].sentence)
        for other in cluster.mentions
    )


def _is_echo(sentence: Sentence, title: Sentence) -> bool:
    """Whether a sentence is the headline set again over the text, a date or an agency beside it."""
    if not title.in_title or sentence.index > 1 or len(sentence.lowers) > len(title.lowers) + BYLINE:
        return False
    words = frozenset(title.lowers)
    return sum(word in words for word in sentence.lowers) >= ECHOED * len(title.lowers)


def _is_single_beside_many(mention: Mention, cluster: Cluster) -> bool:
    """Whether a mention tells one man's death, apart in the text, beside a happening with a large toll."""
    if mention.type not in SINGLE_DEATHS or mention.trigger.voice == "nominal" or _distance(mention, cluster) < ALONE:
        return False
    killed = [count.count for count in mention.counts if count.count.outcome == "killed"]
    if not killed or any(count.best != 1 for count in killed):
        return False
    return any((count.count.best or 0) >= MANY for other in cluster.mentions for count in other.counts)


def _has_own(mention: Mention) -> bool:
    """Whether a mention after "meanwhile" brings a date or a place of its own."""
    return (mention.date is not None and mention.date.basis != "published") or mention.place is not None


def _apart(mention: Mention, cluster: Cluster) -> bool:
    return dates_apart(mention.date, cluster.date) or cluster.is_elsewhere(mention.place)


def _add(mention: Mention, found: list[Cluster]) -> None:
    """Give a mention that only adds to an act to the nearest one it does not contradict."""
    here = mention.sentence.index
    near = [
        (abs(other.sentence.index - here), number)
        for number, cluster in enumerate(found)
        if cluster.kind == kind_of(mention)
        for other in _between(cluster, here - SUPPORT_REACH, here + SUPPORT_REACH)
    ]
    for _, number in sorted(set(near)):
        if not _apart(mention, found[number]):
            found[number].insert(mention)
            return


def _between(cluster: Cluster, first: int, last: int) -> list[Mention]:
    """The mentions of a happening in the sentences from `first` to `last`."""
    start = bisect_left(cluster.mentions, (first, 0), key=position_of)
    return cluster.mentions[start : bisect_left(cluster.mentions, (last + 1, 0), key=position_of)]


def _with_raids(found: list[Cluster]) -> list[Cluster]:
    """Make one of a raid and the deaths in it: "died during a raid", "raided a house and killed two"."""
    raids = [cluster for cluster in found if cluster.kind == "operation"]
    gone: list[int] = []
    for raid in raids:
        for mention in raid.mentions:
            if mention.type == "raid":
                for number, other in enumerate(found):
                    if other.kind == "violence" and number not in gone and _is_part_of(other.mentions[0], mention):
                        raid.mentions += other.mentions
                        gone.append(number)
    return [cluster for number, cluster in enumerate(found) if number not in gone]


def _with_harm(found: list[Cluster]) -> list[Cluster]:
    """Make one of a robbery and the harm that its doers went on to do: "held up a van and wounded its driver"."""
    gone: list[int] = []
    for deed in [cluster for cluster in found if cluster.kind in ("robbery", "arson")]:
        for number, other in enumerate(found):
            if other.kind != "violence" or number in gone or any(mention.type != "casualties" for mention in other.mentions):
                continue
            if any(_goes_on(other.mentions[0], mention) for mention in deed.mentions):
                deed.mentions += other.mentions
                gone.append(number)
    return [cluster for number, cluster in enumerate(found) if number not in gone]


def _goes_on(other: Mention, deed: Mention) -> bool:
    """Whether an act is told after another in its sentence as what the same doers did next."""
    if other.sentence is not deed.sentence or not deed.first < other.first:
        return False
    before = deed.sentence.tokens[other.first - 1].lower
    return deed.trigger.voice == other.trigger.voice == "active" and before == "and"


def _is_part_of(other: Mention, raid: Mention) -> bool:
    """Whether an act is told in the raid's sentence as what happened in it, or as what the raiders went on to do."""
    if other.sentence is not raid.sentence:
        return False
    return _goes_on(other, raid) or _is_setting(raid)


def _is_setting(mention: Mention) -> bool:
    """Whether "during" or "in" stands before the raid's noun group."""
    tokens, index = mention.sentence.tokens, mention.trigger.first - 1
    while index >= 0 and (tokens[index].tag in BETWEEN or tokens[index].tag in ("DT", "NNPS", "NNS")):
        index -= 1
    return index >= 0 and tokens[index].lower in ("during", "in")
