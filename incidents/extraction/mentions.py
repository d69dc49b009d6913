"""One mention is one trigger with all that its sentence says about it: who, whom, with what, whether it happened."""

from collections import Counter
from dataclasses import dataclass, field

from incidents.extraction import aliases, cues, refinement, stages, triggers, weapons
from incidents.extraction.act_words import act_words
from incidents.extraction.actor_words import kind_of
from incidents.extraction.aliases import GroupMention
from incidents.extraction.counts import CountMention
from incidents.extraction.parties import Parties, Party, parties_of
from incidents.extraction.people import noun_of
from incidents.extraction.stages import Reality
from incidents.extraction.tokens import Reading, Sentence
from incidents.extraction.triggers import Trigger
from incidents.extraction.values import DateValue, PlaceValue
from incidents.extraction.weapons import WeaponMention

ANIMALS = act_words("animals")


@dataclass(slots=True)
class Mention:
    """A trigger read in its sentence. `type` is refined by weapons and parties; date and place are filled where stated."""

    sentence: Sentence
    trigger: Trigger
    type: str
    reality: Reality
    parties: Parties
    agent_kind: str
    patient_kind: str
    weapons: list[WeaponMention]
    groups: list[GroupMention]
    background_cue: bool
    opens: bool
    date: DateValue | None = None  # stated in its own sentence
    place: PlaceValue | None = None  # likewise
    counts: list[CountMention] = field(default_factory=list)  # of its sentence
    others: list[Trigger] = field(default_factory=list)  # the sentence's other triggers

    @property
    def first(self) -> int:
        """First token of the trigger."""
        return self.trigger.first


def find(reading: Reading) -> list[Mention]:
    """Return the mentions of a tagged document in text order."""
    hit = [(sentence, hits) for sentence in reading.sentences if (hits := triggers.find(sentence))]
    known = aliases.find_all(reading, [sentence for sentence, _ in hit])
    return [mention for sentence, hits in hit for mention in _sentence_mentions(sentence, hits, known[sentence.index])]


def _sentence_mentions(sentence: Sentence, hits: list[Trigger], groups: list[GroupMention]) -> list[Mention]:
    armed = weapons.find(sentence)
    stage_cues = stages.cues_of(sentence)
    history = cues.find("background_cues", sentence)
    passing = any(cue.value == "history" for cue in history)
    opens = any(cue.value == "another" and cue.first <= 3 for cue in history)
    found = []
    governed = [(hit, parties_of(sentence, hit)) for hit in hits]
    able = [
        (hit, parties, agent, patient)
        for hit, parties in governed
        if _may_be(hit, agent := _kind(sentence, parties.agent), patient := _kind(sentence, parties.patient))
    ]
    for hit, parties, agent, patient in able:
        if (hit.act.alone and len(able) > 1) or _of_animals(sentence, parties):
            continue
        reality = stages.reality(sentence, hit.first, hit.last, stage_cues, noun=hit.voice == "nominal")
        mention = Mention(
            sentence, hit, hit.act.type, reality, parties, agent, patient, armed, groups, passing, opens,
            others=[other for other in hits if other is not hit],
        )  # fmt: skip
        mention.type = refinement.refined(mention)
        found.append(mention)
    return [mention for mention in found if not any(_releases(other, mention) for other in found)]


def _releases(release: Mention, named: Mention) -> bool:
    """Whether a word for an act only names who now lets people go: "kidnappers released two nuns"."""
    agent = release.parties.agent
    return release.type == "release" and agent is not None and agent.first <= named.first < agent.last


def _may_be(hit: Trigger, agent: str, patient: str) -> bool:
    """Whether the parties are of the kinds that the act needs: prisoners are released, not statements."""
    act = hit.act
    if act.agents and agent not in act.agents:
        return False
    return not act.patients or patient in act.patients or (hit.voice == "nominal" and not patient)


def _of_animals(sentence: Sentence, parties: Parties) -> bool:
    """Whether an animal does it or suffers it, and no people are named with it."""
    for party in (parties.agent, parties.patient):
        if party is not None and sentence.tokens[party.head].lower in ANIMALS:
            return not any(noun_of(token) for token in sentence.tokens[party.first : party.last])
    return False


def _kind(sentence: Sentence, party: Party | None) -> str:
    return kind_of(sentence, party) if party else ""


def add_counts(found: list[Mention], counted: list[CountMention]) -> None:
    """Give each mention the counts of its sentence."""
    by_sentence: dict[int, list[CountMention]] = {}
    for count in counted:
        by_sentence.setdefault(count.sentence, []).append(count)
    for mention in found:
        mention.counts = by_sentence.get(mention.sentence.index, [])


def setting_shares(reading: Reading) -> dict[str, float]:
    """Return for each setting of the lexicon (sport, art, court, …) its words per token of the document."""
    lists = cues.word_lists("settings")
    listed = cues.all_words("settings")
    found: Counter[str] = Counter()
    total = 1
    for sentence in reading.sentences:
        total += len(sentence.tokens)
        if words := listed.intersection(sentence.lowers):
            for name, own in lists.items():
                found[name] += len(words & own)
    return {name: found[name] / total for name in lists}
