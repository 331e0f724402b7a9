"""The month day by day, for a phone: what happens, and what kind of day it is, said once."""

from dataclasses import dataclass

from planning.mois.grille import Case, Colonne, Grille, LigneDeGrille
from planning.regles.legende import FONDS, Statut


@dataclass(frozen=True, slots=True)
class JourDAgenda:
    """A day of the agenda: its prestations that say something, and its background (« Jour férié »…)."""

    colonne: Colonne
    cases: list[tuple[LigneDeGrille, Case]]
    fond: str


def agenda(grille: Grille) -> list[JourDAgenda]:
    """Every day but the quiet weekends."""
    jours = (_jour(grille, numero, colonne) for numero, colonne in enumerate(grille.colonnes))
    return [jour for jour in jours if jour.cases or not jour.colonne.est_weekend]


def _jour(grille: Grille, numero: int, colonne: Colonne) -> JourDAgenda:
    cases = [(ligne, ligne.cases[numero]) for ligne in grille.lignes]
    dites = [(ligne, case) for ligne, case in cases if case.symbole and case.affichage.statut not in FONDS]
    fonds = {case.affichage.statut for _, case in cases} & FONDS
    return JourDAgenda(colonne, dites, _ferie(colonne) or _commun(fonds) or _clos({case.clos for _, case in cases}))


def _clos(clos: set[str]) -> str:
    """« Pas d’accueil », where nothing at all can be booked."""
    return max(clos).capitalize() if clos and "" not in clos else ""


def _ferie(colonne: Colonne) -> str:
    """« Jour férié : Lundi de Pâques »; the 11 November needs no name."""
    if not colonne.ferie or colonne.ferie in colonne.libelle:
        return Statut.FERIE.libelle if colonne.ferie else ""
    return f"{Statut.FERIE.libelle}\u00a0: {colonne.ferie}"


def _commun(fonds: set[Statut | None]) -> str:
    """The background's name, in the order of the legend where the prestations differ."""
    return next((statut.libelle for statut in Statut if statut in fonds), "") if fonds else ""
