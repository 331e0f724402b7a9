"""Pages of the shell: accueil, public pages, and what a load balancer asks."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from famille.connexion.requete import FamilleRequise, RequeteDeFamille
from portail.accueil import TableauDuJour
from portail.conservation.durees import durees
from portail.copie import CopieDuDossier
from socle.reglages.couleurs import HEXADECIMALE, est_lisible, feuille
from socle.reglages.logo import image

POUR_TOUJOURS = {"Cache-Control": "public, max-age=31536000, immutable"}
publique = method_decorator(login_not_required, name="dispatch")


class Accueil(FamilleRequise, TemplateView):
    """What matters today."""

    template_name = "portail/accueil.html"

    def get_context_data(self, **kwargs: object) -> dict:
        tableau = TableauDuJour(self.request.famille, self.request.user, le=timezone.localdate())
        return super().get_context_data(
            **kwargs,
            alertes=tableau.alertes,
            enfants=tableau.enfants,
            etapes=tableau.etapes,
            fin=tableau.fin,
            nouvelles=tableau.nouvelles,
            impayees=tableau.impayees,
            total_impaye=tableau.total_impaye,
        )


class MesDonnees(FamilleRequise, View):
    """All that the portal holds on the famille, to keep or to take elsewhere."""

    def get(self, request: RequeteDeFamille) -> FileResponse:
        copie = CopieDuDossier(request.famille, pour=request.responsable)
        # No computer keeps it but by its reader's choice.
        entetes = {"Cache-Control": "private, no-store"}
        return FileResponse(copie.en_zip(), as_attachment=True, filename=copie.nom, headers=entetes)


@publique
class Couleurs(View):
    """The style sheet of one colour: its address says which, so that it never changes."""

    def get(self, request: HttpRequest, couleur: str) -> HttpResponse:
        if not HEXADECIMALE.fullmatch(couleur) or not est_lisible(couleur):
            raise Http404
        return HttpResponse(feuille(couleur), content_type="text/css", headers=POUR_TOUJOURS)


@publique
class Logo(View):
    """The centre's. Its address is its own: another logo has another."""

    def get(self, request: HttpRequest, empreinte: str) -> HttpResponse:
        contenu = image(empreinte)
        if contenu is None:
            raise Http404
        return HttpResponse(contenu, content_type="image/png", headers=POUR_TOUJOURS)


@publique
class VilleDeDemonstration(TemplateView):
    """The site of the demo's town, where « Déconnexion » leads. A real town has its own."""

    template_name = "portail/ville.html"


@publique
class Accessibilite(TemplateView):
    template_name = "portail/accessibilite.html"


@publique
class MentionsLegales(TemplateView):
    template_name = "portail/mentions_legales.html"


@publique
class DonneesPersonnelles(TemplateView):
    template_name = "portail/donnees_personnelles.html"

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(**kwargs, durees=durees())


@login_not_required
def sante(request: HttpRequest) -> HttpResponse:
    """200 if the portal and its database answer, 503 otherwise. Says nothing else."""
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
    except Error:
        return HttpResponse("indisponible", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
