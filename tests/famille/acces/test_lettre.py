"""The courrier: what a parent reads, where the envelope shows it, and what is kept of it (nothing)."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from famille.acces.lettre import Lettre, epeler, imprimer_lettres
from famille.adresse_postale import LIGNES_MAX
from famille.models import Compte, Responsable

MM = 72 / 25.4  # points


@pytest.fixture
def jean() -> Responsable:
    compte = Compte(identifiant="jean.dupont", provisoire_jusqu_au=datetime(2015, 5, 8, 10, tzinfo=UTC))
    return Responsable(
        civilite="M",
        nom="DUPONT",
        prenom="Jean",
        adresse="12 RUE DES BONBONS",
        code_postal="31400",
        ville="Saint-Jean",
        compte=compte,
    )


def lire(*lettres: Lettre) -> PdfReader:
    return PdfReader(BytesIO(imprimer_lettres(list(lettres), le=date(2015, 4, 8))))


def test_la_lettre_donne_l_identifiant_le_mot_de_passe_et_jusqu_a_quand(jean):
    texte = lire(Lettre(jean, "Kq7mWx4TbnR8")).pages[0].extract_text().replace("\xa0", " ")

    assert "jean.dupont" in texte
    assert "Kq7mWx4TbnR8" in texte
    assert "Saint-Jean, le 8 avril 2015" in texte
    assert "Valable jusqu’au 8 mai 2015" in texte
    assert "8 caractères minimum" in texte


@pytest.mark.parametrize(("civilite", "dite"), [("M", "Monsieur"), ("MME", "Madame"), ("", "Madame, Monsieur")])
def test_elle_s_adresse_a_quelqu_un(jean, civilite, dite):
    jean.civilite = civilite
    assert Lettre(jean, "Kq7mWx4TbnR8").civilite == dite


def test_le_mot_de_passe_est_epele():
    assert epeler("Kq7").replace("\xa0", " ") == "K majuscule, q minuscule, 7"


def test_une_lettre_par_page(jean):
    lettres = [Lettre(jean, f"Provisoire{n}") for n in range(3)]

    pages = lire(*lettres).pages

    assert [f"Provisoire{n}" in page.extract_text() for n, page in enumerate(pages)] == [True, True, True]


def test_la_lettre_est_lisible_par_un_lecteur_d_ecran(jean):
    pdf = lire(Lettre(jean, "Kq7mWx4TbnR8"))

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 — a PDF object, not a bool
    assert pdf.trailer["/Root"]["/Lang"] == "fr"
    assert pdf.metadata.title == "Votre accès au portail famille"
    assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data()


def test_la_fenetre_montre_l_adresse_et_rien_d_autre(jean):
    # The window of a DL envelope, wherever the folded sheet slides in it: see static/css/pdf/courrier.css.
    montres = _textes_dans(lire(Lettre(jean, "Kq7mWx4TbnR8")), gauche=90, droite=200, haut=34, bas=90)

    assert [texte for texte, _, _ in montres] == ["Monsieur Jean DUPONT", "12 RUE DES BONBONS", "31400 SAINT JEAN"]
    assert all(x >= 105 and 45 <= y <= 79 for _, x, y in montres)


def test_une_adresse_de_six_lignes_reste_dans_la_fenetre(jean):
    jean.prenom, jean.nom = "Marie-Antoinette Joséphine", "DE LA TOUR D’AUVERGNE-LAURAGUAIS"
    jean.adresse = (
        "Résidence des Grands Chênes, bâtiment C, escalier 4, appartement 127, 1248 avenue du Général-Leclerc"
    )

    montres = _textes_dans(lire(Lettre(jean, "Kq7mWx4TbnR8")), gauche=90, droite=200, haut=34, bas=90)

    assert len(montres) == LIGNES_MAX
    assert all(45 <= y <= 79 for _, _, y in montres)


def _textes_dans(pdf: PdfReader, *, gauche: int, droite: int, haut: int, bas: int) -> list[tuple[str, float, float]]:
    """The texts that begin in this rectangle of the first page, with their place, in mm from its top left."""
    trouves = []

    def visiter(texte: str, repere: list[float], matrice: list[float], _police, _corps) -> None:
        a, b, c, d, e, f = repere
        x, y = matrice[4] * a + matrice[5] * c + e, matrice[4] * b + matrice[5] * d + f
        x, y = x / MM, 297 - y / MM
        if texte.strip() and gauche <= x <= droite and haut <= y <= bas:
            trouves.append((texte.strip(), x, y))

    pdf.pages[0].extract_text(visitor_text=visiter)
    return trouves


def test_le_mot_de_passe_ne_se_lit_pas_dans_un_journal_d_erreurs(jean):
    assert "Kq7mWx4TbnR8" not in repr(Lettre(jean, "Kq7mWx4TbnR8"))
