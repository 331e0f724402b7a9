"""Jean and Alice converse, each in a browser; what the MARTINs see of it; a session that ends while typing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from messagerie.models import Fil
from tests.navigateur.gestes import champ, entrer

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def certificat(tmp_path: Path) -> Path:
    fichier = tmp_path / "certificat de Léa.pdf"
    fichier.write_bytes(PDF)
    return fichier


@pytest.fixture(params=[True, False], ids=["avec JavaScript", "sans JavaScript"])
def jean(request, page_de: Callable[..., Page], dupont) -> Page:
    return page_de(dupont.compte, java_script_enabled=request.param)


def _telecharge(page: Page, nom: str) -> bytes:
    with page.expect_download() as telechargement:
        page.get_by_role("link", name=nom).click()
    return Path(telechargement.value.path()).read_bytes()


def test_une_conversation_dans_les_deux_sens(jean: Page, page_de, dupont, martin, agent, certificat: Path):
    jean.goto("/messages/")
    jean.get_by_role("link", name="Écrire au centre").click()
    champ(jean, "Sujet").fill("Certificat de Léa")
    champ(jean, "Votre message").fill("Bonjour, voici le certificat.")
    champ(jean, "Pièces jointes").set_input_files(certificat)
    jean.get_by_role("button", name="Envoyer au centre").click()
    expect(jean.get_by_text("Votre message est envoyé au centre.")).to_be_visible()

    alice = page_de(agent)
    alice.goto("/admin/messagerie/fil/")
    alice.get_by_role("link", name="Certificat de Léa").click()
    alice.get_by_role("button", name="Prendre en charge").click()
    expect(alice.get_by_text("Vous vous en occupez.")).to_be_visible()
    assert _telecharge(alice, "certificat de Léa.pdf") == PDF
    alice.get_by_label("Réponse").fill("Merci, c’est noté.")
    alice.get_by_role("button", name="Envoyer la réponse").click()
    expect(alice.get_by_text("La réponse est envoyée.")).to_be_visible()

    jean.goto("/messages/")
    expect(jean).to_have_title(re.compile(r"^\(1\) Boîte de réception"))
    jean.get_by_role("link", name="Certificat de Léa").click()
    expect(jean.get_by_text("Merci, c’est noté.")).to_be_visible()
    expect(jean.get_by_text("Centre social Les Tilleuls (Alice MAIRIE)")).to_be_visible()
    assert _telecharge(jean, "certificat de Léa.pdf") == PDF

    sophie = page_de(martin.compte)
    for adresse in ("/messages/", "/messages/envoyes/", "/messages/supprimes/"):
        sophie.goto(adresse)
        expect(sophie.get_by_role("main")).not_to_contain_text("Certificat")


def test_lire_suffit_a_ne_plus_etre_nouveau(page_de: Callable[..., Page], dupont, agent):
    fil = Fil.ecrire_a(dupont.famille, "Sortie", "Pensez au pique-nique.", agent)
    page = page_de(dupont.compte)
    page.goto(f"/messages/{fil.pk}/")
    expect(page.get_by_role("banner")).to_contain_text("vous n’avez aucun nouveau message")
    expect(page).to_have_title(re.compile(r"^Sortie"))
    expect(page.get_by_role("button", name="Marquer comme lu")).to_have_count(0)


def test_sans_javascript_un_bouton_dit_qu_on_a_lu(page_de: Callable[..., Page], dupont, agent):
    fil = Fil.ecrire_a(dupont.famille, "Sortie", "Pensez au pique-nique.", agent)
    page = page_de(dupont.compte, java_script_enabled=False)
    page.goto(f"/messages/{fil.pk}/")
    page.get_by_role("button", name="Marquer comme lu").click()
    expect(page.get_by_role("banner")).to_contain_text("vous n’avez aucun nouveau message")


def test_supprimer_puis_restaurer(jean: Page, dupont, agent):
    fil = Fil.ecrire_a(dupont.famille, "Sortie", "Pensez au pique-nique.", agent)
    jean.goto(f"/messages/{fil.pk}/")
    jean.get_by_role("button", name="Supprimer").click()
    expect(jean.get_by_text("La conversation est supprimée.")).to_be_visible()
    jean.get_by_role("link", name="Supprimés").click()
    jean.get_by_role("link", name="Sortie").click()
    jean.get_by_role("button", name="Restaurer").click()
    jean.goto("/messages/")
    expect(jean.get_by_role("link", name="Sortie")).to_be_visible()


def test_ce_qui_est_tape_survit_a_la_fin_de_la_session(jean: Page, dupont):
    jean.goto("/messages/nouveau/")
    champ(jean, "Sujet").fill("Absence")
    champ(jean, "Votre message").fill("Léa est malade.")
    jean.context.clear_cookies(name="portail_session")
    jean.get_by_role("button", name="Envoyer au centre").click()
    expect(jean.get_by_text("Vous avez été déconnecté.")).to_be_visible()
    entrer(jean, "dupont")
    expect(jean.get_by_text("Votre texte a été gardé.")).to_be_visible()
    expect(champ(jean, "Votre message")).to_have_value("Léa est malade.")
    jean.get_by_role("button", name="Envoyer au centre").click()
    expect(jean.get_by_text("Votre message est envoyé au centre.")).to_be_visible()


def test_ce_qui_n_a_pas_ete_envoye_revient_aussi(page_de: Callable[..., Page], dupont):
    """The page's own clock leads to the door before anything is sent."""
    page = page_de(dupont.compte)
    page.goto("/messages/nouveau/")
    champ(page, "Votre message").press_sequentially("Léa est malade.")
    page.context.clear_cookies(name="portail_session")
    page.goto("/connexion/?expiree=1&next=/messages/nouveau/")
    entrer(page, "dupont")
    expect(champ(page, "Votre message")).to_have_value("Léa est malade.")


def test_des_fichiers_choisis_en_deux_fois_s_ajoutent(page_de, dupont, certificat: Path, tmp_path: Path):
    """The photo is heavy: the browser reduces it before it leaves."""
    photo = tmp_path / "IMG_1.png"
    Image.effect_noise((3_400, 1_000), 90).save(photo)
    page = page_de(dupont.compte)
    page.goto("/messages/nouveau/")
    champ(page, "Sujet").fill("Certificat")
    champ(page, "Votre message").fill("Voici.")
    fichiers = champ(page, "Pièces jointes")
    fichiers.set_input_files(certificat)
    fichiers.set_input_files(photo)
    expect(page.get_by_role("button", name="Retirer IMG_1.jpg")).to_be_visible()
    page.get_by_role("button", name="Envoyer au centre").click()
    expect(page.get_by_text("Votre message est envoyé au centre.")).to_be_visible()
    pieces = dupont.famille.fils.get().messages.get().pieces.all()
    assert sorted(piece.nom for piece in pieces) == ["IMG_1.jpg", "certificat de Léa.pdf"]


def test_la_limite_est_dite_avant_l_envoi(page_de, dupont, tmp_path: Path):
    lourd = tmp_path / "lourd.pdf"
    lourd.write_bytes(PDF + b" " * 6_000_000)
    page = page_de(dupont.compte)
    page.goto("/messages/nouveau/")
    champ(page, "Pièces jointes").set_input_files(lourd)
    alerte = page.get_by_role("alert").filter(has_text="lourd.pdf")
    expect(alerte).to_have_text("«\u00a0lourd.pdf\u00a0» est trop lourd (5,7\u00a0Mo).")
    page.get_by_role("button", name="Retirer lourd.pdf").click()
    expect(alerte).to_have_count(0)
