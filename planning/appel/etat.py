"""What a roll says by now of each child, as plain values: the answer to a tap, for a page that is not drawn again."""

from collections.abc import Mapping

from django.utils.text import capfirst

import francais
from planning.appel.attendus import Appel, LigneDAppel
from planning.regles.etats import Presence


def etat_de(appel: Appel, dits: Mapping[int, str] | None = None) -> dict[str, object]:
    """`dits`: what was not saved of a child, by line. `avant`: to be sent back with the next tap."""
    return {
        "lignes": {str(ligne.cle): _etat(ligne, (dits or {}).get(ligne.cle, "")) for ligne in appel.lignes},
        **bilan_de(appel),
    }


def bilan_de(appel: Appel) -> dict[str, object]:
    return {
        "attendus": francais.pluriel(appel.attendus, "enfant attendu", "enfants attendus"),
        "presents": francais.pluriel(appel.compter(Presence.PRESENT), "présent", "présents"),
        "absents": francais.pluriel(appel.compter(Presence.ABSENT), "absent", "absents"),
    }


def _etat(ligne: LigneDAppel, dit: str) -> dict[str, str | bool]:
    affichage = ligne.affichage
    return {
        "avant": ligne.avant,
        "classes": affichage.classes,
        "symbole": affichage.symbole,
        "libelle": capfirst(affichage.libelle),
        "par_qui": ligne.par_qui,
        "dit": capfirst(dit),
        "terminee": ligne.est_terminee,
    }
