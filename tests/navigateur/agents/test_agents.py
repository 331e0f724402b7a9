"""The agents' lists and forms on the screens of a desk: no column is cut, no choice is folded for want of room."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.demandes.outils import changer_de_mobile

DEPASSE = "tableau => tableau.scrollWidth > tableau.clientWidth"


@pytest.mark.parametrize("largeur", [768, 1024, 1232, 1280])
def test_la_file_des_demandes_montre_toutes_ses_colonnes(page_de: Callable[..., Page], agent, dupont, largeur: int):
    changer_de_mobile(dupont).prendre_en_charge(par=agent)
    page = page_de(agent, viewport={"width": largeur, "height": 800})
    page.goto(reverse("admin:demandes_demande_changelist"))
    assert page.locator(".field-suivie_par").inner_text() == "Alice MAIRIE"
    assert not page.locator(".results").evaluate(DEPASSE)


def test_chaque_sorte_de_destinataires_tient_sur_sa_ligne(page_de: Callable[..., Page], agent):
    page = page_de(agent)
    page.goto(reverse("admin:messagerie_envoi_add"))
    choix = page.locator("#id_destinataires label")
    assert choix.count() == 5
    assert {etiquette.bounding_box()["height"] for etiquette in choix.all()} == {choix.first.bounding_box()["height"]}
    # A finger's breadth, at least.
    assert choix.first.bounding_box()["height"] >= 24


@pytest.mark.parametrize("largeur", [320, 820, 1100, 1280])
def test_les_boutons_d_une_fiche_ne_couvrent_pas_son_titre(
    page_de: Callable[..., Page], directrice, dupont, largeur: int
):
    lea = dupont.enfants[0]
    page = page_de(directrice, viewport={"width": largeur, "height": 800})
    page.goto(reverse("admin:famille_enfant_change", args=[lea.pk]))
    titre, outils = page.locator("#content h1"), page.locator(".object-tools")
    fin_du_titre = titre.evaluate(
        "h => { const r = new Range(); r.selectNodeContents(h); return r.getBoundingClientRect() }"
    )
    boutons = [bouton.bounding_box() for bouton in outils.locator("li").all()]
    assert len(boutons) >= 3
    assert all(b["y"] >= fin_du_titre["bottom"] or b["x"] >= fin_du_titre["right"] for b in boutons)
