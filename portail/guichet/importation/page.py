"""What the pages of an import have in common: whose right it takes, and the file that its agent has sent."""

from typing import ClassVar

from django.shortcuts import get_object_or_404

from famille.connexion.requete import compte_de
from famille.models import FichierAImporter
from francais import pluriel
from portail.guichet.page import PageDAgent
from portail.importation.bilan import Bilan
from portail.importation.importation import Importation
from portail.importation.lecture.fichier import Table


class PageDImportation(PageDAgent):
    """An import writes records, children, money and inscriptions: one right of its own says who may."""

    droits = ("famille.importer_familles",)
    titre = "Importer des familles"
    etape: ClassVar[int] = 1

    def get_context_data(self, **kwargs: object) -> dict:
        return {"etape": self.etape} | super().get_context_data(**kwargs)

    def fichier(self) -> FichierAImporter:
        """Each agent has their own; a file that was imported is no longer there."""
        siens = FichierAImporter.objects.filter(par=compte_de(self.request))
        return get_object_or_404(siens, pk=self.kwargs["pk"])

    def importation(self, fichier: FichierAImporter) -> Importation:
        lu = fichier.table
        table = Table(lu["entetes"], lu["lignes"])  # type: ignore[arg-type]  # as `depot` wrote them
        return Importation(table, fichier.colonnes, fichier.nom, compte_de(self.request))


FAUTES_DITES, ECARTS_DITS = 500, 300


def montrer(bilan: Bilan) -> dict:
    """For the page: the first ones, and how many there are."""
    return {
        "bilan": bilan,
        "fautes": bilan.fautes[:FAUTES_DITES],
        "ecarts": bilan.ecarts[:ECARTS_DITS],
        "nouveaux": [(dit, noms[:ECARTS_DITS], len(noms) - ECARTS_DITS) for dit, noms in bilan.nouveaux],
        "autres_fautes": _reste(len(bilan.fautes) - FAUTES_DITES, "autre erreur", "autres erreurs"),
        "autres_ecarts": _reste(len(bilan.ecarts) - ECARTS_DITS, "autre différence", "autres différences"),
    }


def _reste(combien: int, un: str, plusieurs: str) -> str:
    return pluriel(combien, un, plusieurs) if combien > 0 else ""
