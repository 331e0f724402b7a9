"""What a day costs is said on the planning, before anybody asks for it."""

from datetime import date

import pytest
from django.urls import reverse

from facturation.models import Tarif
from planning.models import Inscription, Prestation, Structure

JOUR = date(2015, 4, 8)


@pytest.fixture
def mercredi(db) -> Prestation:
    structure = Structure.objects.create(nom="Accueil de Loisirs")
    prestation = Prestation.objects.create(
        structure=structure, nom="ALSH Mercredi journée", heure_debut="08:00", heure_fin="18:00"
    )
    tarif = Tarif.objects.create(prestation=prestation, du=date(2014, 9, 1))
    for qf_max, resident, exterieur in ((500, "4.10", "8.20"), (900, "7.30", "14.60"), (None, "12.50", "25.00")):
        tarif.tranches.create(qf_max=qf_max, resident=resident, exterieur=exterieur)
    return prestation


@pytest.fixture
def menu(client, dupont, agent, mercredi):
    def lire() -> str:
        client.force_login(dupont.compte)
        adresse = reverse("planning:jour", args=[dupont.enfants[0].pk, JOUR.year, JOUR.month, JOUR.day])
        return client.get(adresse, {"prestation": mercredi.pk}).content.decode()

    Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=date(2014, 9, 1), par=agent)
    return lire


@pytest.fixture
def mois(client, dupont, menu):
    def lire() -> str:
        client.force_login(dupont.compte)
        return client.get(reverse("planning:mois", args=[dupont.enfants[0].pk, 2015, 4])).content.decode()

    return lire


def test_le_prix_est_celui_de_la_tranche_et_s_explique(menu):
    assert "7,30\u00a0€ la journée (Tranche 2, QF 612, tarif du 01/09/2014)" in menu()


def test_hors_de_la_commune_le_prix_est_l_autre(menu, dupont):
    dupont.titulaire.ville = "Toulouse"
    dupont.titulaire.save()
    assert "14,60\u00a0€ la journée" in menu()


def test_sans_quotient_connu_la_plus_haute_tranche_est_annoncee_au_mois_comme_au_jour(menu, mois, dupont):
    assert "Quotient familial inconnu" not in mois()
    dupont.famille.quotients.all().delete()
    assert "12,50\u00a0€ la journée (Tranche 3, QF inconnu" in menu()
    assert "Quotient familial inconnu" in mois()


def test_le_quotient_est_celui_du_jour_meme(menu, dupont):
    dupont.famille.quotients.create(valeur=400, date_effet=JOUR)
    assert "4,10\u00a0€ la journée (Tranche 1, QF 400" in menu()
    dupont.famille.quotients.create(valeur=1300, date_effet=date(2015, 4, 9))
    assert "4,10\u00a0€ la journée (Tranche 1, QF 400" in menu()


def test_une_prestation_sans_tarif_ne_dit_pas_de_prix(menu, mercredi):
    mercredi.tarifs.all().delete()
    assert "Prix" not in menu()
