"""DUPONT pays AL-36 through the stand-in; and each of the ways in which it goes wrong, in the browser."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from facturation.compte.solde import solde
from facturation.models import NotificationTipi, PaiementEnLigne, Reglement
from facturation.models.tipi.notification import Jugement
from facturation.models.tipi.paiement_en_ligne import EtatPaiement
from portail.peuplement.facturation import peupler_compte_du_guide
from tests.facturation.fabriques import RegieFactory, facture
from tests.navigateur.gestes import champ
from tests.navigateur.regard import fautes_au_clavier, violations

ATTENTE, CONFIRME = "Paiement en attente de confirmation", "Paiement confirmé"
PATIENCE = 20_000  # ms


@pytest.fixture
def guide(dupont):
    """The DUPONTs' account as the guide prints it."""
    peupler_compte_du_guide(RegieFactory())
    return dupont


@pytest.fixture
def page(page_de: Callable[..., Page], guide, settings, adresse_du_portail: str, request) -> Page:
    settings.PORTAIL_ADRESSE, settings.TIPI_FACTICE_RETARD = adresse_du_portail, 2
    return page_de(guide.compte, **getattr(request, "param", {}))


def partir(page: Page, courriel: str = "jeanne@example.org") -> None:
    """From the statement to the Treasury's page."""
    page.goto("/releve/?annee=2014-2015")
    page.get_by_role("link", name="Payer la facture AL-36 en ligne").first.click()
    expect(champ(page, "Adresse e-mail du reçu")).to_have_value("jean.dupont@wanadoo.fr")
    champ(page, "Adresse e-mail du reçu").fill(courriel)
    page.get_by_role("button", name=re.compile("^Payer 120,60")).click()
    expect(page.get_by_text("SIMULATION", exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"120,60\s€"))


def jouer(page: Page, bouton: str = "Payer", quand: str = "") -> None:
    if quand:
        page.get_by_label(quand).check()
    page.get_by_role("button", name=bouton).click()


def titre(page: Page, attendu: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(attendu, timeout=PATIENCE)


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], ids=["avec JS", "sans JS"], indirect=True)
def test_dupont_paie_al_36(page: Page, guide, django_capture_on_commit_callbacks):
    partir(page)
    with django_capture_on_commit_callbacks(execute=True):
        jouer(page)
        titre(page, CONFIRME)
    reglement = Reglement.objects.get(mode="tipi")
    assert (reglement.montant, solde(guide.famille)) == (Decimal("120.60"), 0)
    assert [courriel.to for courriel in mail.outbox] == [["jeanne@example.org"]]
    recu = page.request.get(page.get_by_role("link", name="Reçu en PDF").get_attribute("href"))
    assert (recu.headers["content-type"], recu.body()[:5]) == ("application/pdf", b"%PDF-")
    page.goto("/releve/")
    expect(page.locator(".releve__solde")).to_contain_text(re.compile(r"scolaire\s*0,00\s€"))
    page.goto("/releve/?annee=2014-2015")
    expect(page.get_by_role("link", name=re.compile("Payer la facture"))).to_have_count(0)


@pytest.mark.parametrize(
    ("bouton", "attendu", "etat"),
    [
        ("Carte refusée", "Paiement refusé", EtatPaiement.REFUSE),
        ("Abandonner", "Paiement abandonné", EtatPaiement.ABANDONNE),
    ],
)
def test_un_paiement_refuse_ou_abandonne_se_recommence(page: Page, bouton, attendu, etat):
    partir(page)
    jouer(page, bouton)
    titre(page, attendu)
    assert PaiementEnLigne.objects.get().etat == etat
    page.get_by_role("link", name="Payer cette facture").click()
    expect(page.get_by_role("button", name=re.compile("^Payer 120,60"))).to_be_visible()


def test_une_notification_en_retard_met_la_page_a_jour(page: Page):
    partir(page)
    jouer(page, quand="en retard, après le retour au portail")
    titre(page, ATTENTE)
    titre(page, CONFIRME)
    assert Reglement.objects.filter(mode="tipi").count() == 1


def test_une_notification_en_double_ne_regle_qu_une_fois(page: Page):
    partir(page)
    jouer(page, quand="deux fois")
    titre(page, CONFIRME)
    assert sorted(NotificationTipi.objects.values_list("verdict", flat=True)) == [
        Jugement.ACCEPTEE,
        Jugement.SANS_EFFET,
    ]
    assert Reglement.objects.filter(mode="tipi").count() == 1


def test_sans_notification_la_facture_attend_et_ne_se_paie_pas_deux_fois(page: Page):
    partir(page)
    jouer(page, quand="jamais")
    titre(page, ATTENTE)
    page.goto("/releve/?annee=2014-2015")
    page.get_by_role("link", name="Suivre le paiement de la facture AL-36 en ligne").click()
    expect(page.get_by_text("Un paiement de cette facture est déjà en cours")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Payer"))).to_have_count(0)
    assert not Reglement.objects.filter(mode="tipi").exists()


def test_une_notification_au_montant_faux_ne_regle_rien(page: Page):
    partir(page)
    jouer(page, quand="avec un montant faux")
    titre(page, ATTENTE)
    assert NotificationTipi.objects.a_examiner().get().verdict == Jugement.MONTANT
    assert not Reglement.objects.filter(mode="tipi").exists()


def test_une_adresse_fausse_est_dite_sous_le_champ(page: Page):
    page.goto("/releve/?annee=2014-2015")
    page.get_by_role("link", name="Payer la facture AL-36 en ligne").first.click()
    champ(page, "Adresse e-mail du reçu").fill("jean.dupont")
    page.get_by_role("button", name=re.compile("^Payer")).click()
    expect(page.get_by_role("alert")).to_contain_text("Adresse e-mail du reçu")
    assert not PaiementEnLigne.objects.exists()


def test_apres_un_paiement_on_passe_a_la_facture_suivante(page: Page, guide):
    facture(RegieFactory(), guide.famille, "10.00", date(2015, 5, 1), date(2015, 5, 31))
    partir(page)
    jouer(page)
    titre(page, CONFIRME)
    page.get_by_role("link", name="Payer la facture suivante, AL-37").click()
    titre(page, "Payer la facture AL-37")
    expect(page.locator("#contenu")).to_contain_text("10,00")


@pytest.mark.parametrize("page", [{"bypass_csp": True}], ids=["axe"], indirect=True)
def test_payer_est_accessible(page: Page):
    page.goto("/releve/?annee=2014-2015")
    page.get_by_role("link", name="Payer la facture AL-36 en ligne").first.click()
    assert (violations(page), fautes_au_clavier(page)) == ([], [])
    partir(page)
    # Of a group of radio buttons, Tab only reaches the one that is checked.
    assert violations(page) == []
    jouer(page)
    titre(page, CONFIRME)
    assert (violations(page), fautes_au_clavier(page)) == ([], [])
