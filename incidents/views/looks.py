"""The reader's looks without scripts: theme and contrast in cookies."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from incidents.templatetags.frame import LOOKS

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def looks(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to the page; an unknown value means the system's own."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, allowed in LOOKS.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
        elif value is not None:
            response.delete_cookie(name)
    return response
