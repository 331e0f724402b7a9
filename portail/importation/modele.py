"""What one fills in: the sample file, and a spreadsheet whose second sheet says what each column takes."""

from collections.abc import Iterable, Iterator

from portail.importation.lecture.colonnes import COLONNES
from socle.exports import separe
from socle.exports.feuille import Feuille

# The same famille twice, one child a line; a second famille, with the little that one must say.
SUITE = {
    "famille.reference": "F-1024",
    "enfant.reference": "E-2049",
    "enfant.nom": "DURAND",
    "enfant.prenom": "Tom",
    "enfant.sexe": "G",
    "enfant.date_naissance": "21/11/2020",
    "enfant.classe": "GS",
}
AUTRE = {
    "famille.reference": "F-1025",
    "titulaire.civilite": "Mme",
    "titulaire.nom": "PETIT",
    "titulaire.prenom": "Sophie",
    "titulaire.mobile": "06 98 76 54 32",
    "enfant.reference": "E-2050",
    "enfant.nom": "PETIT",
    "enfant.prenom": "Zoé",
    "enfant.date_naissance": "14/02/2019",
}
TITRES = [colonne.titre for colonne in COLONNES]
MODE_D_EMPLOI = ["Colonne", "Ce qu’elle contient", "Exemple"]


def exemple() -> str:
    """`docs/exemples/familles.csv`. It takes nothing that a town may not have: no school, no prestation."""
    return "".join(separe.ecrire(Feuille("Familles", TITRES, _lignes())))


def feuilles() -> list[Feuille]:
    """Of the XLSX model."""
    colonnes = ([colonne.titre, colonne.aide, colonne.exemple or None] for colonne in COLONNES)
    return [Feuille("Familles", TITRES, []), Feuille("Mode d’emploi", MODE_D_EMPLOI, colonnes)]


def _lignes() -> Iterator[list[str]]:
    premiere = {c.code: c.exemple for c in COLONNES if c.exemple and not c.code.startswith("inscription")}
    for ligne in (premiere, SUITE, AUTRE):
        yield [ligne.get(colonne.code, "") for colonne in COLONNES]


def documenter() -> Iterable[str]:
    """The rows of the table of docs/exploitation.md: a test compares them."""
    return (f"| {colonne.titre} | {colonne.aide} | {colonne.exemple} |" for colonne in COLONNES)
