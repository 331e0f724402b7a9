"""Dossiers that grow old."""

from datetime import UTC, date, datetime, timedelta

import time_machine
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from demandes.models import Decision, Demande
from famille.models import Compte, Enfant, Famille
from messagerie.models import Fil
from planning.models import Inscription
from socle.fichiers.examen import Fichier, TypeMime
from tests.demandes.outils import changer_de_mobile, deposer
from tests.distribution import Foyer
from tests.planning.fabriques import prestation

AUJOURD_HUI = datetime(2015, 4, 8, 3, 0, tzinfo=UTC)
# A day more than two years ago, and two years ago to the day: the first may go, the second may not.
PASSE, DE_JUSTESSE = datetime(2013, 4, 7, 10, 0, tzinfo=UTC), datetime(2013, 4, 8, 10, 0, tzinfo=UTC)
PDF = Fichier("certificat.pdf", TypeMime.PDF, b"%PDF-1.7 %%EOF")


def lignes() -> dict[str, int]:
    return {m._meta.label: m._base_manager.count() for m in apps.get_models() if m is not ContentType}


def vieillir(foyer: Foyer, depuis: datetime = PASSE) -> None:
    """Nothing has happened in that dossier since then."""
    Famille.objects.filter(pk=foyer.famille.pk).update(creee_le=depuis)
    foyer.famille.quotients.update(date_effet=date(2012, 9, 1))


def inscrire(foyer: Foyer, agent: Compte, au: date | None, enfant: Enfant | None = None) -> Inscription:
    """From September 2012, with a day booked and attended."""
    with time_machine.travel(datetime(2012, 8, 20, tzinfo=UTC), tick=False):
        inscription = Inscription.objects.inscrire(
            enfant or foyer.enfants[0], prestation(), foyer.famille, du=date(2012, 9, 3), au=au, par=agent
        )
        inscription.reserver([date(2012, 9, 3)], par=agent)
    return inscription


def une_demande(foyer: Foyer, decidee_le: datetime | None, agent: Compte, **champs: str) -> Demande:
    demande = deposer(foyer, "sanitaires", foyer.enfants[0], **champs) if champs else changer_de_mobile(foyer)
    Demande.objects.filter(pk=demande.pk).update(deposee_le=PASSE - timedelta(days=400))
    if decidee_le:
        Decision.objects.create(demande=demande, verdict="acceptee", par=agent, le=decidee_le)
    return demande


def un_fil(foyer: Foyer, le: datetime, agent: Compte, *, repondu: bool = True) -> Fil:
    with time_machine.travel(le, tick=False):
        fil = Fil.ecrire_au_centre(foyer.titulaire, "Goûter", "Est-il fourni ?", [PDF])
        if repondu:
            fil.repondre("Oui.", par=agent)
    return fil
