"""The acts the engine knows, compiled from the trigger statements of the lexicon into one phrasebook of every form."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from incidents.extraction.inflection import plural, verb_forms
from incidents.extraction.lexicons import FOLDER
from incidents.extraction.phrasebook import Phrasebook

Strength = Literal["strong", "plain", "weak", "support"]
Form = Literal["base", "third", "past", "participle", "gerund", "noun"]
FILES = ("trigger_attack", "trigger_explosive", "trigger_captivity", "trigger_operation")


@dataclass(frozen=True, slots=True)
class Act:
    """One statement of the lexicon. `agent` and `patient` are roles; an agent may also be "weapon"."""

    type: str
    strength: Strength
    agent: str
    patient: str
    name: str  # base form, as the lexicon states it


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a phrase: an act in one grammatical form."""

    act: Act
    form: Form


def _statement_senses(statement: dict[str, object]) -> Iterator[tuple[str, Sense]]:
    kind, strength = str(statement["type"]), statement["strength"]
    agent, patient = str(statement["agent"]), str(statement["patient"])
    for verb in statement.get("verbs", ()):  # type: ignore[attr-defined]  # tomllib gives object
        act = Act(kind, strength, agent, patient, verb.partition("|")[0])  # type: ignore[arg-type]  # checked by the tests
        forms = verb_forms(verb)
        for form in ("base", "third", "past", "participle", "gerund"):
            yield getattr(forms, form), Sense(act, form)
    for noun in statement.get("nouns", ()):  # type: ignore[attr-defined]  # tomllib gives object
        act = Act(kind, strength, agent, patient, noun)  # type: ignore[arg-type]  # checked by the tests
        yield noun, Sense(act, "noun")
        if plural(noun) != noun:
            yield plural(noun), Sense(act, "noun")


@cache
def acts() -> Phrasebook[tuple[Sense, ...]]:
    """Return every form of every act; a phrase holds its senses in the order the lexicon states them."""
    senses: dict[str, list[Sense]] = {}
    for name in FILES:
        for statement in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["act"]:
            for phrase, sense in _statement_senses(statement):
                senses.setdefault(phrase, []).append(sense)
    return Phrasebook((phrase, tuple(found)) for phrase, found in senses.items())
