"""Signing in and out: by password, and by a link that works once."""

from urllib.parse import urlencode

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from incidents import failures
from incidents.accounts import user_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password. After too many failures even the right password has to wait."""
    after = _after(request)
    if request.user.is_authenticated and request.method != "POST":
        return redirect(after)
    if request.method != "POST":
        return render(request, "account/sign_in.html", {"form": _form(request), "next": after})
    name, address = request.POST.get("username", ""), str(request.META.get("REMOTE_ADDR", ""))
    if failures.too_many(name, address):
        context = {"form": _form(request, name), "next": after, "wait": failures.WINDOW // 60}
        return render(request, "account/sign_in.html", context, status=429)
    form = AuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        failures.count(name, address)
        return render(request, "account/sign_in.html", {"form": form, "next": after}, status=422)
    failures.forget(name, address)
    login(request, form.get_user())
    return redirect(after)


def _form(request: HttpRequest, name: str = "") -> AuthenticationForm:
    return AuthenticationForm(request, initial={"username": name})


def _after(request: HttpRequest) -> str:
    """Return where to go afterwards: a page of this desk, the desk itself for anything else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours else reverse("desk")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link. Opening it shows a button, so that a previewing mail program does not use it up."""
    if request.method != "POST":
        user = user_of(token)
        return render(request, "account/enter.html", {"who": user}, status=200 if user else 410)
    with transaction.atomic():
        user = user_of(token, lock=True)
        if user:
            login(request, user, backend=BACKEND)
    if user is None:
        return render(request, "account/enter.html", {"who": None}, status=410)
    return HttpResponseRedirect(reverse("desk"))


def refused(request: HttpRequest) -> HttpResponse:
    """Answer somebody who may not correct: to the sign-in, or with what is missing."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('sign-in')}?{_next_of(request)}")
    words = _("Your account may read, not correct. An administrator can add it to the group “editors”.")
    return render(request, "errors/403.html", {"why": words}, status=403)


def _next_of(request: HttpRequest) -> str:
    return urlencode({"next": request.headers.get("referer", "") if request.method == "POST" else request.get_full_path()})
