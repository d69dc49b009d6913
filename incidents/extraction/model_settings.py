"""Where the second extractor's language model is, and how much it may use. Off by default."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class ModelSettings:
    """Where the model is and how much it may use. Prices are money per million tokens, 0 where it runs at home."""

    base_url: str
    model: str
    api_key: str = "none"
    timeout_seconds: float = 60
    retries: int = 2
    max_answer_tokens: int = 4000
    max_article_characters: int = 40_000
    price_in: float = 0
    price_out: float = 0


def settings_from_environment() -> ModelSettings | None:
    """Return the settings from LLM_BASE_URL, LLM_MODEL, LLM_API_KEY and LLM_PRICE_IN/OUT; None where the model is off."""
    base_url, model = os.environ.get("LLM_BASE_URL"), os.environ.get("LLM_MODEL")
    if not base_url or not model:
        return None
    return ModelSettings(
        base_url=base_url,
        model=model,
        api_key=os.environ.get("LLM_API_KEY") or "none",
        price_in=float(os.environ.get("LLM_PRICE_IN") or 0),
        price_out=float(os.environ.get("LLM_PRICE_OUT") or 0),
    )
