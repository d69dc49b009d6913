"""Talking to the model: bounded in time, tokens, retries and cost."""

from dataclasses import dataclass
from typing import Any, cast

import openai
from pydantic import ValidationError

from incidents.extraction.language_model.answer import Answer
from incidents.extraction.language_model.prompt import messages
from incidents.extraction.language_model.schema import answer_schema
from incidents.extraction.model_settings import ModelSettings
from incidents.extraction.values import Document


class ModelError(Exception):
    """The model gave nothing usable; the message says what happened."""


@dataclass(frozen=True)
class Use:
    """What one reading used."""

    tokens_in: int
    tokens_out: int
    cost: float


def ask(document: Document, settings: ModelSettings) -> tuple[Answer, Use]:
    """Send one article and return the validated answer with what it cost.

    Raises ModelError where the server cannot be reached, answers with an error, stops short, or breaks the schema.
    """
    client = openai.OpenAI(
        base_url=settings.base_url, api_key=settings.api_key, timeout=settings.timeout_seconds, max_retries=settings.retries
    )
    schema = {"name": "incidents", "strict": True, "schema": answer_schema()}
    try:
        with client:
            done = client.chat.completions.create(
                model=settings.model,
                messages=cast(Any, messages(document)),
                response_format=cast(Any, {"type": "json_schema", "json_schema": schema}),
                max_tokens=settings.max_answer_tokens,
                temperature=0,
            )
    except openai.OpenAIError as error:
        raise ModelError(f"{settings.model} at {settings.base_url}: {type(error).__name__}: {error}") from error
    used = _use(done.usage, settings)
    choice = done.choices[0] if done.choices else None
    if choice is None or choice.finish_reason == "length" or not choice.message.content:
        raise ModelError(f"{settings.model}: the answer was empty or cut off after {used.tokens_out} tokens")
    try:
        return Answer.model_validate_json(choice.message.content), used
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the answer"
        raise ModelError(f"{settings.model}: {where}: {first['msg']}") from error


def _use(usage: Any, settings: ModelSettings) -> Use:
    tokens_in = getattr(usage, "prompt_tokens", 0) or 0
    tokens_out = getattr(usage, "completion_tokens", 0) or 0
    return Use(tokens_in, tokens_out, (tokens_in * settings.price_in + tokens_out * settings.price_out) / 1_000_000)
