"""An address on an envelope, as the Post's machines read it (NF Z 10-011)."""

import re
import textwrap

from famille.models import Responsable
from francais import en_ascii

# NF Z 10-011: six lines of 38 characters at most, of which the first names and the last is « 31400 SAINT JEAN ».
LARGEUR_LIGNE, LIGNES_MAX = 38, 6


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
    mots = re.sub(r"[^\w\s]", " ", en_ascii(ligne).upper())
    return " ".join(mots.split())
