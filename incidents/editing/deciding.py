"""The same, or not the same: a person's word on two incidents, which is remembered."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.editing.acting import Act, Kind, acting, standing
from incidents.models import Action, Incident, MatchProposal, ReviewItem, Verdict
from incidents.verdicts import not_same_as, parts_of

DUPLICATE = "possible_duplicate"
State = MatchProposal.State


def not_same(*, one: Incident, other: Incident, user: User, reason: str = "") -> Action:
    """Remember that two incidents are not the same: they are never proposed to be, nor joined by the machine.

    Raises ValidationError for an incident and itself, and for one that was merged or deleted. For "the same" see merge.
    """
    with acting(Kind.NOT_SAME, user, reason, moves_events=True) as act:
        if one.pk == other.pk:
            raise ValidationError(_("Choose two incidents: this is one and the same."), code="self")
        say(act, standing(one), standing(other), same=False)
        act.touch(one, other)
    return act.action


def say(act: Act, one: Incident, other: Incident, *, same: bool) -> None:
    """Write the verdict down and settle the proposals between the two, as part of an action."""
    low, high = sorted((one.pk, other.pk))
    verdict, _new = Verdict.objects.get_or_create(one_id=low, other_id=high, defaults={"user": act.action.user})
    act.set(verdict, same=same, user_id=act.action.user_id, at=timezone.now())
    state = State.SAME if same else State.DIFFERENT
    for proposal in _proposals(one, other):
        act.set(proposal, state=state, decided_by_id=act.action.user_id)
    for incident in (one, other):
        _close(act, incident)


def _proposals(one: Incident, other: Incident) -> list[MatchProposal]:
    mine, theirs = parts_of([one.pk]), parts_of([other.pk])
    between = Q(event__incident__in=mine, incident__in=theirs) | Q(event__incident__in=theirs, incident__in=mine)
    return list(MatchProposal.objects.filter(between).order_by("pk"))


def settle(act: Act, incident: Incident) -> None:
    """Close what is proposed between an incident, with all that just became part of it, and those it is said not to be."""
    others = not_same_as(incident.pk)
    if not others:
        return
    mine, theirs = parts_of([incident.pk]), parts_of(others)
    between = Q(event__incident__in=mine, incident__in=theirs) | Q(event__incident__in=theirs, incident__in=mine)
    for proposal in MatchProposal.objects.filter(between, state=State.OPEN).order_by("pk"):
        act.set(proposal, state=State.DIFFERENT, decided_by_id=act.action.user_id)
        act.touch(proposal.incident_id)


def _close(act: Act, incident: Incident) -> None:
    """Take the incident off the list of possible duplicates where nothing is open any more."""
    if MatchProposal.objects.filter(Q(event__incident=incident) | Q(incident=incident), state=State.OPEN).exists():
        return
    for item in ReviewItem.objects.filter(incident=incident, reason=DUPLICATE, state=ReviewItem.State.OPEN):
        act.set(item, state=ReviewItem.State.DONE)
