"""The second extractor: a language model at any OpenAI-compatible address. Off unless LLM_BASE_URL and LLM_MODEL are set.

What it returns is a suggestion: a value is accepted only where its quotation is found in the article, numbers only where the
quotation shows them, places only as the gazetteer knows them. The article is data to it, never an instruction.
"""

from incidents.extraction.language_model.client import ModelError, Use
from incidents.extraction.language_model.reading import ModelReading, read_with_model

__all__ = ["ModelError", "ModelReading", "Use", "read_with_model"]
