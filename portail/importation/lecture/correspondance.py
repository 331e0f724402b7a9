"""Which column of the file is which of ours: by its title, then as somebody has said of that software's files."""

from collections import Counter
from collections.abc import Mapping, Sequence

from francais import coller
from portail.importation.lecture.colonnes import COLONNES

IGNOREE = ""
PAR_TITRE = {coller(nom): colonne.code for colonne in COLONNES for nom in (colonne.titre, *colonne.autres)}


def deviner(entetes: Sequence[str], apprises: Mapping[str, str] | None = None) -> dict[str, str]:
    """{title: code}, `IGNOREE` where nothing is known. `apprises`: what was said of the same titles before."""
    dites = {coller(titre): code for titre, code in (apprises or {}).items()}
    connus = {colonne.code for colonne in COLONNES} | {IGNOREE}
    trouves: dict[str, str] = {}
    for titre in entetes:
        code = dites.get(coller(titre), PAR_TITRE.get(coller(titre), IGNOREE)) if titre else IGNOREE
        trouves[titre] = code if code in connus else IGNOREE
    return trouves


def fautes_de(entetes: Sequence[str], colonnes: Mapping[str, str]) -> list[str]:
    """Why such columns cannot be read, one sentence each."""
    titres = {colonne.code: colonne.titre for colonne in COLONNES}
    fautes = [
        f"Deux colonnes du fichier s’appellent «\u00a0{titre}\u00a0»\u00a0: renommez-en une."
        for titre, fois in Counter(filter(None, entetes)).items()
        if fois > 1 and colonnes.get(titre)
    ]
    fautes += [
        f"Deux colonnes du fichier donnent «\u00a0{titres[code]}\u00a0»\u00a0: gardez-en une."
        for code, fois in Counter(filter(None, colonnes.values())).items()
        if fois > 1
    ]
    if not any(colonnes.values()):
        fautes.append("Aucune colonne du fichier n’est reconnue\u00a0: dites ce que chacune contient.")
    return fautes
