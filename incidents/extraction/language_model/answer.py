"""The shape a model must answer in; its JSON schema is sent with the request and its answer is validated against it."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from incidents.extraction.values import FAMILY_OF, OUTCOMES, Role, Stage, WhoClass


def _one_of(words: Iterable[str]) -> tuple[AfterValidator, WithJsonSchema]:
    """Return what makes a field accept these words alone, for us and in the schema."""
    known = tuple(words)

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"{value!r} is none of {', '.join(known)}")
        return value

    return AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(known)})


EventType = Annotated[str, *_one_of(FAMILY_OF)]
Outcome = Annotated[str, *_one_of(OUTCOMES)]
Quote = Field(description="words copied exactly from the article that show this value", max_length=600)


class Part(BaseModel):
    """Unknown keys are refused: a model has no way to add coordinates, markup or anything else."""

    model_config = ConfigDict(extra="forbid")


class DatePart(Part):
    """When; `quote` is the date expression itself."""

    earliest: date
    latest: date
    quote: str = Quote


class PlacePart(Part):
    """Where, by name alone: coordinates are the gazetteer's."""

    quote: str = Quote


class ActorPart(Part):
    """A party and its role."""

    role: Role
    quote: str = Quote


class CountPart(Part):
    """A number of people, as one statement makes it."""

    outcome: Outcome
    low: int | None = Field(ge=0, le=10_000_000)
    best: int | None = Field(ge=0, le=10_000_000)
    high: int | None = Field(ge=0, le=10_000_000)
    who: str | None = Field(max_length=200)
    who_class: WhoClass
    part_of_whole: bool
    claimant_quote: str | None = Field(max_length=200)
    quote: str = Quote


class EventPart(Part):
    """One happening."""

    type: EventType
    stage: Stage
    background: bool
    confidence: float = Field(ge=0, le=1)
    quote: str = Quote
    date: DatePart | None
    place: PlacePart | None
    actors: list[ActorPart] = Field(max_length=12)
    counts: list[CountPart] = Field(max_length=20)
    weapon_quotes: list[str] = Field(max_length=8)


class Answer(Part):
    """Everything read from one article, the main event first; no event where it reports no security incident."""

    events: list[EventPart] = Field(max_length=20)
