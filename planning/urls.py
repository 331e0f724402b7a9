"""Addresses of the planning of a child."""

from django.urls import path

from planning import views

app_name = "planning"

MOIS = "enfants/<int:enfant>/planning/<int:annee>/<int:mois>/"

urlpatterns = [
    path("enfants/<int:enfant>/planning/", views.Planning.as_view(), name="planning"),
    path(MOIS, views.Mois.as_view(), name="mois"),
    path(f"{MOIS}<int:quantieme>/", views.Jour.as_view(), name="jour"),
    path(f"{MOIS}<slug:action>/", views.Choix.as_view(), name="choix"),
]
