"""The acts the engine knows, compiled from the trigger statements of the lexicon into one phrasebook of every form."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from incidents.extraction.act_words import act_words
from incidents.extraction.inflection import plural, verb_forms
from incidents.extraction.lexicons import FOLDER
from incidents.extraction.phrasebook import Phrasebook

Strength = Literal["strong", "plain", "weak", "support"]
Form = Literal["base", "third", "past", "participle", "gerund", "passive", "noun"]
PASSIVE_OBJECTS: Final = act_words("passive_objects")
FILES: Final = ("trigger_attack", "trigger_explosive", "trigger_captivity", "trigger_operation")


@dataclass(frozen=True, slots=True)
class Act:
    """One statement of the lexicon. `agent` and `patient` are roles; an agent may also be "weapon".

    `agents` and `patients` are the kinds of party without which the words mean something else; empty where any will do.
    """

    type: str
    strength: Strength
    agent: str
    patient: str
    name: str  # base form, as the lexicon states it
    agents: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    alone: bool = False  # read only where the sentence tells of no other act


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a phrase: an act in one grammatical form; `also` are the acts it means there with other parties."""

    act: Act
    form: Form
    also: tuple[Act, ...] = ()


def _statement_senses(statement: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    kind, strength, agent, patient = (statement[name] for name in ("type", "strength", "agent", "patient"))
    needs = frozenset(statement.get("agents", ())), frozenset(statement.get("patients", ())), bool(statement.get("alone"))
    for verb in statement.get("verbs", ()):
        act = Act(kind, strength, agent, patient, verb.partition("|")[0], *needs)
        forms = verb_forms(verb)
        for form in ("base", "third", "past", "participle", "gerund"):
            yield getattr(forms, form), Sense(act, form)
        for phrase in _passives(forms.participle):
            yield phrase, Sense(act, "passive")
    for noun in statement.get("nouns", ()):
        act = Act(kind, strength, agent, patient, noun, *needs)
        yield noun, Sense(act, "noun")
        if plural(noun) != noun:
            yield plural(noun), Sense(act, "noun")


def _passives(phrase: str) -> Iterator[str]:
    """Yield "bomb was planted" and the like for "planted * bomb", whose object is part of the act."""
    verb, gap, thing = phrase.partition(" * ")
    if not gap or thing not in PASSIVE_OBJECTS:
        return
    for noun in {thing, plural(thing)}:
        for auxiliary in ("was ", "were ", "been ", ""):
            yield f"{noun} {auxiliary}{verb}"


@cache
def acts() -> Phrasebook[tuple[Sense, ...]]:
    """Return every form of every act; a phrase holds its senses in the order the lexicon states them."""
    senses: dict[str, list[Sense]] = {}
    for name in FILES:
        for statement in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["act"]:
            for phrase, sense in _statement_senses(statement):
                senses.setdefault(phrase, []).append(sense)
    return Phrasebook((phrase, _with_others(found)) for phrase, found in senses.items())


def _with_others(senses: list[Sense]) -> tuple[Sense, ...]:
    """Give each sense the acts that the phrase may mean as well in its form."""
    return tuple(
        Sense(sense.act, sense.form, tuple(o.act for o in senses if o.form == sense.form and o.act is not sense.act))
        for sense in senses
    )
