"""Addresses of the account, the record and the children."""

from django.urls import path

from famille.views import connexion, dossier, mot_de_passe, preferences

app_name = "famille"

urlpatterns = [
    path("connexion/", connexion.Connexion.as_view(), name="connexion"),
    path("deconnexion/", connexion.Deconnexion.as_view(), name="deconnexion"),
    path("au-revoir/", connexion.AuRevoir.as_view(), name="au_revoir"),
    path("session/", connexion.ProlongerSession.as_view(), name="prolonger_session"),
    path("mot-de-passe/oubli/", mot_de_passe.Oubli.as_view(), name="mot_de_passe_oubli"),
    path("mot-de-passe/oubli/envoye/", mot_de_passe.OubliEnvoye.as_view(), name="mot_de_passe_oubli_envoye"),
    path("mot-de-passe/nouveau/fait/", mot_de_passe.NouveauFait.as_view(), name="mot_de_passe_nouveau_fait"),
    path("mot-de-passe/nouveau/<uidb64>/<token>/", mot_de_passe.Nouveau.as_view(), name="mot_de_passe_nouveau"),
    path("mot-de-passe/changement/", mot_de_passe.Changement.as_view(), name="mot_de_passe_changement"),
    path("preferences/", preferences.Preferences.as_view(), name="preferences"),
    path("preferences/lien/", preferences.LienDAdresse.as_view(), name="lien_d_adresse"),
    path("preferences/adresse/<str:jeton>/", preferences.Adresse.as_view(), name="adresse"),
    path("mon-compte/", dossier.MonCompte.as_view(), name="mon_compte"),
    path("enfants/", dossier.Enfants.as_view(), name="enfants"),
    path("enfants/<int:pk>/", dossier.FicheEnfant.as_view(), name="enfant"),
]
