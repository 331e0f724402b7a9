"""How far each step has come, in a sentence or two: one query a step."""

from collections.abc import Callable

import francais
from facturation.models import ReportDeTarif
from famille.models import DateDeCertification, PassageDeClasse
from planning.models import Reconduction
from portail.guichet.rentree.annee import periode_de
from portail.guichet.rentree.page import CLASSES, DOCUMENTS, INSCRIPTIONS, TARIFS, Etape
from socle.annee_scolaire import AnneeScolaire


def avancement(etape: Etape, annee: AnneeScolaire) -> str:
    return LECTURES[etape](annee)


def _classes(annee: AnneeScolaire) -> str:
    """Who leaves for collège has none."""
    lots = PassageDeClasse.objects.lots(annee)
    sortants = sum(lot["sortants"] for lot in lots)
    restants = sum(lot["enfants"] for lot in lots) - sortants
    dits = [
        *([francais.pluriel(restants, "enfant a sa classe", "enfants ont leur classe")] if restants else []),
        *([francais.pluriel(sortants, "sortant")] if sortants else []),
    ]
    return ", ".join(dits)


def _inscriptions(annee: AnneeScolaire) -> str:
    faites = Reconduction.objects.de(annee).count()
    return (
        francais.pluriel(faites, "inscription reconduite ou terminée", "inscriptions reconduites ou terminées")
        if faites
        else ""
    )


def _tarifs(annee: AnneeScolaire) -> str:
    reportes = ReportDeTarif.objects.de(annee).count()
    return francais.pluriel(reportes, "tarif reporté", "tarifs reportés") if reportes else ""


def _documents(annee: AnneeScolaire) -> str:
    dates = DateDeCertification.objects.filter(le__range=periode_de(annee)).order_by("le")
    premiere = dates.values_list("le", flat=True).first()
    return f"Dossiers à certifier à partir du {francais.date_courte(premiere)}" if premiere else ""


LECTURES: dict[Etape, Callable[[AnneeScolaire], str]] = {
    CLASSES: _classes,
    INSCRIPTIONS: _inscriptions,
    TARIFS: _tarifs,
    DOCUMENTS: _documents,
}
