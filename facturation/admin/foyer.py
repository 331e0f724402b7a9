"""On the pages of a famille, of its titulaire, of its quotients: what its invoices become is said before.

It moves: those to come. Its quotient changes: those to come, and those that are read again.
"""

from datetime import date

from django.db.models import Model

from facturation.campagne.foyer.demenagement import demenagement
from facturation.campagne.foyer.quotient import RepriseDuQuotient
from famille.models import Famille, QuotientFamilial, Responsable
from planning.portee.jours import JoursTouches
from socle.admin.confirmation import PORTEES, Portee, Portees


def d_une_famille(ancien: Model | None, nouveau: Model | None) -> Portees | None:
    if not isinstance(ancien, Famille) or not isinstance(nouveau, Famille):
        return None
    # The page knows its responsables, and its quotients, as they were.
    relu = Famille.objects.get(pk=nouveau.pk)
    touche: list[Portee | None] = [d_un_responsable(ancien.titulaire, relu.titulaire), _des_quotients(ancien, relu)]
    return Portees([portee for portee in touche if portee])


def d_un_responsable(ancien: Model | None, nouveau: Model | None) -> JoursTouches | None:
    if not isinstance(ancien, Responsable) or not isinstance(nouveau, Responsable) or not ancien.est_titulaire:
        return None
    return demenagement(ancien.famille_id, ancien.ville, nouveau.ville)


def d_un_quotient(ancien: Model | None, nouveau: Model | None) -> RepriseDuQuotient | None:
    """Added, changed or deleted."""
    quotients = [quotient for quotient in (ancien, nouveau) if isinstance(quotient, QuotientFamilial)]
    effets = [quotient.date_effet for quotient in quotients]
    return RepriseDuQuotient(quotients[0].famille_id, min(effets)) if effets else None


def _des_quotients(ancien: Famille, nouveau: Famille) -> RepriseDuQuotient | None:
    effets = {effet for effet, _ in _quotients(ancien) ^ _quotients(nouveau)}
    return RepriseDuQuotient(nouveau.pk, min(effets)) if effets else None


def _quotients(famille: Famille) -> set[tuple[date, int]]:
    return {(quotient.date_effet, quotient.valeur) for quotient in famille.quotients.all()}


PORTEES[Famille._meta.label] = d_une_famille
PORTEES[Responsable._meta.label] = d_un_responsable
PORTEES[QuotientFamilial._meta.label] = d_un_quotient
