"""Several days at once: those of a month on which a parent may ask for something, prestation by prestation."""

from dataclasses import dataclass

from planning.mois.grille import Case, Grille, LigneDeGrille

TITRES = {"reservation": "Réserver plusieurs jours", "absence": "Déclarer plusieurs absences"}


@dataclass(frozen=True, slots=True)
class JourAChoisir:
    """A box to tick. `code`: « inscription:date », as the requests read it."""

    code: str
    case: Case


@dataclass(frozen=True, slots=True)
class PrestationAChoisir:
    ligne: LigneDeGrille
    jours: list[JourAChoisir]


def jours_a_choisir(grille: Grille, action: str) -> list[PrestationAChoisir]:
    """The prestations on which that action of the cells' menu is active on some day of the month."""
    prestations = (PrestationAChoisir(ligne, _jours(ligne, action)) for ligne in grille.lignes)
    return [prestation for prestation in prestations if prestation.jours]


def _jours(ligne: LigneDeGrille, action: str) -> list[JourAChoisir]:
    return [
        JourAChoisir(f"{ligne.dossier(case.jour).inscription}:{case.jour.isoformat()}", case)
        for case in ligne.cases
        if any(possible.code == action and possible.est_active for possible in ligne.actions(case.jour))
    ]
