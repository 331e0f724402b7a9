"""The portal's addresses, and an empty page for whoever is logged in: what a page costs before it does anything."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def vide(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [path("vide/", vide, name="vide"), path("", include("portail.urls"))]
