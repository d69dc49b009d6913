"""A vague act made specific by what stands beside it: its weapon, who did it, who suffered it."""

from typing import TYPE_CHECKING, Final

from incidents.extraction.actor_words import holds_office

if TYPE_CHECKING:
    from incidents.extraction.mentions import Mention
    from incidents.extraction.triggers import Trigger

NEAR: Final = 12  # tokens between a trigger and a weapon that still says how it was done
UNREST: Final = frozenset(("riot", "protest"))
COMMANDOS: Final = frozenset(("commando", "commandos"))
RIOTOUS: Final = frozenset(("arson", "robbery", "attack"))
PROTESTERS: Final = frozenset(("protester", "protesters", "demonstrator", "demonstrators"))
DOWNED_THINGS: Final = ("drone", "drones", "missile", "missiles", "rocket", "rockets")
DOWNING: Final = frozenset(
    ("shoot down", "destroy", *(f"{verb} * {thing}" for verb in ("intercept", "down", "bring down") for thing in DOWNED_THINGS))
)
DOWNED: Final = {
    "drone": "drone_strike", "drones": "drone_strike", "uavs": "drone_strike", "missile": "shelling", "missiles": "shelling",
    "rocket": "shelling", "rockets": "shelling", "projectiles": "shelling",
}  # fmt: skip
FIRED_AT: Final = frozenset(("launched", "fired", "aimed", "headed", "heading", "bound", "approaching", "incoming"))
DOWNED_REACH: Final = 8  # tokens
VAGUE: Final = frozenset(("attack", "casualties"))
EXPLOSIVE: Final = frozenset(("bombing", "attack", "casualties"))
FIRED: Final = frozenset(("attack", "shooting", "bombing", "shelling", "casualties"))
AIRCRAFT: Final = frozenset(
    ("helicopter", "helicopters", "jet", "jets", "plane", "planes", "aircraft")
)  # carry people and aid too
AIR: Final = frozenset(("air_strike", "drone_strike"))
SHOOTERS: Final = frozenset(("gunman", "sniper", "snipers", "shooter", "shooters"))  # "gunmen" may raid, burn and rob too
OWN_VERBS: Final = frozenset(("kill", "murder", "slay", "gun down", "shoot * dead", "shoot to death", "shoot and kill"))


def refined(mention: "Mention") -> str:
    """Return the most specific type that the mention's own sentence supports."""
    kind = mention.trigger.act.type
    if told := downs(mention) or _by_its_doer(mention, kind):
        return told
    if kind in ("arrest", "raid", "release", "protest", "curfew", "escape"):
        return _of_captives(mention, kind)
    if kind in FIRED and (carrier := _carrier(mention)):
        return carrier
    if kind == "casualties" and (unrest := _unrest(mention)):
        return unrest
    named = _named_by_weapon(mention)
    if kind in EXPLOSIVE and named in AIR and _from_the_air(mention):
        return named
    if kind == "bombing" and named in ("suicide_bombing", "shelling"):
        return named if named == "suicide_bombing" or mention.trigger.act.name in ("blast", "explosion", "explode") else kind
    if kind in VAGUE and named == "shooting" and _is_in_battle(mention):
        return kind
    if kind in VAGUE and named and named not in AIR:
        kind = named if kind == "attack" or named != "attack" else "attack"
    if kind in VAGUE and mention.trigger.act.name in OWN_VERBS and _doer_word(mention) in SHOOTERS:
        kind = "shooting"
    if kind in ("attack", "shooting", "casualties") and _is_assassination(mention):
        return "assassination"
    return kind


def _by_its_doer(mention: "Mention", kind: str) -> str:
    """The act that an act is part of, or is called by, for who does it: rioters loot, bandits attack a village; "" else."""
    if kind in RIOTOUS and _is_in_riot(mention):
        return "riot"
    raiders = mention.agent_kind == "perpetrator" and _doer_word(mention) not in COMMANDOS
    return "attack" if kind == "raid" and raiders else ""


def downs(mention: "Mention") -> str:
    """The act that shooting down what was fired puts an end to: "all nine drones launched at Kyiv"; "" where it is no defence."""
    if mention.trigger.act.name not in DOWNING or mention.agent_kind == "perpetrator":
        return ""
    lowers, first = mention.sentence.lowers, mention.first
    if mention.trigger.voice == "passive":
        patient = mention.parties.patient
        near = lowers[patient.first : patient.last] if patient else []
    else:
        near = lowers[first : first + DOWNED_REACH]
    word = next((word for word in near if word in DOWNED), "")
    return DOWNED[word] if word.endswith("s") or (word and not FIRED_AT.isdisjoint(lowers)) else ""


def _is_in_riot(mention: "Mention") -> bool:
    """Whether rioters loot or burn, protesters burn, or the sentence tells of a riot in which it is done."""
    doer = _doer_word(mention)
    if doer in ("rioter", "rioters"):
        return True
    if mention.trigger.act.type == "attack" or mention.trigger.voice == "nominal":
        return False
    return doer in PROTESTERS or (
        mention.agent_kind != "perpetrator" and any(other.act.type == "riot" for other in mention.others)
    )


def _carrier(mention: "Mention") -> str:
    """The act of the aircraft that does it: "helicopters fired on a school", "a drone dropped grenades"; "" where none does."""
    agent = mention.parties.agent
    if agent is None:
        return ""
    named = next((w.means.type for w in mention.weapons if w.means.carrier and w.first <= agent.head < w.last), "")
    return named or ("air_strike" if mention.sentence.tokens[agent.head].lower in AIRCRAFT else "")


def _unrest(mention: "Mention") -> str:
    """The act that kills in "riots have left 54 people dead", "clashes killed ten"; "" where people or weapons do."""
    agent = mention.parties.agent
    acts = [
        other for other in mention.others if other.voice == "nominal" and (other.act.type in UNREST or other.act.name == "clash")
    ]
    if mention.trigger.voice == "passive" and agent is None:  # "14 officers were wounded in the riots at …"
        return next((other.act.type for other in acts if _is_setting(mention, other)), "")
    if not mention.agent_kind and mention.trigger.act.name == "leave * dead":  # "riots between two communities have left …"
        return next((other.act.type for other in reversed(acts) if other.last <= mention.first), "")
    return next((other.act.type for other in acts if agent and agent.first <= other.first < agent.last), "")


def _is_setting(mention: "Mention", act: "Trigger") -> bool:
    """Whether "in" or "during" stands before the noun group of an act that is told after a mention."""
    if act.first < mention.trigger.last:
        return False
    lowers, tokens, index = mention.sentence.lowers, mention.sentence.tokens, act.first - 1
    while index > mention.trigger.last and tokens[index].tag in ("DT", "JJ", "NN", "NNP", "VBG", "VBN"):
        index -= 1
    return lowers[index] in ("in", "during", "amid")


def _is_in_battle(mention: "Mention") -> bool:
    """Whether the sentence tells of a fight, in which guns are no one side's deed."""
    return any(other.act.type == "armed_clash" for other in mention.others)


def _doer_word(mention: "Mention") -> str:
    agent = mention.parties.agent
    return mention.sentence.tokens[agent.head].lower if agent else ""


def _of_captives(mention: "Mention", kind: str) -> str:
    if kind == "arrest" and mention.agent_kind == "perpetrator" and mention.patient_kind in ("civilian", "name"):
        return "kidnapping" if mention.trigger.act.name in ("capture", "grab", "round up") else kind
    return kind


def _named_by_weapon(mention: "Mention") -> str:
    """Return the act that the nearest weapon of the sentence stands for, "" without one."""
    first, last = mention.trigger.first, mention.trigger.last
    near = [(min(abs(w.first - last), abs(first - w.last)), w.means.type) for w in mention.weapons]
    near = [(distance, kind) for distance, kind in near if distance <= NEAR]
    return min(near)[1] if near else ""


def _from_the_air(mention: "Mention") -> bool:
    """Whether aircraft do the act rather than suffer it."""
    patient = mention.parties.patient
    carriers = [w for w in mention.weapons if w.means.carrier]
    return any(not (patient and patient.first <= w.first < patient.last) for w in carriers)


def _is_assassination(mention: "Mention") -> bool:
    """A named or titled holder of an office, killed by choice: the verbs of murder, not a toll."""
    patient = mention.parties.patient
    if patient is None or mention.trigger.act.name not in OWN_VERBS:
        return False
    named = any(token.tag == "NNP" for token in mention.sentence.tokens[patient.first : patient.last])
    return named and holds_office(mention.sentence, patient) and mention.agent_kind != "security_force"
