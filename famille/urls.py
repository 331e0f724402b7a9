"""Addresses of the account, the record and the children."""

from django.urls import path

from famille.views import connexion, dossier, mot_de_passe, preferences, second_facteur

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
    path("second-facteur/", second_facteur.MaSecurite.as_view(), name="second_facteur"),
    path("second-facteur/code/", second_facteur.Code.as_view(), name="second_facteur_code"),
    path("second-facteur/cle/", second_facteur.NouvelleCle.as_view(), name="second_facteur_cle"),
    path("second-facteur/activation/", second_facteur.Activation.as_view(), name="second_facteur_activation"),
    path("second-facteur/codes/", second_facteur.NouveauxCodes.as_view(), name="second_facteur_codes"),
    path("second-facteur/retrait/", second_facteur.Retrait.as_view(), name="second_facteur_retrait"),
    path(
        "second-facteur/appareils/<int:pk>/retrait/",
        second_facteur.RetraitDAppareil.as_view(),
        name="second_facteur_appareil",
    ),
    path("preferences/", preferences.Preferences.as_view(), name="preferences"),
    path("preferences/lien/", preferences.LienDAdresse.as_view(), name="lien_d_adresse"),
    path("preferences/adresse/<str:jeton>/", preferences.Adresse.as_view(), name="adresse"),
    path("mon-compte/", dossier.MonCompte.as_view(), name="mon_compte"),
    path("enfants/", dossier.Enfants.as_view(), name="enfants"),
    path("enfants/<int:pk>/", dossier.FicheEnfant.as_view(), name="enfant"),
]
