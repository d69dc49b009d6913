"""Every address of the desk."""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

# Each registers its models; autodiscovery is off (see INSTALLED_APPS).
import geo.admin
import incidents.admin
import sources.admin
from incidents.views.password import administration_sign_in

# What is refused or fails before a view could say so: the API tells it in problem documents, everything else in pages.
handler400 = "incidents.api.errors.bad_request"
handler500 = "incidents.api.errors.server_error"
ADMINS = (auth_admin, geo.admin, incidents.admin, sources.admin)


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" while the database does: what health checks ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("api/", include("incidents.api.urls")),  # first: programs ask most
    path("", include("incidents.urls")),
    path("admin/login/", administration_sign_in, name="administration-sign-in"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
