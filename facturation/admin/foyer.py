"""On the pages of a famille, of its titulaire, of its quotients: what its invoices become is said before.

It moves: those to come. Its quotient changes: those to come, and those that are read again.
"""

from datetime import date

from facturation.campagne.foyer.demenagement import demenagement
from facturation.campagne.foyer.quotient import RepriseDuQuotient
from famille.models import Famille, QuotientFamilial, Responsable
from planning.portee.jours import JoursTouches
from socle.admin.confirmation import Portee, Portees, Retombee


class DUneFamille(Retombee[Famille]):
    modele = Famille

    def portee(self, ancien: Famille | None, nouveau: Famille | None) -> Portees | None:
        if ancien is None or nouveau is None:
            return None
        # The page knows its responsables, and its quotients, as they were.
        relu = Famille.objects.get(pk=nouveau.pk)
        touche: list[Portee | None] = [_du_titulaire(ancien.titulaire, relu.titulaire), _des_quotients(ancien, relu)]
        return Portees([portee for portee in touche if portee])


class DUnResponsable(Retombee[Responsable]):
    modele = Responsable

    def portee(self, ancien: Responsable | None, nouveau: Responsable | None) -> JoursTouches | None:
        return _du_titulaire(ancien, nouveau)


class DUnQuotient(Retombee[QuotientFamilial]):
    """Added, changed or deleted."""

    modele = QuotientFamilial

    def portee(self, ancien: QuotientFamilial | None, nouveau: QuotientFamilial | None) -> RepriseDuQuotient | None:
        quotients = [quotient for quotient in (ancien, nouveau) if quotient]
        effets = [quotient.date_effet for quotient in quotients]
        return RepriseDuQuotient(quotients[0].famille_id, min(effets)) if effets else None


def _du_titulaire(ancien: Responsable | None, nouveau: Responsable | None) -> JoursTouches | None:
    if ancien is None or nouveau is None or not ancien.est_titulaire:
        return None
    return demenagement(ancien.famille_id, ancien.ville, nouveau.ville)


def _des_quotients(ancien: Famille, nouveau: Famille) -> RepriseDuQuotient | None:
    effets = {effet for effet, _ in _quotients(ancien) ^ _quotients(nouveau)}
    return RepriseDuQuotient(nouveau.pk, min(effets)) if effets else None


def _quotients(famille: Famille) -> set[tuple[date, int]]:
    return {(quotient.date_effet, quotient.valeur) for quotient in famille.quotients.all()}
