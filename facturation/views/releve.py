"""« Relevé de compte »: as a page, as a PDF, and for a spreadsheet."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from facturation.compte.releve import ReleveDeCompte
from facturation.papiers.releve import ecrire_csv, imprimer_releve
from facturation.papiers.telechargement import montrer
from famille.connexion.requete import FamilleRequise, RequeteDeFamille
from socle.annee_scolaire import AnneeScolaire


def releve_demande(request: RequeteDeFamille) -> ReleveDeCompte:
    """The statement of `?annee=2014-2015`, of this school year without it. 404 for what is no school year."""
    aujourd_hui = timezone.localdate()
    texte = request.GET.get("annee", "")
    annee = AnneeScolaire.lire(texte) if texte else AnneeScolaire.de(aujourd_hui)
    if annee is None:
        raise Http404
    return ReleveDeCompte(request.famille, annee, au=aujourd_hui).lire()


# The three entries of the guide. One at a time: an operation is a line of the page, once.
VOLETS = {"factures": "Mes factures", "reglements": "Mes règlements", "compte": "Informations compte"}


class Releve(FamilleRequise, TemplateView):
    """« Relevé de compte ». `?voir=factures` or `reglements`: those alone, with what one does with them."""

    template_name = "facturation/releve.html"

    def get_context_data(self, **kwargs: object) -> dict:
        voir = self.request.GET.get("voir", "compte")
        if voir not in VOLETS:
            raise Http404
        return super().get_context_data(
            **kwargs, releve=releve_demande(self.request), volets=VOLETS.items(), voir=voir, titre_du_volet=VOLETS[voir]
        )


class ReleveCsv(FamilleRequise, View):
    def get(self, request: RequeteDeFamille) -> HttpResponse:
        releve = releve_demande(request)
        reponse = HttpResponse(ecrire_csv(releve), content_type="text/csv; charset=utf-8")
        reponse["Content-Disposition"] = f'attachment; filename="releve-{releve.annee}.csv"'
        return reponse


class RelevePdf(FamilleRequise, View):
    def get(self, request: RequeteDeFamille) -> HttpResponse:
        releve = releve_demande(request)
        return montrer(imprimer_releve(releve, le=timezone.localdate()), f"releve-{releve.annee}")
