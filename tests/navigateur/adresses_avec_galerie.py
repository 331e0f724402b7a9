"""The addresses of the portal, and the gallery that only developers see."""

from django.urls import path

from portail.developpement.galerie import Galerie
from portail.urls import urlpatterns as adresses

urlpatterns = [*adresses, path("galerie/", Galerie.as_view(), name="galerie")]
