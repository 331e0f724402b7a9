"""« Relevé de compte »: the DUPONTs' year of the guide, on page, CSV and PDF; years, balances, states, neighbours."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from facturation.compte.operations_affichees import factures_impayees
from facturation.compte.releve import ReleveDeCompte
from facturation.compte.solde import solde
from facturation.models import Reglement
from facturation.papiers.releve import ecrire_csv
from portail.peuplement.facturation import peupler_compte_du_guide
from socle.annee_scolaire import AnneeScolaire
from tests.facturation import fabriques

EN_2015 = time_machine.travel("2015-04-09 10:00+02:00", tick=False)
ANNEE = AnneeScolaire(2014)


@pytest.fixture
def guide(regie, dupont):
    """The DUPONTs' account as the guide prints it."""
    peupler_compte_du_guide(regie)
    return dupont


@pytest.fixture
def parent(guide) -> Client:
    client = Client()
    client.force_login(guide.compte, backend="famille.connexion.CompteDuPortail")
    return client


def releve(foyer, annee=ANNEE, au=date(2015, 4, 9)) -> ReleveDeCompte:
    return ReleveDeCompte(foyer.famille, annee, au=au)


def texte(contenu: bytes) -> str:
    pages = PdfReader(io.BytesIO(contenu)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_le_releve_des_dupont_est_celui_du_guide(guide):
    operations = [(o.reference, o.date, o.description, o.regie, o.debit, o.credit) for o in releve(guide).operations]
    le = date(2015, 4, 8)
    nom = "Régie garderie ALSH"
    assert operations == [
        ("AL-36", le, "Facture\u00a0: 01/04/2015 - 30/04/2015", nom, Decimal("120.60"), None),
        ("AL-228", le, "Règlement\u00a0: Chèque", nom, None, Decimal("243.20")),
        ("AL-12", le, "Facture\u00a0: 01/02/2015 - 31/03/2015", nom, Decimal("243.20"), None),
    ]


def test_les_totaux_des_dupont_sont_ceux_du_guide(guide):
    r = releve(guide)
    assert (r.ancien_solde, r.total_debit, r.total_credit, r.solde) == (
        Decimal("0.00"),
        Decimal("363.80"),
        Decimal("243.20"),
        Decimal("120.60"),
    )
    assert solde(guide.famille) == r.solde


@EN_2015
def test_la_page_montre_le_releve_du_guide(parent):
    page = parent.get(reverse("facturation:releve"), {"annee": "2014-2015"}).text
    for attendu in ("AL-36", "AL-228", "AL-12", "363,80\u00a0€", "243,20\u00a0€", "120,60\u00a0€", ">0,00\u00a0€<"):
        assert attendu in page
    for titre in ("Mes factures", "Mes règlements", "Informations compte", "Ancien solde", "Relevé des opérations"):
        assert titre in page


@EN_2015
def test_le_tableur_montre_le_releve_du_guide(parent):
    reponse = parent.get(reverse("facturation:releve_csv"), {"annee": "2014-2015"})
    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert reponse.content.decode("utf-8-sig").splitlines() == [
        "N° Opération;Date;Description;Régie;Débit;Crédit",
        "AL-36;08/04/2015;Facture\u00a0: 01/04/2015 - 30/04/2015;Régie garderie ALSH;120,60;",
        "AL-228;08/04/2015;Règlement\u00a0: Chèque;Régie garderie ALSH;;243,20",
        "AL-12;08/04/2015;Facture\u00a0: 01/02/2015 - 31/03/2015;Régie garderie ALSH;243,20;",
        ";;Ancien solde;;0,00;",
        ";;Solde du compte pour l’année scolaire;;120,60;",
        ";;Totaux;;363,80;243,20",
    ]


@EN_2015
def test_le_papier_montre_le_releve_du_guide(parent):
    reponse = parent.get(reverse("facturation:releve_pdf"), {"annee": "2014-2015"})
    papier = texte(reponse.content)
    for attendu in ("AL-36", "AL-228", "AL-12", "363,80 €", "243,20 €", "120,60 €", "Ancien solde 0,00 €"):
        assert attendu in papier
    assert PdfReader(io.BytesIO(reponse.content)).trailer["/Root"]["/Lang"] == "fr"


def test_un_motif_qui_ressemble_a_une_formule_reste_un_texte(guide, regie):
    facture = guide.famille.factures.get(numero=36)
    facture.etablir_avoir(Decimal("1.00"), motif="=1+1", le=date(2015, 4, 9), par=None)
    assert "Avoir sur AL-36\u00a0: =1+1" in ecrire_csv(releve(guide))


def test_le_solde_d_une_annee_est_l_ancien_solde_de_la_suivante(guide, regie):
    fabriques.facture(regie, guide.famille, "10.00", date(2015, 9, 1), date(2015, 9, 30), le=date(2015, 10, 1))
    suivante = releve(guide, AnneeScolaire(2015), au=date(2015, 10, 2))
    assert (suivante.ancien_solde, suivante.total_debit, suivante.solde) == (
        releve(guide).solde,
        Decimal("10.00"),
        Decimal("130.60"),
    )


def test_une_annulation_de_reglement_est_un_debit(guide, regie):
    reglement = Reglement.objects.get(numero=228)
    reglement.annuler(motif="Chèque sans provision", le=date(2015, 4, 9), par=None)
    r = releve(guide)
    assert (r.operations[0].description, r.operations[0].debit) == (
        "Annulation de règlement\u00a0: Chèque sans provision",
        Decimal("243.20"),
    )
    assert r.solde == solde(guide.famille) == Decimal("363.80")


def test_on_choisit_parmi_les_annees_de_la_premiere_operation_a_la_courante(guide):
    annees = [str(annee) for annee in releve(guide, au=date(2017, 1, 5)).annees]
    assert annees == ["2016-2017", "2015-2016", "2014-2015"]


@pytest.mark.parametrize("annee", ["2014", "2014-2016", "x", "2014-2015-2016", "²014-2015", "9999-10000", "-1-0"])
@EN_2015
def test_une_annee_qui_n_en_est_pas_une_est_introuvable(parent, annee):
    assert parent.get(reverse("facturation:releve"), {"annee": annee}).status_code == 404


@EN_2015
def test_sans_annee_le_releve_est_celui_de_l_annee_en_cours(parent):
    assert parent.get(reverse("facturation:releve")).context["releve"].annee == ANNEE


def test_l_etat_de_chaque_facture_se_lit(guide):
    au_8_mai, au_9_mai = (releve(guide, au=date(2015, 5, jour)) for jour in (8, 9))
    assert [ligne.libelle_etat for ligne in au_8_mai.factures] == ["À régler", "Réglée"]
    assert [ligne.libelle_etat for ligne in au_9_mai.factures] == ["En retard", "Réglée"]


def test_une_facture_entamee_dit_ce_qui_reste(guide, regie):
    Reglement.objects.enregistrer(guide.famille, regie, Decimal("20.60"), "especes", le=date(2015, 4, 9), par=None)
    facture = releve(guide).factures[0]
    assert (facture.est_entamee, facture.facture.reste) == (True, Decimal("100.00"))


def test_les_impayees_sont_celles_de_la_famille_la_plus_ancienne_d_abord(guide, martin, regie):
    fabriques.facture(regie, martin.famille, "50.00", date(2015, 3, 1), date(2015, 3, 31))
    fabriques.facture(regie, guide.famille, "5.00", date(2015, 1, 1), date(2015, 1, 31), le=date(2015, 2, 1))
    impayees = factures_impayees(guide.famille, au=date(2015, 4, 9))
    assert [ligne.facture.numero for ligne in impayees] == [38, 36]


VOLETS = ("compte", "factures", "reglements")


def lignes(client: Client, **parametres: str) -> list[str]:
    """The references at the head of each row."""
    page = client.get(reverse("facturation:releve"), parametres).text
    return re.findall(r'<th scope="row">([A-Z]+-\d+)</th>', page)


@EN_2015
def test_aucune_operation_n_est_deux_fois_sur_une_page(parent):
    lues = {volet: lignes(parent, annee="2014-2015", voir=volet) for volet in VOLETS}
    assert lues == {
        "compte": ["AL-36", "AL-228", "AL-12"],
        "factures": ["AL-36", "AL-12"],
        "reglements": ["AL-228"],
    }
    assert parent.get(reverse("facturation:releve"), {"voir": "tout"}).status_code == 404


@EN_2015
@pytest.mark.parametrize("annee", ["2012-2013", "2014-2015"])
@pytest.mark.parametrize("volet", VOLETS)
def test_ce_qui_est_du_se_paie_quelle_que_soit_l_annee_lue(parent, guide, annee, volet):
    page = parent.get(reverse("facturation:releve"), {"annee": annee, "voir": volet}).text
    facture = guide.famille.factures.get(numero=36)
    assert f'<a class="btn btn-primary" href="{reverse("facturation:paiement", args=[facture.pk])}">' in page
    assert "Payer 120,60\u00a0€" in page


def test_une_annee_reglee_depuis_ne_reclame_plus_rien(guide, regie):
    lue = releve(guide, au=date(2015, 9, 30))
    assert (lue.solde, lue.est_solde_depuis) == (Decimal("120.60"), False)
    Reglement.objects.enregistrer(guide.famille, regie, Decimal("120.60"), "cheque", le=date(2015, 9, 15), par=None)
    lue = releve(guide, au=date(2015, 9, 30))
    assert (lue.solde, lue.est_solde_depuis, lue.impayees) == (Decimal("120.60"), True, [])
    # What came after the year does not change what the year says.
    fabriques.facture(regie, guide.famille, "5.00", date(2015, 9, 1), date(2015, 9, 15), le=date(2015, 9, 16))
    assert releve(guide, au=date(2015, 9, 30)).est_solde_depuis


@time_machine.travel("2015-09-30 10:00+02:00", tick=False)
def test_la_page_d_une_annee_reglee_depuis_le_dit(parent, guide, regie):
    Reglement.objects.enregistrer(guide.famille, regie, Decimal("120.60"), "cheque", le=date(2015, 9, 15), par=None)
    page = parent.get(reverse("facturation:releve"), {"annee": "2014-2015"}).text
    assert "releve__solde--regle" in page
    assert "réglé depuis" in page
    assert "Payer" not in page


@EN_2015
def test_chaque_icone_a_un_nom_qui_se_voit(parent, guide):
    """A word beside each picture, and the whole sentence for a screen reader."""
    for volet in VOLETS:
        page = parent.get(reverse("facturation:releve"), {"annee": "2014-2015", "voir": volet}).text
        for lien in re.findall(r'<a class="icone-lien".*?</a>', page, re.DOTALL):
            vu = re.sub(r"<svg.*?</svg>|<span class=\"visually-hidden\">.*?</span>|<[^>]+>", "", lien, flags=re.DOTALL)
            assert vu.strip() in {"PDF", "Payer", "Suivre", "Reçu"}


@EN_2015
def test_le_voisin_ne_voit_ni_le_releve_ni_les_factures(guide, martin):
    client = Client()
    client.force_login(martin.compte, backend="famille.connexion.CompteDuPortail")
    page = client.get(reverse("facturation:releve"), {"annee": "2014-2015"}).text
    assert "AL-36" not in page
    facture = guide.famille.factures.get(numero=36)
    assert client.get(facture.get_absolute_url()).status_code == 404


@EN_2015
def test_le_releve_tient_en_huit_requetes_quel_que_soit_l_historique(
    parent, guide, regie, django_assert_max_num_queries
):
    for mois in range(1, 13):
        debut = date(2013, mois, 1)
        fabriques.facture(regie, guide.famille, "10.00", debut, debut.replace(day=28), le=debut)
        Reglement.objects.enregistrer(guide.famille, regie, Decimal("9.00"), "cheque", le=debut, par=None)
    parent.get(reverse("facturation:releve"))
    with django_assert_max_num_queries(8):
        html = parent.get(reverse("facturation:releve"), {"annee": "2012-2013"}).content.decode()
    # The invoices of January to August are of that school year.
    assert [html.count(f"01/{mois:02}/2013 - ") > 0 for mois in range(1, 13)] == [True] * 8 + [False] * 4


def test_chaque_regie_dit_son_solde_et_rien_ne_dit_a_jour_tant_que_l_une_attend(parent, guide, regie):
    autre = fabriques.RegieFactory(code="CA", nom="Régie cantine")
    due = fabriques.facture(autre, guide.famille, "50.00", date(2015, 3, 1), date(2015, 3, 31))
    Reglement.objects.enregistrer(guide.famille, regie, Decimal("170.60"), "cheque", le=date(2015, 4, 8), par=None)
    assert solde(guide.famille) == 0
    phrase = (
        "votre compte a 50,00\u00a0€ d’avance (Régie garderie ALSH)\u00a0; vous devez 50,00\u00a0€ (Régie cantine)."
    )
    assert releve(guide).situation == f"Aujourd’hui, toutes années comptées, {phrase}"
    with EN_2015:
        assert "à jour" not in parent.get(reverse("facturation:releve")).content.decode()
        papier = texte(b"".join(parent.get(reverse("facturation:releve_pdf"))))
    assert "vous devez 50,00 € (Régie cantine)" in papier.replace("\u00a0", " ")
    Reglement.objects.enregistrer(guide.famille, autre, due.montant, "cheque", le=date(2015, 4, 8), par=None)
    assert "vous devez" not in releve(guide).situation
    assert "50,00\u00a0€ d’avance (Régie garderie ALSH)" in releve(guide).situation


def test_une_seule_regie_ne_se_nomme_pas(guide):
    assert releve(guide).situation == "Aujourd’hui, toutes années comptées, vous devez 120,60\u00a0€."


def test_ce_qui_se_fait_au_meme_instant_se_lit_du_dernier_au_premier(regie, dupont):
    """A campaign and its régularisation are of the same second: the order is theirs, on every page that shows them."""
    with EN_2015:
        faites = [
            fabriques.facture(regie, dupont.famille, "10.00", date(2015, mois, 1), date(2015, mois, 28)).reference
            for mois in (1, 3, 2)
        ]
    assert [operation.reference for operation in releve(dupont).operations] == faites[::-1]
