"""Addresses of the account, the record and the children."""

from django.urls import path

from famille import views, views_compte

app_name = "famille"

urlpatterns = [
    path("connexion/", views_compte.Connexion.as_view(), name="connexion"),
    path("deconnexion/", views_compte.Deconnexion.as_view(), name="deconnexion"),
    path("au-revoir/", views_compte.AuRevoir.as_view(), name="au_revoir"),
    path("session/", views_compte.ProlongerSession.as_view(), name="prolonger_session"),
    path("mot-de-passe/oubli/", views_compte.Oubli.as_view(), name="mot_de_passe_oubli"),
    path("mot-de-passe/oubli/envoye/", views_compte.OubliEnvoye.as_view(), name="mot_de_passe_oubli_envoye"),
    path("mot-de-passe/nouveau/fait/", views_compte.NouveauFait.as_view(), name="mot_de_passe_nouveau_fait"),
    path("mot-de-passe/nouveau/<uidb64>/<token>/", views_compte.Nouveau.as_view(), name="mot_de_passe_nouveau"),
    path("mot-de-passe/changement/", views_compte.Changement.as_view(), name="mot_de_passe_changement"),
    path("mon-compte/", views.MonCompte.as_view(), name="mon_compte"),
    path("enfants/", views.Enfants.as_view(), name="enfants"),
    path("enfants/<int:pk>/", views.FicheEnfant.as_view(), name="enfant"),
]
