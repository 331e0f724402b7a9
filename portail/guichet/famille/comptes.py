"""The money of a famille, for those who may see invoices: balance by régie, what is unpaid, the statement of a year."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

import francais
from facturation.compte.operations_affichees import OperationAffichee
from facturation.compte.releve import ReleveDeCompte
from facturation.models.operation import Operation
from facturation.papiers.releve import ecrire_csv, imprimer_releve
from facturation.papiers.telechargement import montrer
from portail.guichet.famille.page import PageDeFamille
from socle.annee_scolaire import AnneeScolaire

ENCAISSER = "facturation.add_reglement"


@dataclass(frozen=True)
class Ligne:
    """An operation, with its page where this agent may open it."""

    operation: OperationAffichee
    fiche: str


@dataclass(frozen=True)
class Solde:
    regie: str
    montant: Decimal

    @property
    def dit(self) -> str:
        if not self.montant:
            return "à jour"
        sens = "doit" if self.montant > 0 else "a d’avance"
        return f"{sens} {francais.euros(abs(self.montant))}"


class PageDeComptes(PageDeFamille):
    """`?annee=2014-2015`; this school year without it."""

    onglet = "guichet_famille_comptes"
    http_method_names = ["get", "head"]

    def releve(self) -> ReleveDeCompte:
        """404 for what is no school year."""
        self.exiger_un_droit()
        aujourd_hui, texte = timezone.localdate(), self.request.GET.get("annee", "")
        annee = AnneeScolaire.lire(texte) if texte else AnneeScolaire.de(aujourd_hui)
        if annee is None:
            raise Http404
        return ReleveDeCompte(self.lire_la_famille(), annee, au=aujourd_hui).lire()


class ComptesDeFamille(PageDeComptes):
    chemin = "guichet/famille/<int:pk>/comptes/"
    nom = "guichet_famille_comptes"
    template_name = "admin/guichet/famille/comptes.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        releve = self.releve()
        encaisser = reverse("admin:facturation_reglement_add", query={"famille": self.famille.pk})
        contexte = self.get_context_data(
            releve=releve,
            soldes=[Solde(*solde) for solde in releve.soldes],
            impayees=[(facture, self._fiche(facture.facture)) for facture in releve.impayees],
            lignes=[Ligne(operation, self._fiche(operation.operation)) for operation in releve.operations],
            encaisser=encaisser if self.peut(ENCAISSER) else "",
        )
        return self.render_to_response(contexte)

    def _fiche(self, operation: Operation | None) -> str:
        if operation is None or not self.peut(f"facturation.view_{operation._meta.model_name}"):
            return ""
        return reverse(f"admin:facturation_{operation._meta.model_name}_change", args=[operation.pk])


class ComptesEnCsv(PageDeComptes):
    chemin = "guichet/famille/<int:pk>/comptes/csv/"
    nom = "guichet_famille_comptes_csv"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        releve = self.releve()
        reponse = HttpResponse(ecrire_csv(releve), content_type="text/csv; charset=utf-8")
        nom = f"releve-{self.famille.numero}-{releve.annee}.csv"
        reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
        return reponse


class ComptesEnPdf(PageDeComptes):
    chemin = "guichet/famille/<int:pk>/comptes/pdf/"
    nom = "guichet_famille_comptes_pdf"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        releve = self.releve()
        pdf = imprimer_releve(releve, le=timezone.localdate())
        return montrer(pdf, f"releve-{self.famille.numero}-{releve.annee}")
