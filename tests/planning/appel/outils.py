"""What a browser sends of a roll, and what it gets back."""

from datetime import date

from django.contrib.messages import get_messages
from django.urls import reverse

from famille.models import Enfant
from planning.models import Inscription, Prestation, Reservation
from planning.regles.jours import Jours
from tests import fabriques

MERCREDI = date(2015, 4, 1)  # the day before « today »
RENTREE = date(2014, 9, 1)


def adresse(prestation: Prestation, jour: date = MERCREDI) -> str:
    return reverse("admin:planning_prestation_appel", args=[prestation.pk, jour.year, jour.month, jour.day])


def ligne(inscription: Inscription, presence: str = "", arrivee: str = "", depart: str = "", *, avant: str = "||"):
    """What a browser sends of a child; `avant`: what the page showed."""
    cle = inscription.pk
    return {
        f"avant-{cle}": avant,
        f"presence-{cle}": presence,
        f"arrivee-{cle}": arrivee,
        f"depart-{cle}": depart,
    }


def phrases(reponse) -> list[str]:
    return [str(message).replace("\u00a0", " ") for message in get_messages(reponse.wsgi_request)]


def accueillir_en_nombre(prestation: Prestation, agent, nombre: int, *, pointes: int = 5) -> None:
    """So many régulier children, some of them present already."""
    famille = fabriques.FamilleFactory()
    for _ in range(nombre):
        fabriques.EnfantFactory(famille=famille, ecole=fabriques.EcoleFactory(), date_naissance=date(2008, 5, 17))
    enfants = Enfant.objects.filter(familles=famille)
    cles = {"prestation": prestation, "famille": famille, "du": RENTREE, "par": agent}
    Inscription.objects.bulk_create(Inscription(enfant=enfant, jours=Jours.MERCREDI, **cles) for enfant in enfants)
    Reservation.objects.bulk_create(
        Reservation(inscription=i, prestation=prestation, jour=MERCREDI, presence="present", pointee_par=agent)
        for i in Inscription.objects.filter(famille=famille)[:pointes]
    )
