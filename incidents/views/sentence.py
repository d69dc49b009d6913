"""Where one number comes from: the sentence behind it, as a piece of page that opens in place."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from incidents.accounts import may_correct
from incidents.extraction.values import OUTCOMES
from incidents.models import Incident
from incidents.pages import claims
from incidents.pages.dossier import Dossier

BESIDE = 2  # rival statements shown with the best one


@require_safe
def sentence(request: HttpRequest, pk: int, outcome: str) -> HttpResponse:
    """Answer with the statement that the best figure follows and those beside it; 404 for an unknown incident or outcome."""
    if outcome not in OUTCOMES:
        raise Http404
    found = get_object_or_404(Incident.objects.visible(), pk=pk)
    dossier = Dossier(found)
    group = next((group for group in claims.groups(dossier) if group.outcome == outcome), None)
    live = [claim for claim in group.claims if not claim.is_past] if group else []
    best = next((claim for claim in live if claim.is_best), live[0] if live else None)
    context = {
        "incident": found,
        "group": group,
        "best": best,
        "beside": [claim for claim in live if claim is not best][:BESIDE],
        "override": dossier.overrides.get(outcome),
        "outcome": outcome,
        "may_correct": may_correct(request.user),
    }
    return render(request, "desk/sentence.html", context)
