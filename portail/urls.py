"""Addresses of the portal. Those listed in docs/architecture.md stay."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portail import views
from portail.certification.page import CertificationDuDossier
from portail.pieces.page import EnvoiDePiece, FichierDeLaFamille, Pieces

urlpatterns = [
    path("", views.Accueil.as_view(), name="accueil"),
    path("mon-compte/certification/", CertificationDuDossier.as_view(), name="certification"),
    path("mon-compte/pieces/", Pieces.as_view(), name="pieces"),
    path("mon-compte/pieces/<int:piece>/", EnvoiDePiece.as_view(), name="piece"),
    path("mon-compte/pieces/<int:piece>/enfants/<int:enfant>/", EnvoiDePiece.as_view(), name="piece_enfant"),
    path("mon-compte/pieces/fichiers/<int:pk>/", FichierDeLaFamille.as_view(), name="piece_fichier"),
    path("mon-compte/donnees/", views.MesDonnees.as_view(), name="mes_donnees"),
    path("sante/", views.sante, name="sante"),
    path("accessibilite/", views.Accessibilite.as_view(), name="accessibilite"),
    path("mentions-legales/", views.MentionsLegales.as_view(), name="mentions_legales"),
    path("donnees-personnelles/", views.DonneesPersonnelles.as_view(), name="donnees_personnelles"),
    path("couleurs/<str:couleur>.css", views.Couleurs.as_view(), name="couleurs"),
    path("logo/<str:empreinte>.png", views.Logo.as_view(), name="logo"),
    path("", include("famille.urls")),
    path("", include("planning.urls")),
    path("", include("facturation.urls")),
    path("", include("messagerie.urls")),
    path("", include("demandes.urls")),
    path("admin/", admin.site.urls),
]

if settings.TIPI_FACTICE:
    urlpatterns.append(path("", include("facturation.tipi.factice.urls")))

if settings.MODE == "demo":
    urlpatterns.append(path("ville/", views.VilleDeDemonstration.as_view(), name="ville"))

if settings.DEBUG:
    from portail.developpement import galerie

    urlpatterns += galerie.urlpatterns
