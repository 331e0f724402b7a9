"""What the planning's pages cost: queries that do not grow, a full month under 60 KiB."""

from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.models import Inscription, Prestation, Reservation, Structure
from planning.regles.etats import Etat, Presence
from planning.regles.jours import SEMAINE, Jours, jours_entre
from tests import fabriques
from tests.planning.views.outils import LES_SEPT, RENTREE, mois, page, rangees


def requetes(client: Client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as captees:
        page(client, adresse)
    return len(captees)


def _grandir(alsh, dupont, lea, agent) -> None:
    """More prestations, more bookings, more children, another famille's share of the same child."""
    jours = [date(2015, 4, n) for n in (8, 9, 10, 28, 29, 30)]
    for rang in range(6):
        prestation = Prestation.objects.create(
            structure=alsh, nom=f"Atelier {rang}", heure_debut=time(18 + rang // 2, 30 * (rang % 2)),
            heure_fin=time(18 + rang // 2, 30 * (rang % 2) + 20), places=50,
        )  # fmt: skip
        Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent).reserver(jours, par=agent)
        for _ in range(3):
            famille = fabriques.FamilleFactory()
            enfant = fabriques.EnfantFactory(famille=famille)
            autre = Inscription.objects.inscrire(
                enfant, prestation, famille, du=RENTREE, jours=Jours.MARDI | Jours.JEUDI, par=agent
            )
            autre.reserver([date(2015, 4, 8)], par=agent)


@pytest.mark.parametrize("adresse", ["mois", "jour", "choix", "menu"])
def test_les_requetes_ne_grandissent_pas_avec_ce_que_contient_le_mois(
    adresse, parent, lea, inscrite, alsh, dupont, agent, garde_du_matin
):
    chemin = {
        "mois": mois(lea),
        "jour": reverse("planning:jour", args=[lea.pk, 2015, 4, 9]),
        "choix": reverse("planning:choix", args=[lea.pk, 2015, 4, "reservation"]),
        "menu": reverse("planning:jour", args=[lea.pk, 2015, 4, 9]) + f"?prestation={garde_du_matin.prestation_id}",
    }[adresse]
    page(parent, chemin)
    avant = requetes(parent, chemin)
    _grandir(alsh, dupont, lea, agent)
    assert requetes(parent, chemin) == avant
    # A day also tells its prices: one query more.
    assert avant <= (9 if adresse in {"jour", "menu"} else 8)


def test_un_mois_entierement_reserve_pese_moins_de_60_kio(parent, lea, dupont, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2026-07-31T20:00:00+02:00")
    parent.force_login(dupont.compte)
    inscriptions = []
    for rang, (structure, nom) in enumerate(LES_SEPT):
        lieu, _ = Structure.objects.get_or_create(nom=structure)
        prestation = Prestation.objects.create(
            structure=lieu, nom=nom, ordre=rang, heure_debut=time(7 + rang), heure_fin=time(7 + rang, 50),
            jours_scolaires=SEMAINE, jours_petites_vacances=SEMAINE, jours_grandes_vacances=SEMAINE,
        )  # fmt: skip
        inscriptions.append(Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent))
    # Two prestations a day, each booked and attended: as much as a child can live.
    juillet = [jour for jour in jours_entre(date(2026, 7, 1), date(2026, 7, 31)) if jour.weekday() < 5]
    Reservation.objects.bulk_create(
        Reservation(
            inscription=inscription,
            prestation=inscription.prestation,
            jour=jour,
            etat=Etat.RESERVEE,
            presence=Presence.PRESENT,
        )
        for inscription in inscriptions[3:5]
        for jour in juillet
    )
    html = page(parent, mois(lea, 2026, 7))
    assert len(rangees(html)) == 7
    assert html.count(">✓<") == 4 * len(juillet) + 2  # in the grid and in the agenda, and twice in the legend
    assert len(html.encode()) <= 60 * 1024
