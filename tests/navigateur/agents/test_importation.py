"""The direction imports a file in a real browser: each step seen by axe, wide and narrow, light and dark."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from famille.models import Enfant
from tests.navigateur.regard import fautes_au_clavier, violations

EXEMPLE = Path(settings.BASE_DIR) / "docs" / "exemples" / "familles.csv"


def test_la_direction_importe_l_exemple_et_voit_ce_qu_il_change(
    page_de: Callable[..., Page], directrice, tmp_path: Path
):
    page = page_de(directrice, bypass_csp=True)
    page.goto(reverse("admin:famille_famille_changelist"))
    assert violations(page) == []
    page.get_by_role("link", name="Importer un fichier").click()
    assert violations(page) == []
    _deposer(page, EXEMPLE)
    assert violations(page) == []
    assert fautes_au_clavier(page, dans="#content-start") == []
    page.get_by_role("button", name="Voir ce que ce fichier changerait").click()
    page.get_by_text("2\u00a0nouvelles.").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Importer").click()
    page.get_by_text("«\u00a0familles.csv\u00a0» est importé.").wait_for()
    assert Enfant.objects.count() == 3
    fautif = tmp_path / "fautif.csv"
    fautif.write_text("Référence famille;Référence enfant;Classe;QF\nF-1024;E-2048;CM1;612\nF-1024;E-2048;6e;\n")
    _deposer(page, fautif)
    page.get_by_role("button", name="Voir ce que ce fichier changerait").click()
    page.get_by_role("heading", name="2\u00a0erreurs").wait_for()
    assert violations(page) == []


def _deposer(page: Page, fichier: Path) -> None:
    page.get_by_label("Fichier").set_input_files(fichier)
    page.get_by_role("button", name="Lire ce fichier").click()
    page.get_by_role("button", name="Voir ce que ce fichier changerait").wait_for()


def test_une_liste_s_exporte_d_un_bouton(page_de: Callable[..., Page], agent, dupont, martin):
    page = page_de(agent)
    page.goto(reverse("admin:famille_enfant_changelist") + "?q=tom")
    with page.expect_download() as depart:
        page.get_by_role("button", name="CSV").click()
    lu = Path(depart.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert [ligne.split(";")[1] for ligne in lu] == ["Prénom", "Tom"]
