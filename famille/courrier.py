"""The letter that gives a parent their identifiant and temporary password, for a window envelope.

Made in memory and handed to the printer: it is never kept, because it is the only place where the password is readable.
"""

import re
import textwrap
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

import francais
from famille.models import Responsable
from famille.mots_de_passe import REGLES

# NF Z 10-011: six lines of 38 characters at most, of which the first names and the last is « 31400 SAINT JEAN ».
LARGEUR_LIGNE, LIGNES_MAX = 38, 6
_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))  # combining marks, once letters are decomposed


@dataclass(frozen=True)
class Lettre:
    """What one letter tells."""

    responsable: Responsable
    mot_de_passe: str = field(repr=False)

    @property
    def civilite(self) -> str:
        return self.responsable.get_civilite_display() or "Madame, Monsieur"

    @property
    def destinataire(self) -> list[str]:
        return lignes_postales(self.responsable)

    @property
    def identifiant(self) -> str:
        return self.responsable.compte.identifiant

    @property
    def epellation(self) -> str:
        return epeler(self.mot_de_passe)

    @property
    def valable_jusqu_au(self) -> str:
        return _date_de_lettre(timezone.localdate(self.responsable.compte.provisoire_jusqu_au))


def lignes_postales(responsable: Responsable) -> list[str]:
    """The lines of the address, as the Post's machines read them (NF Z 10-011)."""
    nom = f"{responsable.get_civilite_display()} {responsable.nom_complet}".strip()
    voie = textwrap.wrap(responsable.adresse, LARGEUR_LIGNE)
    commune = _ligne_de_la_commune(responsable)
    lignes = [*textwrap.wrap(nom, LARGEUR_LIGNE)[:2], *voie, *commune]
    return lignes if len(lignes) <= LIGNES_MAX else [*lignes[: LIGNES_MAX - 1], lignes[-1]]


def epeler(mot: str) -> str:
    """« K majuscule, q minuscule, 7 »: what a typeface may leave in doubt."""
    return ", ".join(_nommer(caractere) for caractere in mot)


@sensitive_variables()
def imprimer(lettres: list[Lettre], *, le: date) -> bytes:
    """One PDF, one letter a page, tagged for screen readers (PDF/UA)."""
    contexte = {
        "lettres": lettres,
        "date": _date_de_lettre(le),
        "adresse_du_portail": settings.PORTAIL_ADRESSE.rstrip("/"),
        "commune": settings.COMMUNE_NOM,
        "centre_nom": settings.CENTRE_NOM,
        "centre_adresse": settings.CENTRE_ADRESSE,
        "centre_telephone": settings.CENTRE_TELEPHONE,
        "centre_courriel": settings.CENTRE_COURRIEL,
        "centre_horaires": settings.CENTRE_HORAIRES,
        "regles": REGLES,
    }
    html = HTML(string=render_to_string("pdf/courrier_acces.html", contexte))
    return html.write_pdf(stylesheets=[_feuille()], font_config=_polices(), pdf_variant="pdf/ua-1")


@lru_cache
def _polices() -> FontConfiguration:
    return FontConfiguration()


@lru_cache
def _feuille() -> CSS:
    return CSS(filename=finders.find("css/pdf/courrier.css"), font_config=_polices())


def _date_de_lettre(jour: date) -> str:
    return f"{francais.quantieme(jour)} {francais.mois_et_annee(jour)}".replace(" ", francais.INSECABLE)


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


def _nommer(caractere: str) -> str:
    if caractere.isdecimal():
        return caractere
    return f"{caractere}{francais.INSECABLE}{'majuscule' if caractere.isupper() else 'minuscule'}"
