"""What people do to incidents: each action checks, writes and records in one transaction, and can be undone.

Every function takes the person as `user` and a `reason`, raises ValidationError with clear words (Conflict, a kind of it, where
the incident changed since `expected_version`), and then has written nothing. docs/editing.md explains what lies beneath.
"""

from incidents.corrections import FIELDS
from incidents.editing.acting import Conflict
from incidents.editing.adding import add_incident, add_place
from incidents.editing.dating import date_article
from incidents.editing.deciding import not_same
from incidents.editing.fields import correct, take_back
from incidents.editing.merging import Preview, merge, merge_preview
from incidents.editing.reports import Report, add_event, correct_event, reject_event
from incidents.editing.reverting import revert_field
from incidents.editing.splitting import Made, move, split, split_preview
from incidents.editing.states import confirm, delete, restore
from incidents.editing.undoing import Reverted, revert_account, undo

__all__ = [
    "FIELDS",
    "Conflict",
    "Made",
    "Preview",
    "Report",
    "Reverted",
    "add_event",
    "add_incident",
    "add_place",
    "confirm",
    "correct",
    "correct_event",
    "date_article",
    "delete",
    "merge",
    "merge_preview",
    "move",
    "not_same",
    "reject_event",
    "restore",
    "revert_account",
    "revert_field",
    "split",
    "split_preview",
    "take_back",
    "undo",
]
