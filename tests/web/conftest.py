"""People in front of a browser that reads HTML without scripts."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _as_on_a_new_desk(fresh_cache: None, quick_passwords: None) -> None:
    """No page or sign-in that another test has counted, and quick sign-ins."""


@pytest.fixture(autouse=True)
def _open_texts(settings: Any) -> None:
    """Everybody sees whole articles here; who else may is tests/accounts' matter."""
    settings.ARTICLE_TEXT = "open"
