"""Addresses of the planning of a child."""

from django.urls import path

from planning import views

app_name = "planning"

urlpatterns = [
    path("enfants/<int:enfant>/planning/", views.Planning.as_view(), name="planning"),
    path("enfants/<int:enfant>/planning/<int:annee>/<int:mois>/", views.Mois.as_view(), name="mois"),
    path("enfants/<int:enfant>/planning/<int:annee>/<int:mois>/<int:quantieme>/", views.Jour.as_view(), name="jour"),
]
