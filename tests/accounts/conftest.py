"""People with every role, and the ways in which they come."""

import pytest
from django.contrib.auth.models import Group, User


@pytest.fixture(autouse=True)
def _as_on_a_new_desk(fresh_cache: None, quick_passwords: None) -> None:
    """No page or sign-in that another test has counted, and quick sign-ins."""


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
