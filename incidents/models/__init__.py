"""The rows of what happened."""

from incidents.models.access import ApiKey, SignedIn
from incidents.models.actions import Action, Tombstone, Verdict
from incidents.models.alerts import Delivery, Held, Notice, SavedSearch, Webhook
from incidents.models.blind import BlindAnswer, BlindReading
from incidents.models.editing import Change, MatchProposal, Override, ReviewItem, Revision
from incidents.models.events import Actor, Count, Event, Participation
from incidents.models.incidents import SEARCH_CONFIG, Incident
from incidents.models.pushes import Push
from incidents.models.readings import ModelUse, ReadingRun
from incidents.models.review import ReviewCase

__all__ = [
    "SEARCH_CONFIG",
    "Action",
    "Actor",
    "ApiKey",
    "BlindAnswer",
    "BlindReading",
    "Change",
    "Count",
    "Delivery",
    "Event",
    "Held",
    "Incident",
    "MatchProposal",
    "ModelUse",
    "Notice",
    "Override",
    "Participation",
    "Push",
    "ReadingRun",
    "ReviewCase",
    "ReviewItem",
    "Revision",
    "SavedSearch",
    "SignedIn",
    "Tombstone",
    "Verdict",
    "Webhook",
]
