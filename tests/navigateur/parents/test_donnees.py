"""A parent takes a copy of their data, on a telephone as at a desk."""

from zipfile import ZipFile

import pytest

ECRANS = [{"width": 320, "height": 640}, {"width": 1280, "height": 800}]


@pytest.mark.parametrize("ecran", ECRANS, ids=lambda ecran: str(ecran["width"]))
@pytest.mark.parametrize("chemin", ["/mon-compte/", "/donnees-personnelles/"])
def test_un_parent_telecharge_ses_donnees(page_de, dupont, tmp_path, ecran, chemin):
    page = page_de(dupont.compte, viewport=ecran)
    page.goto(chemin)
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger mes données").click()
    assert telechargement.value.suggested_filename == "mes-donnees-1001001818331.zip"
    telechargement.value.save_as(tmp_path / "copie.zip")
    assert ZipFile(tmp_path / "copie.zip").namelist() == ["donnees.json"]
    assert page.url.endswith(chemin)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
