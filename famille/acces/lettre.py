"""The letter that gives a parent their identifiant and temporary password, for a window envelope.

Made in memory and handed to the printer: it is never kept, because it is the only place where the password is readable.
"""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

import francais
from courriels.textes.origine import TEXTES
from famille.adresse_postale import lignes_postales
from famille.models import Compte, Responsable
from famille.regle_des_mots_de_passe import REGLES
from socle.impression import Feuille, Papier, imprimer
from socle.reglages.centre import le_centre


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
    def compte(self) -> Compte:
        assert self.responsable.compte is not None, "a letter follows the opening of an access"
        return self.responsable.compte

    @property
    def identifiant(self) -> str:
        return self.compte.identifiant

    @property
    def epellation(self) -> str:
        return epeler(self.mot_de_passe)

    @property
    def valable_jusqu_au(self) -> str:
        return _date_de_lettre(timezone.localdate(self.compte.provisoire_jusqu_au))


def epeler(mot: str) -> str:
    """« K majuscule, q minuscule, 7 »: what a typeface may leave in doubt."""
    return ", ".join(_nommer(caractere) for caractere in mot)


@sensitive_variables()
def imprimer_lettres(lettres: list[Lettre], *, le: date) -> bytes:
    """One PDF, one letter a page."""
    contexte = {
        "lettres": lettres,
        "date": _date_de_lettre(le),
        "adresse_du_portail": settings.PORTAIL_ADRESSE.rstrip("/"),
        "regles": REGLES,
        **_mots(),
    }
    papier = Papier("pdf/courrier_acces.html", contexte, "Votre accès au portail famille", auteur=le_centre().nom)
    return imprimer(papier, Feuille.COURRIER)


def _mots() -> dict[str, object]:
    """The direction's own: `debut` and `fin`, each None for the words of the sheet."""
    centre = le_centre()
    contexte = {"horaires": centre.horaires, "courriel": centre.courriel}
    return {"debut": TEXTES["lettre_acces"].regle(contexte), "fin": TEXTES["lettre_acces_fin"].regle(contexte)}


def _date_de_lettre(jour: date) -> str:
    return francais.insecable(f"{francais.quantieme(jour)} {francais.mois_et_annee(jour)}")


def _nommer(caractere: str) -> str:
    if caractere.isdecimal():
        return caractere
    return f"{caractere}\u00a0{'majuscule' if caractere.isupper() else 'minuscule'}"
