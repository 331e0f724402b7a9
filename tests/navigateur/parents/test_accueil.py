"""Accueil as a parent walks it: an alert, a day and a message lead where they say; accessible, full or empty."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from famille.models import Assurance
from messagerie.models import Fil
from planning.models import Inscription, Prestation
from planning.regles.jours import Jours
from tests import fabriques
from tests.facturation.fabriques import RegieFactory, facture
from tests.messagerie.fabriques import DocumentFactory, InformationFactory
from tests.navigateur.regard import fautes_au_clavier, violations
from tests.planning.fabriques import prestation

SOUS_AXE = {"bypass_csp": True}
TELEPHONE = {"width": 320, "height": 640}
TOUS_LES_JOURS = Jours(127)


@pytest.fixture
def comble(dupont, agent) -> Inscription:
    """The DUPONTs with something of everything, tomorrow included, whatever day the test runs."""
    Prestation.objects.filter(pk=prestation().pk).update(jours_scolaires=TOUS_LES_JOURS)
    Assurance.objects.update(expire_le=date(2015, 4, 1))
    facture(RegieFactory(), dupont.famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))
    Fil.ecrire_a(dupont.famille, "Goûter du mercredi", "Bonjour", agent)
    InformationFactory()
    DocumentFactory()
    hugo = fabriques.EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Hugo-Alexandre-Maximilien")
    options = {"du": timezone.localdate(), "jours": TOUS_LES_JOURS, "par": agent}
    Inscription.objects.inscrire(hugo, prestation(), dupont.famille, **options)
    return Inscription.objects.inscrire(dupont.enfants[0], prestation(), dupont.famille, **options)


def test_un_accueil_comble_est_accessible(page_de: Callable[..., Page], dupont, comble):
    page = page_de(dupont.compte, **SOUS_AXE)
    page.goto("/")
    assert page.locator("main section").count() == 5
    assert violations(page) == []


def test_le_clavier_atteint_tout_d_un_accueil_comble(page_de: Callable[..., Page], dupont, comble):
    page = page_de(dupont.compte, viewport=TELEPHONE)
    page.goto("/")
    assert fautes_au_clavier(page) == []


def test_un_accueil_vide_est_accessible_et_dit_par_ou_commencer(page_de: Callable[..., Page], db):
    durand = fabriques.ResponsableFactory(compte=fabriques.CompteFactory())
    page = page_de(durand.compte, **SOUS_AXE)
    page.goto("/")
    assert violations(page) == []
    page.get_by_role("link", name="Ajoutez votre enfant").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ajouter un enfant")


def test_une_seule_colonne_sur_un_telephone(page_de: Callable[..., Page], dupont, comble):
    page = page_de(dupont.compte, viewport=TELEPHONE)
    page.goto("/")
    blocs = [bloc.bounding_box() for bloc in page.locator("main section, main article").all()]
    gauche = {round(bloc["x"]) for bloc in blocs}
    assert len(gauche) == 1
    assert all(bloc["x"] + bloc["width"] <= TELEPHONE["width"] for bloc in blocs)


def test_chaque_chose_mene_ou_elle_dit(page_de: Callable[..., Page], dupont, comble):
    page = page_de(dupont.compte)
    demain = timezone.localdate() + timedelta(days=1)
    for nom, adresse in (
        ("Payer la facture AL-1 en ligne", r"/factures/\d+/paiement/$"),
        ("Demain : Léa", rf"/planning/{demain:%Y/%m}/{demain.day}/$"),
        ("Goûter du mercredi", r"/messages/\d+/$"),
        ("Fermeture du pont de l’Ascension", r"/infos/#info-\d+$"),
    ):
        page.goto("/")
        lien = page.get_by_role("link", name=re.compile(nom.replace(" ", r"\s"))).first
        lien.click()
        expect(page).to_have_url(re.compile(adresse))


def test_une_ligne_repond_ou_qu_on_la_touche(page_de: Callable[..., Page], dupont, comble):
    page = page_de(dupont.compte, viewport=TELEPHONE, has_touch=True)
    demain = timezone.localdate() + timedelta(days=1)
    for ligne, adresse in (
        (".accueil-liste li:has-text('Goûter du mercredi')", r"/messages/\d+/$"),
        (
            f".prochains__jour:has(a[href*='/{demain:%Y/%m}/{demain.day}/'])",
            rf"/planning/{demain:%Y/%m}/{demain.day}/$",
        ),
    ):
        page.goto("/")
        cadre = page.locator(ligne).first
        cadre.scroll_into_view_if_needed()
        boite = cadre.bounding_box()
        cadre.tap(position={"x": boite["width"] - 4, "y": boite["height"] - 4})
        expect(page).to_have_url(re.compile(adresse))
