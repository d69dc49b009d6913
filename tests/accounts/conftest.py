"""People with every role, and the ways in which they come."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Slow hashes guard real passwords; here they would only be slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a client in which the person is signed in."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def lead(db: None) -> User:
    user = User.objects.create_user("lead", password="a-long-password-4", email="lead@desk.example")
    user.groups.add(Group.objects.get(name="lead editors"))
    return user


@pytest.fixture
def api_client(db: None) -> User:
    """The account of a program."""
    user = User.objects.create_user("program", password="a-long-password-5")
    user.groups.add(Group.objects.get(name="API clients"))
    return user
