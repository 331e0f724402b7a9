"""A child who comes without being enrolled: an inscription of that day only, until an agent makes a real one.

The presence shows as « Erreur » to the agents meanwhile, and as a presence to the famille.
`Inscription.objects.inscrire` takes these days over.
"""

from datetime import date

from django.db import transaction

from famille.models import Compte, Enfant, Famille
from planning.acteurs import exiger_agent
from planning.models import Inscription, Prestation
from socle.verrous import verrouiller


@transaction.atomic
def accueillir(enfant: Enfant, prestation: Prestation, famille: Famille, jour: date, *, par: Compte) -> Inscription:
    """The inscription with which to call the roll for a child who is there; made for the day if there is none.

    Raises InscriptionImpossible if the child has just left that famille.
    """
    exiger_agent(par)
    verrouiller(Enfant.objects.only("pk"), enfant.pk)
    cles = {"enfant": enfant, "prestation": prestation, "famille": famille}
    if existante := Inscription.objects.en_vigueur(jour).filter(**cles).first():
        return existante
    venue = Inscription(**cles, du=jour, au=jour, a_regulariser=True, par=par)
    venue.exiger_le_rattachement()
    venue.save()
    return venue


@transaction.atomic
def annuler(inscription: Inscription, *, par: Compte) -> None:
    """The child was not there after all. A real inscription stays."""
    exiger_agent(par)
    inscription.verrouiller()
    if inscription.a_regulariser:
        inscription.reservations.all().delete()
        inscription.delete()
