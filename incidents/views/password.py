"""Changing a password, and setting a new one by a link sent by mail. Django's own views, with our pages and limits."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordResetForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from incidents import failures, sessions
from incidents.models import SignedIn

TOO_MANY = gettext_noop("Too many links were asked for. Try again in %s minutes.")


class ChangePassword(views.PasswordChangeView):
    """Takes the old password; every other session of the account ends with it."""

    template_name = "account/password.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        sessions.end(list(SignedIn.objects.filter(user=form.user)))  # this one has got a new number by now
        sessions.remember(self.request, form.user)
        messages.success(self.request, _("Your password is changed. Everywhere else you have to sign in again."))
        return response


@method_decorator(login_not_required, name="dispatch")
class AskForLink(views.PasswordResetView):
    """Sends a link to the account's address. Says the same whether there is such an account or not."""

    template_name = "account/forgotten.html"
    email_template_name = "account/forgotten_mail.txt"
    subject_template_name = "account/forgotten_subject.txt"
    success_url = reverse_lazy("link-sent")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        who, address = f"mail to {form.cleaned_data['email']}", str(self.request.META.get("REMOTE_ADDR", ""))
        if failures.too_many(who, address):
            form.add_error(None, _(TOO_MANY) % (failures.WINDOW // 60))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        failures.count(who, address)
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class LinkSent(views.PasswordResetDoneView):
    template_name = "account/link_sent.html"


@method_decorator(login_not_required, name="dispatch")
class NewPassword(views.PasswordResetConfirmView):
    """Sets a new password by the link, which works once and for three days."""

    template_name = "account/new_password.html"
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        sessions.end(list(SignedIn.objects.filter(user=form.user)))
        messages.success(self.request, _("Your new password is set: sign in with it."))
        return response


@login_not_required
def administration_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration has no sign-in of its own: the desk's counts failed attempts, this one would not."""
    if request.user.is_authenticated and request.user.is_staff:
        return redirect("admin:index")
    if request.user.is_authenticated:
        why = _("The administration is for administrators; your account is none.")
        return render(request, "errors/403.html", {"why": why}, status=403)
    return redirect(f"{reverse('sign-in')}?{request.GET.urlencode()}")
