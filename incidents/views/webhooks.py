"""One webhook: its secret, its delivery log, and what its owner can do about it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from incidents.alerts import delivering
from incidents.models import Delivery, Webhook
from incidents.views.searches import owner_of

SHOWN = 50


def _mine(request: HttpRequest, pk: int) -> Webhook:
    return get_object_or_404(Webhook.objects.select_related("search"), pk=pk, search__owner=owner_of(request))


@never_cache
@login_required
@require_safe
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a webhook with its deliveries, the newest first."""
    hook = _mine(request, pk)
    page = Paginator(hook.deliveries.all(), SHOWN).get_page(request.GET.get("page"))
    context = {
        "hook": hook,
        "deliveries": page,
        "logs": [(one, _log(one)) for one in page],
        "waiting": hook.deliveries.filter(state=Delivery.State.WAITING).count(),
        "old_until": hook.old_secret_until if len(hook.secrets(timezone.now())) > 1 else None,
    }
    return render(request, "searches/webhook.html", context)


def _log(delivery: Delivery) -> list[dict[str, object]]:
    return [attempt | {"at": parse_datetime(attempt["at"])} for attempt in delivery.attempts]


def _test(hook: Webhook) -> str:
    delivering.send_test(hook)
    return _("A test message is on its way.")


def _rotate(hook: Webhook) -> str:
    delivering.rotate(hook)
    return _("There is a new secret. For a day, messages are signed with both.")


def _pause(hook: Webhook) -> str:
    delivering.pause(hook)
    return _("Paused: messages wait here.")


def _resume(hook: Webhook) -> str:
    delivering.resume(hook)
    return _("Messages go out again, beginning with those that waited.")


ACTIONS: dict[str, Callable[[Webhook], str]] = {"test": _test, "rotate": _rotate, "pause": _pause, "resume": _resume}


@login_required
@require_POST
def webhook_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Send a test, rotate the secret, pause, resume."""
    hook = _mine(request, pk)
    if action not in ACTIONS:
        raise Http404
    messages.success(request, ACTIONS[action](hook))
    return redirect("webhook", pk)


@login_required
@require_POST
def delete_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """Post there no more; what waits is dropped."""
    hook = _mine(request, pk)
    hook.delete()
    messages.success(request, _("The webhook is deleted."))
    return redirect(hook.search)


@login_required
@require_POST
def replay_delivery(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Send a message again."""
    delivering.replay(get_object_or_404(_mine(request, pk).deliveries, pk=message))
    messages.success(request, _("The message goes out again, under its own id."))
    return redirect("webhook", pk)
