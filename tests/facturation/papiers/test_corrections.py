"""What corrects an invoice can be read: the avoir with its lines and days, the invoice behind the page that says it."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from facturation.models import Facture, Reglement
from planning.regles.etats import Etat
from tests.fabriques import CompteFactory
from tests.facturation.campagne.conftest import Suite
from tests.facturation.ville import batir

LE = date(2015, 4, 20)


def texte(contenu: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(contenu)).pages]


def lire(client, chemin: str) -> list[str]:
    reponse = client.get(chemin)
    assert reponse["Content-Type"] == "application/pdf"
    return texte(b"".join(reponse) if reponse.streaming else reponse.content)


def releve(client, **options: str) -> str:
    return client.get(reverse("facturation:releve"), {"annee": "2014-2015"} | options).text


@pytest.fixture
def annulee(facture, regisseur) -> Facture:
    """120,60 € billed, 20,00 € paid, all of it taken back."""
    Reglement.objects.enregistrer(facture.famille, facture.regie, Decimal(20), "cheque", le=LE, par=None)
    facture.annuler(motif="Erreur de tarif", le=LE, par=regisseur)
    return facture


def test_l_avoir_se_lit_ligne_par_ligne(annulee, parent):
    (page,) = lire(parent, annulee.avoirs.get().get_absolute_url())
    for mention in (
        "Avoir AL-1",
        "AL-36",
        "Erreur de tarif",
        "Jean DUPONT",
        "Léa DUPONT",
        "ALSH Vacances journée",
        "−4 journées",
        "En votre faveur",
        "120,60 €",
    ):
        assert mention in page, mention


def test_l_avoir_nomme_les_jours_qu_il_rend(suite_rendue, parent_de):
    avoir, famille = suite_rendue
    (page,) = lire(parent_de(famille), avoir.get_absolute_url())
    assert "01, 02/10/2026" in page


def test_le_releve_mene_a_l_avoir_et_dit_la_facture_annulee(annulee, parent):
    assert annulee.avoirs.get().get_absolute_url() in releve(parent)
    factures = releve(parent, voir="factures")
    assert "Annulée" in factures
    assert reverse("facturation:paiement", args=[annulee.pk]) not in factures


def test_la_facture_annulee_se_sert_derriere_un_avis_et_son_papier_ne_change_pas(annulee, parent):
    with annulee.document.fichier.open("rb") as fichier:
        (original,) = texte(fichier.read())
    avis, suite = lire(parent, annulee.get_absolute_url())
    assert "Facture AL-36 : annulée" in avis
    assert "il n’y a rien à payer" in avis
    assert "Avoir AL-1, 20/04/2015 : Erreur de tarif" in avis
    assert suite == original


def test_une_facture_rendue_en_partie_dit_ce_qui_reste(facture, parent):
    Reglement.objects.enregistrer(facture.famille, facture.regie, Decimal(20), "cheque", le=LE, par=None)
    facture.etablir_avoir(Decimal("10.60"), motif="Geste", le=LE, par=None)
    avis, _ = lire(parent, facture.get_absolute_url())
    assert "Facture AL-36 : corrigée" in avis
    assert "Réglé −20,00 €" in avis
    assert "Reste à payer 90,00 €" in avis
    assert "Annulée" not in releve(parent, voir="factures")


def test_une_facture_intacte_se_sert_seule(facture, parent):
    assert len(lire(parent, facture.get_absolute_url())) == 1


@pytest.fixture
def suite_rendue(db):
    """Two meals of October given back, by a campaign."""
    suite = Suite(batir())
    suite.cantine.reservations.filter(jour__lte=date(2026, 10, 2)).update(etat=Etat.ABSENT_EXCUSE, presence="")
    suite.facturer_novembre()
    return suite.famille.avoirs.get(), suite.famille


@pytest.fixture
def parent_de(client):
    def connecter(famille):
        compte = CompteFactory()
        famille.responsables.update(compte=compte)
        client.force_login(compte, backend="famille.connexion.CompteDuPortail")
        return client

    return connecter
