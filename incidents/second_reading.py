"""The language model's reading of an article, beside the engine's own. Off unless LLM_BASE_URL and LLM_MODEL are set."""

import logging
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from incidents.extraction import Document
from incidents.extraction.model_settings import settings_from_environment
from incidents.models import ModelUse
from incidents.recording import record_events
from sources.models import Article

if TYPE_CHECKING:  # the client library takes a second to load: only where a model is configured
    from incidents.extraction.language_model import ModelReading

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What came of asking the model: a reading, or the error instead."""

    model: str
    reading: "ModelReading | None"
    error: str = ""


def ask(document: Document) -> Suggestion | None:
    """Let the model read the document; None where none is configured. Takes up to minutes: call it outside a transaction.

    A model that fails costs nothing but its suggestion: the engine's own reading stands.
    """
    settings = settings_from_environment()
    if settings is None:
        return None
    from incidents.extraction.language_model import ModelError, read_with_model

    try:
        return Suggestion(settings.model, read_with_model(document, settings))
    except ModelError as error:
        logger.warning("document %s: %s", document.id, error)
        return Suggestion(settings.model, None, str(error))


def record(article: Article, suggestion: Suggestion) -> None:
    """Keep what the model read and what it used. Call in a transaction."""
    use = ModelUse(article=article, model=suggestion.model[:100], error=suggestion.error[:500])
    if reading := suggestion.reading:
        record_events(article, reading.record)
        use.tokens_in, use.tokens_out = reading.use.tokens_in, reading.use.tokens_out
        use.cost, use.dropped = Decimal(str(round(reading.use.cost, 6))), list(reading.dropped)
    use.save()
