"""A file as cells, however it was written; what is no table says so in one sentence."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook

from portail.importation.lecture import fichier
from portail.importation.lecture.fautes import FichierIllisible
from portail.importation.lecture.fichier import lire

LU = [(2, ["Élise", "1;2", "3"])]


@pytest.mark.parametrize("jeu", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("signe", [";", ",", "\t"])
def test_un_csv_se_lit_quels_que_soient_ses_signes(jeu, signe):
    texte = f'Prénom{signe}b{signe}c\r\nÉlise{signe}"1;2"{signe}3\r\n' + f"{signe}{signe}\r\n" * 60
    table = lire(texte.encode(jeu))
    assert (table.entetes, table.lignes) == (["Prénom", "b", "c"], LU)


def test_les_lignes_gardent_leur_numero_et_les_vides_passent():
    assert lire(b"\n\na;b\n\n1;2\n").lignes == [(5, ["1", "2"])]


def test_ce_que_nos_exports_ont_neutralise_se_relit():
    assert lire(b"a;b\n'=x;'' y\n").lignes == [(2, ["=x", "'' y"])]


def _classeur(*rangees) -> bytes:
    sortie = BytesIO()
    classeur = Workbook(sortie, {"default_date_format": "dd/mm/yyyy"})
    page = classeur.add_worksheet()
    for ligne, rangee in enumerate(rangees):
        page.write_row(ligne, 0, rangee)
    classeur.close()
    return sortie.getvalue()


def test_un_classeur_se_lit_en_textes():
    table = lire(_classeur(["a", "b", "c", "d"], [date(2015, 4, 8), 612345678, 612.4, True]))
    assert table.lignes == [(2, ["2015-04-08", "612345678", "612.4", "Oui"])]


def test_ce_qui_ne_se_montre_pas_s_oublie():
    assert lire(b"a;b\n1\x07;\x0e2\n").lignes == [(2, ["1", "2"])]


def test_un_classeur_abime_se_dit():
    bon = _classeur(["a", "b"], [1, 2])
    for mauvais in (bon[: len(bon) // 2], b"PK\x03\x04" + b"x" * 100):
        with pytest.raises(FichierIllisible, match="Ce fichier est abîmé"):
            lire(mauvais)


def test_une_cellule_au_bout_du_monde_ne_prend_pas_la_memoire():
    """A few bytes that ask for seventeen billion cells: whoever reads them dies alone."""
    sortie = BytesIO()
    with ZipFile(BytesIO(_classeur(["a"], [1]))) as avant, ZipFile(sortie, "w") as apres:
        for nom in avant.namelist():
            contenu = avant.read(nom)
            if nom.endswith("sheet1.xml"):
                contenu = contenu.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="A2"', b'r="XFD1048576"')
                assert b"XFD1048576" in contenu
            apres.writestr(nom, contenu)
    with pytest.raises(FichierIllisible, match="abîmé, ou démesuré"):
        lire(sortie.getvalue())


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"", "Ce fichier est vide."),
        (b"a;b\n", "pas de ligne sous celle des titres"),
        (b"\xd0\xcf\x11\xe0xxx", "mot de passe"),
        (b"a\x00;b\n1;2\n", "abîmé"),
        (b"\xff\xfea", "abîmé"),
        (b"a;b\n" + b"1;2\n" * 20_001, "20\u202f000 lignes au plus"),
        (b"x" * (fichier.OCTETS_MAX + 1), "10 Mo au plus"),
    ],
)
def test_ce_qui_n_est_pas_une_table_se_dit(contenu, phrase):
    with pytest.raises(FichierIllisible) as refus:
        lire(contenu)
    assert phrase in str(refus.value).replace("\u00a0", " ")
