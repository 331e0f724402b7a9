"""A sheet as CSV and as XLSX: what a spreadsheet reads of each."""

from datetime import date, datetime, time
from decimal import Decimal
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from socle.exports import classeur, separe
from socle.exports.feuille import Feuille

COLONNES = ["Nom", "Montant", "Jour", "Reçu le", "Heure", "Nombre"]
LIGNE = [
    "D’Été; « Zoé »",
    Decimal("-1234.50"),
    date(2015, 4, 8),
    datetime.fromisoformat("2015-04-08T09:05"),  # as a spreadsheet has it: of no zone
    time(8, 30),
    3,
]
VIDE = [None] * 6


def _csv(lignes):
    return "".join(separe.ecrire(Feuille("Essai", COLONNES, lignes)))


def _xlsx(lignes):
    return CalamineWorkbook.from_filelike(classeur.ecrire(Feuille("Été [1/2]", COLONNES, lignes)))


def test_un_csv_s_ouvre_tel_quel_dans_un_tableur_francais():
    assert _csv([LIGNE, VIDE]) == (
        "\ufeffNom;Montant;Jour;Reçu le;Heure;Nombre\r\n"
        '"D’Été; « Zoé »";-1234,50;08/04/2015;08/04/2015 09:05;08:30;3\r\n'
        ";;;;;\r\n"
    )


def test_un_csv_part_par_morceaux():
    assert len(list(separe.ecrire(Feuille("Essai", COLONNES, ([n] for n in range(1000)))))) == 6


def test_un_classeur_a_de_vrais_jours_et_de_vrais_nombres():
    page = _xlsx([LIGNE, VIDE, LIGNE]).get_sheet_by_index(0)
    assert page.name == "Été  1 2"
    assert page.to_python() == [COLONNES, LIGNE, ["", "", "", "", "", ""], LIGNE]


def test_une_feuille_pleine_en_commence_une_autre(monkeypatch):
    monkeypatch.setattr(classeur, "LIGNES_MAX", 2)
    livre = _xlsx([LIGNE] * 5)
    assert [len(livre.get_sheet_by_name(nom).to_python()) for nom in livre.sheet_names] == [3, 3, 2]


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r"])
def test_une_formule_est_un_texte(debut):
    piege = f'{debut}HYPERLINK("http://x")'
    csv = _csv([[piege, *VIDE[1:]]])
    assert csv.split("\r\n", 1)[1].lstrip('"').startswith("'")
    lue = _xlsx([[piege, *VIDE[1:]]]).get_sheet_by_index(0).to_python()[1][0]
    assert lue.replace("\r\n", "\n").strip() == piege.strip().replace("\r", "")


def test_un_classeur_ne_contient_aucune_formule():
    octets = classeur.ecrire(Feuille("Essai", ["=1+1"], [["=1+1"], ["http://x"]]))
    page = ZipFile(octets).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page
