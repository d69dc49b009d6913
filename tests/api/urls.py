from django.urls import include, path

urlpatterns = [path("api/", include("incidents.api.urls")), path("", include("incidents.urls"))]
