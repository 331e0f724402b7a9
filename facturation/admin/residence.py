"""On the page of a famille, or of its titulaire: what its next invoices become if it moves is said before."""

from django.db.models import Model

from facturation.campagne.demenagement import demenagement
from famille.models import Famille, Responsable
from planning.portee.jours import JoursTouches
from socle.admin.confirmation import PORTEES


def d_une_famille(ancien: Model | None, nouveau: Model | None) -> JoursTouches | None:
    if not isinstance(ancien, Famille) or not isinstance(nouveau, Famille):
        return None
    # The page knows its responsables as they were.
    relu = Famille.objects.get(pk=nouveau.pk)
    return d_un_responsable(ancien.titulaire, relu.titulaire)


def d_un_responsable(ancien: Model | None, nouveau: Model | None) -> JoursTouches | None:
    if not isinstance(ancien, Responsable) or not isinstance(nouveau, Responsable) or not ancien.est_titulaire:
        return None
    return demenagement(ancien.famille_id, ancien.ville, nouveau.ville)


PORTEES[Famille._meta.label] = d_une_famille
PORTEES[Responsable._meta.label] = d_un_responsable
