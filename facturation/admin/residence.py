"""A famille that moves into the town, or out of it: what its next invoices become is said to the agent before."""

from django.db.models import Model

from facturation.prix.residence import habite_la_commune
from famille.models import Famille, Responsable
from planning.models import Prestation
from planning.portee.jours import JoursTouches, desormais
from socle.admin.confirmation import PORTEES


def demenagement(ancien: Model | None, nouveau: Model | None) -> JoursTouches | None:
    """Of the famille's page, or of its titulaire's. None: it pays the same prices as before."""
    if ancien is None or nouveau is None or _habite(ancien) == _habite(nouveau, relu=True):
        return None
    famille = ancien.famille_id if isinstance(ancien, Responsable) else ancien.pk
    prestations = Prestation.objects.filter(inscriptions__famille=famille).distinct()
    du, fin = desormais(prestations)
    return JoursTouches(prestations, [(du, fin)], famille=famille, borne=fin)


def _habite(objet: Model, *, relu: bool = False) -> bool | None:
    """`relu`: the page knows its responsables as they were."""
    titulaire = objet
    if isinstance(objet, Famille):
        responsables = Responsable.objects.filter(famille=objet) if relu else objet.responsables.all()
        titulaire = next((responsable for responsable in responsables if responsable.est_titulaire), objet)
    if isinstance(titulaire, Responsable) and titulaire.est_titulaire:
        return habite_la_commune(titulaire.ville)
    return None


for modele in (Famille, Responsable):
    PORTEES[modele._meta.label] = demenagement
