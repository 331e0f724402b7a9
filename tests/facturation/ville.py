"""A small town that bills October 2026: two prestations of one régie, familles with bookings of every kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

import pytest
from django.db import connection
from django.utils import timezone

from facturation.campagne.emission import Emission
from facturation.campagne.regles import ReglesDeCampagne
from facturation.models import CampagneDeFacturation, Facture, Regie
from famille.models import Enfant, Famille
from planning.calendrier.donnees import AnneesScolaires
from planning.models import Inscription, JourFerie, Prestation, Reservation, Structure, Vacances
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests.fabriques import EnfantFactory, FamilleFactory, QuotientFamilialFactory, ResponsableFactory

from .fabriques import RegieFactory, mettre_en_regie, tarif

OCTOBRE = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBRE = (date(2026, 11, 1), date(2026, 11, 30))
DECEMBRE = (date(2026, 12, 1), date(2026, 12, 31))
RENTREE = date(2026, 9, 1)
LE = "2026-11-02 09:00+01:00"
EN_DECEMBRE = "2026-12-02 09:00+01:00"
TOUS = Jours(127)
PETITES, GRANDES = Vacances.Genre.PETITES, Vacances.Genre.GRANDES
VACANCES = [
    ("Toussaint", PETITES, date(2026, 11, 8), date(2026, 11, 8)),
    ("Noël", PETITES, date(2026, 12, 19), date(2027, 1, 3)),
    ("Hiver", PETITES, date(2027, 2, 20), date(2027, 3, 7)),
    ("Printemps", PETITES, date(2027, 4, 17), date(2027, 5, 2)),
    ("Été", GRANDES, date(2027, 7, 3), date(2027, 8, 31)),
]


@dataclass
class Ville:
    regie: Regie
    cantine: Prestation
    garderie: Prestation

    def campagne(self, periode: tuple[date, date] = OCTOBRE) -> CampagneDeFacturation:
        du, au = periode
        return CampagneDeFacturation.objects.create(regie=self.regie, du=du, au=au)


def batir() -> Ville:
    """The canteen at 3,60 € or 5,10 € (QF above 800; 8,00 € from outside); the garderie at 1,00 € the half-hour."""
    regie = RegieFactory()
    structure = Structure.objects.create(nom="Périscolaire")
    mettre_en_regie(regie, structure)
    options = {"structure": structure, "jours_scolaires": TOUS}
    cantine = Prestation.objects.create(
        nom="Restauration scolaire", ordre=2, heure_debut=time(12), heure_fin=time(13, 30), **options
    )
    garderie = Prestation.objects.create(
        nom="Garderie matin", ordre=1, heure_debut=time(7, 30), heure_fin=time(8, 30), **options
    )
    tarif(cantine, (800, "3.60", "8.00"), (None, "5.10", "8.00"), du=RENTREE, unite="repas", majoration_pourcent=50)
    tarif(garderie, (None, "2.00", "3.00"), du=RENTREE, unite="heure", pas_minutes=30)
    ecrire_le_calendrier()
    return Ville(regie, cantine, garderie)


def ecrire_le_calendrier() -> None:
    """A whole year, which closes nothing of what these tests bill: of its public holidays, Christmas alone."""
    Vacances.objects.bulk_create(Vacances(nom=nom, genre=genre, du=du, au=au) for nom, genre, du, au in VACANCES)
    JourFerie.objects.bulk_create(
        JourFerie(jour=jour, nom=nom, travaille=jour != date(2026, 12, 25))
        for jour, nom in AnneesScolaires(2026, 1, "C", "A").feries().items()
    )


def foyer(prenom: str = "Zoé", *, qf: int | None = 612, commune: str = "Saint-Jean") -> tuple[Famille, Enfant]:
    famille = FamilleFactory()
    ResponsableFactory(famille=famille, nom="PETIT", ville=commune)
    if qf is not None:
        QuotientFamilialFactory(famille=famille, valeur=qf, date_effet=RENTREE)
    return famille, EnfantFactory(famille=famille, nom="PETIT", prenom=prenom)


def inscrire(famille: Famille, enfant: Enfant, prestation: Prestation, jours: Jours = Jours(0)) -> Inscription:
    return Inscription.objects.create(famille=famille, enfant=enfant, prestation=prestation, du=RENTREE, jours=jours)


def reserver(
    inscription: Inscription,
    jours: Iterable[int],
    *,
    mois: int = 10,
    etat: Etat = Etat.RESERVEE,
    presence: Presence = Presence.PRESENT,
    **heures: time,
) -> None:
    """Days of that month of 2026."""
    for jour in jours:
        Reservation.objects.create(
            inscription=inscription, jour=date(2026, mois, jour), etat=etat, presence=presence, **heures
        )


def photographie() -> list[tuple]:
    """All that was issued, in the order of the numbers."""
    return [
        (
            facture.reference,
            facture.famille.numero,
            facture.montant,
            [(ligne.libelle, ligne.jours, ligne.quantite, ligne.prix_unitaire) for ligne in facture.lignes.all()],
        )
        for facture in Facture.objects.order_by("numero").prefetch_related("lignes").select_related("regie", "famille")
    ]


def emettre(campagne: CampagneDeFacturation) -> CampagneDeFacturation:
    campagne = Emission(campagne, le=timezone.localdate(), par=None).emettre()
    connection.check_constraints()
    return campagne


def oublier_les_regles(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, campaigns are issued as by the former version: they keep no rules, only papers remember."""
    monkeypatch.setattr(ReglesDeCampagne, "en_json", lambda regles: None)


def lignes(facture: Facture) -> list[tuple]:
    return [(ligne.libelle, str(ligne.quantite), str(ligne.montant)) for ligne in facture.lignes.all()]
