"""Who is said to have done it, where no verb of the act has them as its subject: blamed, suspected, claiming, or simply there."""

from collections.abc import Iterator

from incidents.extraction.act_words import act_words
from incidents.extraction.actor_words import actor_words
from incidents.extraction.aliases import GroupMention
from incidents.extraction.mentions import Mention
from incidents.extraction.parties import Party, group_after, group_before
from incidents.extraction.phrasebook import Phrasebook
from incidents.extraction.tokens import Sentence

BEFORE = act_words("blame_after_party")
AFTER = act_words("blame_before_party")
BLAME: Phrasebook[str] = Phrasebook([*((phrase, "before") for phrase in BEFORE), *((phrase, "after") for phrase in AFTER)])


def blamed(sentence: Sentence) -> Iterator[Party]:
    """Yield the groups that a sentence blames or that claim an act in it."""
    for hit in BLAME.find(sentence):
        party = (
            group_after(sentence, hit.last)
            if hit.value == "after"
            else group_before(sentence, _skipped_back(sentence, hit.first))
        )
        if party is not None:
            yield party


def _skipped_back(sentence: Sentence, place: int) -> int:
    while place > 0 and sentence.tokens[place - 1].lower in (
        "has",
        "have",
        "had",
        "later",
        "also",
        "immediately",
        "who",
        "which",
        ",",
    ):
        place -= 1
    return place


def doers_named(mention: Mention) -> Iterator[Party]:
    """Yield the groups of a mention's sentence whose head alone says that they do violence, other than its patient."""
    known, tokens = actor_words(), mention.sentence.tokens
    patient = mention.parties.patient
    for index, token in enumerate(tokens):
        if known.get(token.lower) != "perpetrator" and (
            index == 0 or known.get(f"{tokens[index - 1].lower} {token.lower}") != "perpetrator"
        ):
            continue
        if (patient and patient.first <= index < patient.last) or (
            index + 1 < len(tokens) and tokens[index + 1].tag.startswith("NN")
        ):
            continue
        if party := group_before(mention.sentence, index + 1):
            yield party


def groups_named(mention: Mention) -> Iterator[GroupMention]:
    """Yield the known armed groups of a mention's sentence, other than in its patient."""
    patient = mention.parties.patient
    for group in mention.groups:
        if group.group.kind == "armed_group" and not (patient and patient.first <= group.first < patient.last):
            yield group
