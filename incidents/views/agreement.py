"""How far editors agree, the readings it is measured on, and how often people changed what the machine read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from incidents import blind, machine_record
from incidents.accounts import may_correct
from incidents.corrections import FIELDS
from incidents.deriving import machine_view
from incidents.forms import FORMS, FieldForm
from incidents.models import BlindAnswer, BlindReading, Incident
from incidents.pages import fields, history
from incidents.pages.reading import Reading
from incidents.roles import Right, has
from incidents.views.account import refused
from incidents.views.review import colleagues
from sources.models import Article

LISTED = 100
ARTICLES = 10  # of an incident, shown to who reads it blind


class AskForm(forms.Form):
    """Which incident, and which two editors."""

    incident = forms.IntegerField(min_value=1, max_value=2**63 - 1, error_messages={"required": gettext_lazy("Give its number.")})
    first = forms.ModelChoiceField(User.objects.none(), empty_label=gettext_lazy("choose"))
    second = forms.ModelChoiceField(User.objects.none(), empty_label=gettext_lazy("choose"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editors = User.objects.filter(pk__in=[editor.pk for editor in colleagues()]).order_by("username")
        for name in ("first", "second"):
            self.fields[name].queryset = editors  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["class"] = "inp"

    def clean_incident(self) -> Incident:
        found = Incident.objects.visible().filter(pk=self.cleaned_data["incident"]).first()
        if found is None:
            raise ValidationError(_("There is no incident of this number."))
        return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest) -> HttpResponse:
    """Show the agreement by field and the readings; a lead editor's POST asks two editors."""
    user = request.user
    if not isinstance(user, User) or not may_correct(user) or (request.method == "POST" and not has(user, Right.LEAD)):
        return refused(request)
    if request.method != "POST":
        return _overview(request, AskForm(initial={"incident": request.GET.get("incident")}))
    form = AskForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            blind.ask(incident=asked["incident"], editors=[asked["first"], asked["second"]], by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. They find it on this page, each without the other's answer."))
            return redirect("agreement")
    return _overview(request, form, status=422)


def _overview(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    mine = BlindAnswer.objects.filter(editor=request.user.pk, answered_at=None).select_related("reading__incident")
    lead = has(request.user, Right.LEAD)
    rows = BlindReading.objects.select_related("incident").prefetch_related("answers__editor")[:LISTED] if lead else []
    context = {
        "figures": [(FIELDS[field].name, figure) for field, figure in blind.field_agreement().items()],
        "mine": mine[:LISTED],
        "readings": [_told(reading) for reading in rows],
        "form": form,
        "may_ask": lead,
    }
    return render(request, "agreement/agreement.html", context, status=status)


def _told(reading: BlindReading) -> dict[str, Any]:
    """Return a reading with who has answered and, once both have, where they differ: each field with both answers."""
    answers = list(reading.answers.all())
    done = len(answers) == 2 and all(answer.values is not None for answer in answers)
    differ = blind.differences(answers[0].values, answers[1].values) if done else []
    sides = [(FIELDS[field].name, [history.in_words(field, answer.values[field]) for answer in answers]) for field in differ]
    return {"reading": reading, "answers": answers, "done": done, "differ": sides}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def blind_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one of the two sees: articles, the machine's values, the form. Nobody else finds it."""
    if not isinstance(request.user, User) or not may_correct(request.user):
        return refused(request)
    mine = get_object_or_404(BlindAnswer.objects.select_related("reading__incident"), reading=pk, editor=request.user)
    if mine.values is not None:
        messages.info(request, _("You have answered already; an answer is final, or it would not be blind."))
        return redirect("agreement")
    incident = machine_view(mine.reading.incident)
    asked = [_form(incident, field, request.POST if request.method == "POST" else None) for field in blind.FIELDS]
    if request.method == "POST" and all(form.is_valid() for form in asked):
        try:
            blind.answer(mine, {field: form.value() for field, form in zip(blind.FIELDS, asked, strict=True)})
        except ValidationError as error:
            asked[0].add_error(None, error)
        else:
            messages.success(request, _("Thank you: your answer is kept."))
            return redirect("agreement")
    return _blind_page(request, incident, mine, asked)


def _form(incident: Incident, field: str, data: Any) -> FieldForm:
    form = FORMS[field](data, initial=fields.initial(incident, field), prefix=field, auto_id="%s")
    for name in ("seen", "evidence", "reason"):
        form.fields.pop(name, None)
    return form


def _blind_page(request: HttpRequest, incident: Incident, mine: BlindAnswer, asked: list[FieldForm]) -> HttpResponse:
    articles = Article.objects.filter(events__incident=incident.pk).distinct().order_by("pk").select_related("source")
    context = {
        "incident": incident,
        "reading": mine.reading,
        "rows": [(field, FIELDS[field].name, form) for field, form in zip(blind.FIELDS, asked, strict=True)],
        "texts": [Reading(article) for article in articles[:ARTICLES]],
    }
    return render(request, "agreement/blind.html", context, status=422 if any(form.errors for form in asked) else 200)


@require_safe
def machine(request: HttpRequest) -> HttpResponse:
    """Show by engine version and field how often people changed what it read."""
    versions = [
        (version.extractor, version.read, [(FIELDS[one.field].name, one) for one in version.shares if one.field in FIELDS])
        for version in machine_record.record()
    ]
    return render(request, "agreement/machine.html", {"versions": versions})
