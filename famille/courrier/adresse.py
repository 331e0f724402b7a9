"""An address as the Post's machines read it (NF Z 10-011)."""

import re
import textwrap
import unicodedata

from famille.models import Responsable

# NF Z 10-011: six lines of 38 characters at most, of which the first names and the last is « 31400 SAINT JEAN ».
LARGEUR_LIGNE, LIGNES_MAX = 38, 6


_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))  # combining marks, once letters are decomposed


def lignes_postales(responsable: Responsable) -> list[str]:
    """The lines of the address, as the Post's machines read them (NF Z 10-011)."""
    nom = f"{responsable.get_civilite_display()} {responsable.nom_complet}".strip()
    voie = textwrap.wrap(responsable.adresse, LARGEUR_LIGNE)
    commune = _ligne_de_la_commune(responsable)
    lignes = [*textwrap.wrap(nom, LARGEUR_LIGNE)[:2], *voie, *commune]
    return lignes if len(lignes) <= LIGNES_MAX else [*lignes[: LIGNES_MAX - 1], lignes[-1]]


def _ligne_de_la_commune(responsable: Responsable) -> list[str]:
    """« 51290 ST REMY EN BOUZEMONT ST GENEST » when the whole name is too long, as the Post shortens it."""
    ligne = _capitales(f"{responsable.code_postal} {responsable.ville}")
    if len(ligne) > LARGEUR_LIGNE:
        ligne = re.sub(r"\bSAINT(E?)\b", r"ST\1", ligne)
    return textwrap.wrap(ligne, LARGEUR_LIGNE)[:1]


def _capitales(ligne: str) -> str:
    """Capitals without accents or punctuation."""
    mots = re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFKD", ligne.upper()).translate(_ACCENTS))
    return " ".join(mots.split())
