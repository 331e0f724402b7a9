"""The list of the adults, and what a page says of the access of one of them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from famille.models import Compte

pytestmark = pytest.mark.django_db
LISTE = reverse("admin:famille_responsable_changelist")
HIER = datetime(2015, 4, 7, 10, tzinfo=UTC)


@pytest.fixture
def accueil(client, agent):
    client.force_login(agent)
    return client


@pytest.mark.parametrize(
    ("acces", "noms"),
    [
        ("ouvert", ["DUPONT Jean", "MARTIN Sophie"]),
        ("provisoire", ["MARTIN Sophie"]),
        ("aucun", ["DUPONT Jeanne"]),
        ("", ["DUPONT Jean", "DUPONT Jeanne", "MARTIN Sophie"]),
    ],
)
def test_les_adultes_se_trient_par_leur_acces(accueil, dupont, martin, acces, noms):
    Compte.objects.filter(pk=dupont.compte.pk).update(last_login=HIER)
    lus = accueil.get(LISTE, {"acces": acces} if acces else {}).context["cl"].result_list
    assert [f"{un.nom} {un.prenom}" for un in lus] == noms


def test_le_telephone_est_le_mobile_ou_celui_du_domicile(accueil, dupont, martin):
    page = accueil.get(LISTE).text.replace("\xa0", " ")
    assert "06 11 22 33 44" in page
    assert "01 02 03 04 05" in page
    dupont.titulaire.mobile = "06 55 55 55 55"
    dupont.titulaire.save()
    page = accueil.get(LISTE).text.replace("\xa0", " ")
    assert ("06 55 55 55 55" in page, "01 02 03 04 05" in page) == (True, False)


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({}, "Ouvert"),
        ({"last_login": HIER}, "Dernière connexion le 7 avril 2015"),
        ({"last_login": HIER, "provisoire_jusqu_au": HIER}, "Mot de passe provisoire, valable jusqu’au 7 avril 2015"),
        ({"is_active": False, "provisoire_jusqu_au": HIER}, "Fermé"),
    ],
)
def test_la_fiche_dit_ou_en_est_l_acces(accueil, dupont, champs, dit):
    Compte.objects.filter(pk=dupont.compte.pk).update(**champs)
    page = accueil.get(reverse("admin:famille_responsable_change", args=[dupont.titulaire.pk])).text
    assert f'<div class="readonly">{dit}</div>' in page


def test_un_adulte_qui_s_ajoute_n_a_pas_encore_d_acces(accueil, dupont):
    sans = accueil.get(reverse("admin:famille_responsable_change", args=[dupont.conjoint.pk])).text
    assert '<div class="readonly">Pas encore ouvert</div>' in sans
    ajout = accueil.get(reverse("admin:famille_responsable_add")).text
    assert ("Accès au portail" in ajout, "Travail" in ajout) == (False, True)
