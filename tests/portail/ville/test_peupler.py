"""The demo town: the same on every machine, made once however often it is asked for, alive on any day of the year."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Q

from demandes.genre.parts import SANS_REPONSE
from demandes.models import Demande
from famille.models import Enfant, Famille
from messagerie.models import Fil
from planning.models import Inscription, Reservation, lire_calendrier
from planning.mois.enfant import MoisEnfant
from planning.regles.etats import OCCUPENT, Etat, Presence
from planning.regles.jours import bornes_du_mois

NOMBRE = 8
# The first and the last day of a school year, a leap day, the middle of holidays, an ordinary Monday.
JOURS = ["2026-09-01", "2027-08-31", "2028-02-29", "2026-12-25", "2026-11-23"]


@contextmanager
def ville(jour: str, familles: int = NOMBRE) -> Iterator[None]:
    with time_machine.travel(f"{jour}T10:00:00+01:00", tick=False):
        call_command("peupler", familles=familles, verbosity=0)
        yield


def comptes() -> dict[str, int]:
    return {modele._meta.label: modele.objects.count() for modele in apps.get_models()}


def releve() -> dict[str, list[tuple]]:
    """What makes the town, without the numbers that the database gives."""
    enfant = ("enfant__nom", "enfant__prenom", "famille__numero", "prestation__nom")
    return {
        "familles": sorted(Famille.objects.values_list("numero", "responsables__nom", "responsables__prenom")),
        "enfants": sorted(Enfant.objects.values_list("nom", "prenom", "date_naissance", "familles__numero")),
        "inscriptions": sorted(Inscription.objects.values_list(*enfant, "du", "jours")),
        "reservations": sorted(
            Reservation.objects.values_list(*(f"inscription__{champ}" for champ in enfant), "jour", "etat", "presence")
        ),
    }


@pytest.mark.django_db
def test_peupler_deux_fois_ne_change_rien():
    with ville("2026-11-23"):
        une_fois, lue = comptes(), releve()
        call_command("peupler", familles=NOMBRE, verbosity=0)
        assert comptes() == une_fois
        assert releve() == lue
    assert len(lue["reservations"]) > 50


@pytest.mark.django_db
def test_une_demande_y_est_restee_sans_reponse():
    with ville("2026-11-23"):
        [expiree] = Demande.objects.expirees()
        assert expiree.decision.motif == SANS_REPONSE
        assert Fil.objects.filter(famille=expiree.famille, sujet__contains="pas eu de réponse").count() == 1


@pytest.mark.django_db
def test_la_ville_est_la_meme_a_chaque_fois():
    releves = []
    for _ in range(2):
        with transaction.atomic(), ville("2026-11-23"):
            releves.append(releve())
            transaction.set_rollback(True)
    assert releves[0] == releves[1]


@pytest.mark.django_db
@pytest.mark.parametrize("jour", JOURS)
def test_la_ville_vit_en_toute_saison(jour):
    with ville(jour):
        au = date.fromisoformat(jour)
        a_venir = Reservation.objects.filter(jour__gte=au, etat__in=OCCUPENT)
        calendrier = lire_calendrier(au, a_venir.latest("jour").jour)
        fermes = [
            reservation.jour
            for reservation in a_venir.select_related("prestation")
            if not calendrier.accueille(
                reservation.jour, reservation.prestation.structure_id, reservation.prestation.ouverture
            )
        ]
        assert fermes == []
        assert not Reservation.objects.filter(jour__gte=au).exclude(presence=Presence.NON_POINTEE).exists()
        assert not Reservation.objects.en_erreur().exists()
        assert not Reservation.objects.filter(etat=Etat.RESERVEE, jour__lt=au, presence=Presence.NON_POINTEE).exists()
        hors = Q(jour__lt=F("inscription__du")) | Q(jour__gt=F("inscription__au"))
        assert not Reservation.objects.filter(hors).exists()
        # Hugo goes to the centre today: seven rows in his parents' grid.
        hugo = Enfant.objects.get(nom="DUPONT", prenom="Hugo")
        assert len(MoisEnfant(hugo, hugo.familles.get(), au.year, au.month).grille.lignes) == 7


@pytest.mark.django_db
@pytest.mark.parametrize("jour", JOURS)
def test_l_avril_2015_du_guide_ne_depend_pas_du_jour(jour):
    with ville(jour, familles=0):
        lea = Enfant.objects.get(nom="DUPONT", prenom="Léa")
        premier, dernier = bornes_du_mois(2015, 4)
        presences = Reservation.objects.entre(premier, dernier).filter(inscription__enfant=lea)
        assert list(presences.values_list("jour", "presence").order_by("jour")) == [
            (date(2015, 4, quantieme), Presence.PRESENT) for quantieme in (13, 14, 15, 16)
        ]
        avril = MoisEnfant(lea, lea.familles.get(), 2015, 4).grille
        assert len(avril.lignes) == 7
        assert "".join(case.symbole or "." for case in avril.lignes[6].cases) == ".....F....PPPPPPPPPPPPPPPP...."


@pytest.mark.django_db
def test_une_ville_grandit_sans_toucher_aux_familles_deja_la():
    with ville("2026-11-23", familles=1):
        avant = set(Famille.objects.values_list("numero", flat=True))
        reservations = set(Reservation.objects.values_list("pk", "etat"))
        call_command("peupler", familles=NOMBRE, verbosity=0)
        apres = set(Famille.objects.values_list("numero", flat=True))
        assert avant < apres
        assert len(apres - avant) == NOMBRE - 1
        assert reservations <= set(Reservation.objects.values_list("pk", "etat"))


@pytest.mark.django_db
def test_la_demonstration_ne_se_fait_pas_en_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="jamais en production"):
        call_command("peupler", verbosity=0)
    assert not Famille.objects.exists()
