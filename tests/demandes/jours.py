"""How tests ask for days of the planning, and read its cells."""

from datetime import date

from demandes.models import Demande
from demandes.types import DeclarationAbsence, DemandeReservation
from planning.models import Inscription
from tests.distribution import Foyer

MERCREDIS = [date(2015, 4, 8), date(2015, 4, 29), date(2015, 5, 6), date(2015, 5, 20), date(2015, 5, 27)]


def codes(inscription: Inscription, jours: list[date]) -> list[str]:
    return [f"{inscription.pk}:{jour.isoformat()}" for jour in jours]


def demander(foyer: Foyer, inscription: Inscription, jours: list[date] = MERCREDIS) -> Demande:
    contenu = DemandeReservation(foyer.famille, foyer.enfants[0], {"jours": codes(inscription, jours)})
    assert contenu.is_valid(), contenu.errors
    return Demande.deposer(contenu, par=foyer.compte)


def declarer_absent(foyer: Foyer, inscription: Inscription, jours: list[date]) -> Demande:
    envoi = {"jours": codes(inscription, jours), "raison": "Mariage"}
    contenu = DeclarationAbsence(foyer.famille, foyer.enfants[0], envoi)
    assert contenu.is_valid(), contenu.errors
    return Demande.deposer(contenu, par=foyer.compte)


def etats(inscription: Inscription, jours: list[date] = MERCREDIS) -> list[str]:
    return [journee.etat for journee in inscription.journees(jours)]
