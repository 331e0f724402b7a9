"""Addresses of « Liste des demandes » and of the forms that the pencils open."""

from django.urls import path

from demandes import views

app_name = "demandes"

urlpatterns = [
    path("demandes/", views.Liste.as_view(), name="liste"),
    path("demandes/nouvelle/<slug:code>/", views.Nouvelle.as_view(), name="nouvelle"),
    path("enfants/<int:enfant>/demandes/<slug:code>/", views.Nouvelle.as_view(), name="nouvelle_enfant"),
    path("demandes/<int:pk>/", views.Suivi.as_view(), name="demande"),
    path("demandes/<int:pk>/accuse/", views.Accuse.as_view(), name="accuse"),
    path("demandes/<int:pk>/retrait/", views.Retrait.as_view(), name="retrait"),
    path("demandes/<int:pk>/pieces/<int:piece>/", views.PieceDeDemande.as_view(), name="piece"),
]
