"""Addresses of « Liste des demandes » and of the forms that the pencils open."""

from django.urls import path

from demandes.views.liste import Liste
from demandes.views.nouvelle import Nouvelle
from demandes.views.suivi import Accuse, PieceDeDemande, Retrait, Suivi

app_name = "demandes"

urlpatterns = [
    path("demandes/", Liste.as_view(), name="liste"),
    path("demandes/nouvelle/<slug:code>/", Nouvelle.as_view(), name="nouvelle"),
    path("enfants/<int:enfant>/demandes/<slug:code>/", Nouvelle.as_view(), name="nouvelle_enfant"),
    path("demandes/<int:pk>/", Suivi.as_view(), name="demande"),
    path("demandes/<int:pk>/accuse/", Accuse.as_view(), name="accuse"),
    path("demandes/<int:pk>/retrait/", Retrait.as_view(), name="retrait"),
    path("demandes/<int:pk>/pieces/<int:piece>/", PieceDeDemande.as_view(), name="piece"),
]
