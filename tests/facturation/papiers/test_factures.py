"""The invoice's PDF: every mention, tagged, stored once with its hash, served as it is."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader

from facturation.models import DocumentFacture, Facture, Reglement
from facturation.models.facture import PATIENCE
from facturation.papiers import rendu
from facturation.papiers.facture import imprimer_facture
from facturation.papiers.rendu import rendre
from tests.facturation import fabriques


def lire(facture: Facture) -> PdfReader:
    with facture.document.fichier.open("rb") as fichier:
        return PdfReader(io.BytesIO(fichier.read()))


def texte(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_la_facture_porte_toutes_ses_mentions(facture, settings):
    papier = texte(lire(facture))
    for mention in (
        "Facture AL-36",
        "Régie garderie ALSH",
        settings.COMMUNE_NOM,
        settings.CENTRE_ADRESSE[0],
        "du 01/04/2015 au 30/04/2015",
        "08/04/2015",
        "08/05/2015",
        "1001001818331",
        "Jean DUPONT",
        "12 RUE DES BONBONS",
        "Léa DUPONT",
        "ALSH Vacances journée",
        "4 journées",
        "16,80 €",
        "67,20 €",
        "Tranche 2, QF 612, tarif du 01/09/2014",
        "Net à payer",
        "120,60 €",
        "Comment régler",
        "dans les deux mois qui suivent sa réception",
        "L. 1617-5",
        "article 256 B",
        "Talon à joindre à votre règlement",
        f"/factures/{facture.pk}/paiement/",
    ):
        assert mention in papier, mention


def test_la_facture_est_balisee_en_francais_avec_ses_polices(facture):
    pdf = lire(facture)
    racine = pdf.trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"].value is True
    assert racine["/Lang"] == "fr"
    assert racine["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert pdf.metadata.title == "Facture AL-36, du 01/04/2015 au 30/04/2015"
    polices = [police.get_object() for page in pdf.pages for police in page["/Resources"]["/Font"].values()]
    descripteurs = [
        descendant.get_object()["/FontDescriptor"] for police in polices for descendant in police["/DescendantFonts"]
    ]
    assert descripteurs
    assert all("/FontFile2" in d or "/FontFile3" in d for d in descripteurs)


def test_une_facture_courante_tient_sur_une_page(facture):
    assert len(lire(facture).pages) == 1


@pytest.fixture
def facture_de(regie, dupont) -> Callable[[int], PdfReader]:
    """The paper of an invoice of so many lines."""
    longue = fabriques.facture(regie, dupont.famille, "10.00", date(2015, 5, 1), date(2015, 5, 31))
    modele = longue.lignes.get()

    def imprimer(nombre: int) -> PdfReader:
        longue._prefetched_objects_cache = {"lignes": [modele] * nombre}
        return PdfReader(io.BytesIO(imprimer_facture(longue)))

    return imprimer


def test_une_longue_facture_tourne_la_page_et_repete_l_en_tete_du_tableau(facture_de):
    pdf = facture_de(80)
    assert len(pdf.pages) == 3
    assert ["Prix unitaire" in page.extract_text() for page in pdf.pages] == [True] * 3


@pytest.mark.parametrize("nombre", range(12, 24))
def test_le_talon_ne_tourne_jamais_la_page_sans_le_total_et_une_ligne(facture_de, nombre):
    derniere = facture_de(nombre).pages[-1].extract_text()
    assert "Talon à joindre" in derniere
    assert "Comment régler" in derniere
    # In the table, then on the coupon.
    assert derniere.count("Net à payer") == 2
    assert "10,00" in derniere.partition("Net à payer")[0]


def test_le_pdf_est_rendu_une_seule_fois(facture, monkeypatch):
    monkeypatch.setattr(rendu, "_ranger", lambda *facture: pytest.fail("rendered again"))
    assert rendre([facture.pk]) == 0
    assert DocumentFacture.objects.filter(facture=facture).count() == 1


def test_de_deux_rendus_en_meme_temps_le_premier_reste(facture):
    avant = facture.document.fichier.name
    assert rendu._ranger(facture, b"%PDF-autre") is False
    assert DocumentFacture.objects.get(facture=facture).fichier.name == avant
    dossier = avant.rpartition("/")[0]
    assert default_storage.listdir(dossier)[1] == [avant.rpartition("/")[2]]


def test_le_document_est_garde_avec_son_empreinte(facture):
    with facture.document.fichier.open("rb") as fichier:
        assert hashlib.sha256(fichier.read()).hexdigest() == facture.document.empreinte


def test_l_emission_laisse_le_rendu_a_la_file(regie, dupont, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        emise = fabriques.facture(regie, dupont.famille, "10.00", date(2015, 5, 1), date(2015, 5, 31))
        assert not DocumentFacture.objects.exists()
    assert Facture.objects.get(pk=emise.pk).document


def test_le_parent_lit_la_facture_telle_qu_elle_fut_emise(facture, parent, monkeypatch):
    monkeypatch.setattr(rendu, "_ranger", lambda *facture: pytest.fail("rendered while serving"))
    reponse = parent.get(facture.get_absolute_url())
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")
    assert hashlib.sha256(b"".join(reponse.streaming_content)).hexdigest() == facture.document.empreinte


def test_qui_a_deja_la_facture_ne_la_telecharge_pas_deux_fois(facture, parent):
    entiere = parent.get(facture.get_absolute_url())
    etag, _ = entiere["ETag"], b"".join(entiere.streaming_content)
    reponse = parent.get(facture.get_absolute_url(), headers={"If-None-Match": etag})
    assert (reponse.status_code, reponse["ETag"], reponse["Cache-Control"]) == (304, etag, "private, no-store")


def test_une_facture_se_sert_en_trois_requetes(facture, parent, django_assert_max_num_queries):
    parent.get(reverse("facturation:releve"))  # the session's own writing
    with django_assert_max_num_queries(3):
        papier = b"".join(parent.get(facture.get_absolute_url()).streaming_content)
    assert papier.startswith(b"%PDF")


@pytest.fixture
def en_preparation(regie, dupont) -> Facture:
    return fabriques.facture(regie, dupont.famille, "10.00", date(2015, 4, 1), date(2015, 4, 30))


def test_une_facture_pas_encore_rendue_le_dit_a_la_place_de_son_icone(en_preparation, parent):
    reponse = parent.get(en_preparation.get_absolute_url(), follow=True)
    assert reponse.redirect_chain == [(reverse("facturation:releve"), 302)]
    attente = f"Le PDF de la facture {en_preparation.reference} se prépare\u00a0: revenez dans quelques minutes."
    assert attente in reponse.text
    page = parent.get(reverse("facturation:releve"), {"annee": "2014-2015"}).text
    assert en_preparation.reference in page
    assert page.count("PDF en préparation") == 1
    assert en_preparation.get_absolute_url() not in page


def test_l_agent_apprend_aussi_que_le_papier_se_prepare(en_preparation, client, regisseur):
    client.force_login(regisseur)
    reponse = client.get(reverse("admin:facturation_facture_pdf", args=[en_preparation.pk]), follow=True)
    assert reponse.redirect_chain == [(reverse("admin:facturation_facture_change", args=[en_preparation.pk]), 302)]
    assert "se prépare\u00a0: revenez dans quelques minutes." in reponse.text


def test_un_papier_qui_tarde_se_prepare_de_nouveau(
    en_preparation, client, regisseur, agent, settings, time_machine, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    page, dessin = (
        reverse(f"admin:facturation_facture_{nom}", args=[en_preparation.pk]) for nom in ("change", "dessin")
    )
    client.force_login(regisseur)

    def demander() -> bool:
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(dessin).url == page
        return DocumentFacture.objects.filter(facture=en_preparation).exists()

    assert "Préparer le PDF de nouveau" not in client.get(page).text
    assert not demander(), "somebody may still be at it"
    time_machine.move_to(en_preparation.creee_le + PATIENCE + timedelta(seconds=1), tick=False)
    assert "Préparer le PDF de nouveau" in client.get(page).text
    client.get(dessin)
    assert not DocumentFacture.objects.exists()
    assert demander()
    assert "Préparer le PDF de nouveau" not in client.get(page).text
    client.force_login(agent)
    assert client.post(dessin).status_code == 403


def test_la_facture_d_a_cote_n_existe_pas_meme_en_preparation(en_preparation, client, martin):
    client.force_login(martin.compte)
    assert client.get(en_preparation.get_absolute_url()).status_code == 404


def test_une_avance_se_deduit_sur_le_papier(regie, dupont):
    Reglement.objects.enregistrer(dupont.famille, regie, Decimal(30), "cheque", le=date(2015, 4, 1), par=None)
    emise = fabriques.facture(regie, dupont.famille, "50.00", date(2015, 4, 1), date(2015, 4, 30))
    papier = texte(PdfReader(io.BytesIO(imprimer_facture(emise))))
    assert "Avance déjà versée, déduite 30,00 €" in papier
    assert "Net à payer 20,00 €" in papier
