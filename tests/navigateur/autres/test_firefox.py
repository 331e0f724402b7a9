"""The parents' walk in Debian's Firefox, with and without scripts. `bin/test --complet` only: see bin/setup."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.fabriques import MOT_DE_PASSE
from tests.navigateur.autres.firefox import FIREFOX, Firefox
from tests.navigateur.conftest import FilDuServeur

pytestmark = [pytest.mark.long, pytest.mark.skipif(FIREFOX is None, reason="firefox-esr: bin/setup --complet")]


@pytest.fixture(params=[True, False], ids=["avec JavaScript", "sans JavaScript"])
def firefox(request, tmp_path: Path, serveur: FilDuServeur, settings) -> Iterator[Firefox]:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    with Firefox(tmp_path, javascript=request.param) as fenetre:
        yield fenetre
    serveur.en_cours.attendre_le_calme()


def imprimee(firefox: Firefox) -> list[str]:
    """The text of each sheet."""
    return [" ".join(f.extract_text().split()) for f in PdfReader(BytesIO(firefox.imprimer())).pages]


def test_un_parent_entre_reserve_lit_et_imprime(firefox, adresse_du_portail, dupont, inscription):
    def aller(chemin: str) -> None:
        firefox.aller(adresse_du_portail + chemin)

    aller("/connexion/")
    firefox.taper("[name=username]", dupont.compte.identifiant)
    firefox.taper("[name=password]", MOT_DE_PASSE)
    firefox.cliquer("main form button[type=submit]")
    firefox.attendre_la_page("/")

    # The month, the menu of a day (its page, without script), the request.
    mois = f"/enfants/{inscription.enfant_id}/planning/2015/04/"
    aller(mois)
    (feuille,) = imprimee(firefox)
    assert "Planning de Léa" in feuille
    assert "Garderie ma" in feuille  # its PDFs write « ti » as one sign
    firefox.cliquer('.grille-mois a[href^="9/"]')
    if not firefox.javascript:
        firefox.attendre_la_page(f"{mois}9/")
    firefox.cliquer('a[href*="/demandes/"][href*="reservation"]')
    firefox.attendre_la_page(r".*/reservation/")
    firefox.cliquer("main form.formulaire .btn-primary[type=submit]")
    firefox.attendre_la_page(r"/demandes/\d+/.*")
    assert inscription.reservations.get().jour == date(2015, 4, 9)

    # The list and the statement, each on its sheet; the other year follows the picker, or « Afficher ».
    aller("/demandes/")
    assert len(imprimee(firefox)) == 1
    aller("/releve/?annee=2014-2015")
    (feuille,) = imprimee(firefox)
    assert "AL-36" in feuille
    assert "120,60" in feuille
