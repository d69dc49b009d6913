"""Ingest, re-read, correct, merge, split, move, reject, revert and undo in any order: the desk keeps its promises."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.editing.machine import Desk

EXAMPLES = int(os.environ.get("EDITING_EXAMPLES", "4"))
STEPS = int(os.environ.get("EDITING_STEPS", "12"))


@pytest.mark.django_db
def test_desk_keeps_its_promises_in_any_order() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            print_blob=False,
            derandomize="EDITING_EXAMPLES" not in os.environ,
            database=None,
            phases=[Phase.generate],  # what fails is short enough as it is
            suppress_health_check=list(HealthCheck),
        ),
    )
