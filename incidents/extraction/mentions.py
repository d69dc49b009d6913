"""One mention is one trigger with all that its sentence says about it: who, whom, with what, whether it happened."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from incidents.extraction import aliases, cues, refinement, stages, triggers, weapons
from incidents.extraction.act_words import act_words
from incidents.extraction.actor_words import kind_of
from incidents.extraction.acts import Act
from incidents.extraction.aliases import GroupMention
from incidents.extraction.counts import CountMention
from incidents.extraction.parties import Parties, Party, parties_of
from incidents.extraction.people import noun_of
from incidents.extraction.stages import Reality
from incidents.extraction.tokens import Reading, Sentence
from incidents.extraction.triggers import Trigger
from incidents.extraction.values import DateValue, PlaceValue
from incidents.extraction.weapons import WeaponMention

ANIMALS: Final = act_words("animals")
RULING: Final = frozenset(("release", "escape", "weapons_seizure"))  # acts beside which other words only name people or arms
POLICE: Final = act_words("police")
CAPTIVITY: Final = act_words("captivity")
DRILL: Final = frozenset(("drill", "drills", "exercise", "exercises", "mock", "simulated", "training"))


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
    read = [_meant(sentence, hit) for hit in hits]
    told = [one.hit for one in read if one.fits or not (one.hit.act.agents or one.hit.act.type == "deployment")]
    found = []
    for hit, parties, agent, patient, fits in read:
        if not fits or (hit.act.alone and _is_beside_others(hit, told)) or _of_animals(sentence, parties):
            continue
        reality = stages.reality(sentence, hit.first, hit.last, stage_cues, noun=hit.voice == "nominal", act=hit.act)
        mention = Mention(
            sentence, hit, hit.act.type, reality, parties, agent, patient, armed, groups, passing, opens,
            others=[other for other in told if other is not hit],
        )  # fmt: skip
        mention.type = refinement.refined(mention)
        found.append(mention)
    _foil(found)
    ruling = [mention for mention in found if mention.type in RULING]
    if not ruling:
        return found
    return [mention for mention in found if not any(_releases(other, mention) or _seizes(other, mention) for other in ruling)]


def _foil(found: list[Mention]) -> None:
    """Mark what is shot down as foiled, and its firing too where that only describes it ("five missiles fired at Riyadh")."""
    for mention in found:
        if refinement.downs(mention):
            for other in found:
                names = other.trigger.voice == "passive" or other.sentence.lowers[other.first - 1] in refinement.DOWNED
                fired = names and 0 < other.first - mention.first <= refinement.DOWNED_REACH
                if other is mention or (fired and other.type == mention.type):
                    other.reality = other.reality._replace(stage="foiled")


def _seizes(seizure: Mention, named: Mention) -> bool:
    """Whether a word for an act only names the arms that are found, or says that the finders destroyed them."""
    if seizure.type != "weapons_seizure" or not seizure.reality.real or named.first <= seizure.first:
        return False
    if named.trigger.voice == "nominal":
        return any(weapon.first < named.trigger.last and named.first < weapon.last for weapon in named.weapons)
    return named.trigger.act.name in ("destroy", "detonate", "blow up", "blow * up") and named.patient_kind in ("", "pronoun")


def _releases(release: Mention, named: Mention) -> bool:
    """Whether a word for an act only names who now lets people go: "kidnappers released two nuns", or that they had been held."""
    agent = release.parties.agent
    if release.type == "release" and named.trigger.act.name == "hold":
        return True
    if release.type == "escape" and named.trigger.act.name == "detainee":
        return agent is not None and agent.first <= named.first < agent.last
    return release.type == "release" and agent is not None and agent.first <= named.first < agent.last


class _Meant(NamedTuple):
    """A trigger with its parties, as the act of its words that these parties fit."""

    hit: Trigger
    parties: Parties
    agent: str
    patient: str
    fits: bool


def _meant(sentence: Sentence, hit: Trigger) -> _Meant:
    parties = parties_of(sentence, hit)
    agent, patient = _kind(sentence, parties.agent), _kind(sentence, parties.patient)
    act = next((act for act in (hit.act, *hit.also) if _may_be(act, hit, agent, patient)), None)
    if act is not None and act is not hit.act:
        hit = hit._replace(act=act)
    fits = act is not None and not (act.type == "deployment" and _is_call_out(sentence, hit, parties))
    if fits and hit.act.name == "release" and patient in ("name", "number"):
        fits = not _is_published(sentence, hit, parties)
    return _Meant(hit, parties, agent, patient, fits)


def _is_published(sentence: Sentence, hit: Trigger, parties: Parties) -> bool:
    """Whether a product comes out on a day: no word of captivity stands there, nor is it a person by its title."""
    if sentence.lowers[hit.last : hit.last + 1] not in (["on"], ["today"]) or parties.patient is None:
        return False
    party = sentence.tokens[parties.patient.first : parties.patient.last]
    if party[-1].tag == "CD" and not party[-1].text[0].isdigit():  # "one of the leaders was released", but "Windows 12"
        return False
    return CAPTIVITY.isdisjoint(sentence.lowers) and not any(noun_of(token) for token in party)


def _is_call_out(sentence: Sentence, hit: Trigger, parties: Parties) -> bool:
    """Whether a few policemen are sent to a scene, whom nobody counts, soldiers to a drill, or other things than troops."""
    patient = parties.patient
    if not DRILL.isdisjoint(sentence.lowers):
        return True
    if hit.voice == "nominal" or patient is None:
        return False
    if patient.first and sentence.lowers[patient.first - 1] == "by":  # "weapons taken by troops were sent to"
        return True
    if sentence.lowers[patient.head] not in POLICE:
        return False
    return all(token.tag != "CD" for token in sentence.tokens[patient.first : patient.last])


def _is_beside_others(hit: Trigger, told: list[Trigger]) -> bool:
    """Whether the sentence tells of an act of another kind too."""
    return any(hit.act.type != other.act.type for other in told)


def _may_be(act: Act, hit: Trigger, agent: str, patient: str) -> bool:
    """Whether the parties are of the kinds that the act needs: prisoners are released, not statements."""
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
