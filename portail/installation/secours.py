"""The pages that the reverse proxy shows by itself: no answer, too heavy a form, too long an address."""

from pathlib import Path

from django.template.loader import render_to_string

from portail.context_processors import coordonnees
from socle.fichiers.examen import poids
from socle.fichiers.pieces import ENVOI_MAX, PIECES_MAX

PAGES = {
    "panne.html": "secours/panne.html",
    "trop-lourd.html": "secours/trop_lourd.html",
    "trop-longue.html": "secours/trop_longue.html",
}


def ecrire(dossier: Path) -> list[Path]:
    """Write each page, read by everyone, in one move: the proxy never serves half of one."""
    return [_ecrire(dossier / nom, gabarit) for nom, gabarit in PAGES.items()]


def _ecrire(fichier: Path, gabarit: str) -> Path:
    contexte = {**coordonnees(), "pieces_max": PIECES_MAX, "envoi_max": poids(ENVOI_MAX)}
    brouillon = fichier.with_suffix(".neuf")
    brouillon.write_text(render_to_string(gabarit, contexte))
    brouillon.chmod(0o644)
    brouillon.replace(fichier)
    return fichier
