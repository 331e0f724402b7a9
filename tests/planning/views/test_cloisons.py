"""The planning of a child is that of its famille, and dates that do not exist have no page."""

from datetime import date

import pytest
from django.urls import reverse

from planning.models import Inscription
from tests import fabriques
from tests.planning.views.outils import RENTREE, mois, page, rangees


@pytest.mark.parametrize(
    ("nom", "reste"),
    [
        ("planning", []),
        ("mois", [2015, "04"]),
        ("jour", [2015, 4, 8]),
        ("choix", [2015, 4, "reservation"]),
        ("choix", [2015, 4, "absence"]),
    ],
)
def test_l_enfant_d_une_autre_famille_n_existe_pas(nom, reste, client, lea, dupont, martin, inscrite):
    adresse = reverse(f"planning:{nom}", args=[lea.pk, *reste])
    client.force_login(martin.compte)
    assert client.get(adresse).status_code == 404
    assert client.get(reverse(f"planning:{nom}", args=[999_999, *reste])).status_code == 404
    client.force_login(dupont.compte)
    assert client.get(adresse).status_code == (302 if nom == "planning" else 200)


def test_en_garde_alternee_aucune_famille_ne_voit_les_jours_de_l_autre(
    client, lea, dupont, martin, mercredi, agent, inscrite
):
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    chez_martin = Inscription.objects.inscrire(lea, mercredi, martin.famille, du=RENTREE, par=agent)
    chez_martin.reserver([date(2015, 4, 29)], par=agent)
    inscrite["ALSH Mercredi journée"].reserver([date(2015, 4, 8)], par=agent)
    vus = {}
    for foyer in (dupont, martin):
        client.force_login(foyer.compte)
        lu = {prestation: symboles for _, prestation, _, symboles in rangees(page(client, mois(lea)))}
        vus[foyer.titulaire.nom] = (lu["ALSH Mercredi journée"][7], lu["ALSH Mercredi journée"][28])
        for quantieme, reserve in ((8, foyer is dupont), (29, foyer is martin)):
            jour = page(client, reverse("planning:jour", args=[lea.pk, 2015, 4, quantieme]))
            assert ("Absence à déclarer" in jour) == reserve
    assert vus == {"DUPONT": ("●", "."), "MARTIN": (".", "●")}


@pytest.mark.parametrize(
    "reste",
    ["2015/13/", "2015/0/", "1999/04/", "2100/01/", "2015/02/30/", "2015/04/0/", "2015/04/31/", "99999999/1/1/",
     "2015/04/autre/", "2015/13/reservation/"],
)  # fmt: skip
def test_une_date_qui_n_existe_pas_est_introuvable(reste, parent, lea, inscrite):
    assert parent.get(f"/enfants/{lea.pk}/planning/{reste}").status_code == 404


def test_la_prestation_d_une_autre_famille_n_a_pas_de_menu(parent, lea, garde_du_matin, apres_midi):
    adresse = reverse("planning:jour", args=[lea.pk, 2015, 4, 9])
    assert parent.get(f"{adresse}?prestation={apres_midi.pk}").status_code == 404
    assert parent.get(f"{adresse}?prestation=x").status_code == 404
