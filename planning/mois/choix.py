"""Several days at once: those of a month on which a parent may ask for something, prestation by prestation."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import francais
from planning.mois.grille import Action, Case, Grille, LigneDeGrille
from planning.regles.refus import attendu_ailleurs, complet

# Prestations and days without a place left.
Complets = AbstractSet[tuple[int, date]]
TITRES = {"reservation": "Réserver plusieurs jours", "absence": "Déclarer plusieurs absences"}


@dataclass(frozen=True, slots=True)
class JourAChoisir:
    """A box to tick. `code`: « inscription:date », as the requests read it."""

    code: str
    case: Case


@dataclass(frozen=True, slots=True)
class Lot:
    """Days ticked at once: « Tous les mardis », « Toute la semaine ». `code`: as the page's buttons say it.

    `du`: for whoever hears several « Toute la semaine », the first day of this one.
    """

    code: str
    libelle: str
    jours: list[JourAChoisir]
    du: date | None = None

    @property
    def en_vaut_la_peine(self) -> bool:
        return bool(self.code) and len(self.jours) > 1


@dataclass(frozen=True, slots=True)
class PrestationAChoisir:
    """`ecartes`: why some days are not offered, those that are full, or on which the child is expected elsewhere."""

    ligne: LigneDeGrille
    jours: list[JourAChoisir]
    ecartes: list[str]

    @property
    def semaines(self) -> list[Lot]:
        """Its days, a lot a week; all of them together if no week has two."""
        semaines = groupby(self.jours, lambda jour: jour.case.jour.isocalendar().week)
        codes = ((f"{self.ligne.cle}:s{semaine}", list(jours)) for semaine, jours in semaines)
        lots = [Lot(code, "Toute la semaine", jours, du=jours[0].case.jour) for code, jours in codes]
        if any(lot.en_vaut_la_peine for lot in lots):
            return lots
        return [Lot("", "", self.jours)] if self.jours else []

    @property
    def memes_jours(self) -> list[Lot]:
        """« Tous les lundis », « Tous les mardis »… where there are several."""
        lots = (
            Lot(f"{self.ligne.cle}:{rang}", f"Tous les {nom}s", self._du(rang))
            for rang, nom in enumerate(francais.JOURS)
        )
        return [lot for lot in lots if lot.en_vaut_la_peine]

    def _du(self, rang: int) -> list[JourAChoisir]:
        return [jour for jour in self.jours if jour.case.jour.weekday() == rang]


def jours_a_choisir(grille: Grille, action: str, complets: Complets = frozenset()) -> list[PrestationAChoisir]:
    """The prestations on which that action of the cells' menu is active on some day of the month."""
    prestations = (
        PrestationAChoisir(
            ligne, _jours(ligne, action, complets), _ecartes(ligne, complets) if action == "reservation" else []
        )
        for ligne in grille.lignes
    )
    return [prestation for prestation in prestations if prestation.jours or prestation.ecartes]


def cocher(prestations: Iterable[PrestationAChoisir], coches: set[str], code: str) -> set[str]:
    """What is ticked once the button of a lot was pressed: its days too, or without them if they all were."""
    lots = (lot for prestation in prestations for lot in (*prestation.semaines, *prestation.memes_jours))
    voulus = {jour.code for lot in lots if lot.code == code for jour in lot.jours}
    return coches - voulus if voulus <= coches else coches | voulus


def _jours(ligne: LigneDeGrille, action: str, complets: Complets) -> list[JourAChoisir]:
    return [
        JourAChoisir(f"{ligne.dossier(case.jour).inscription}:{case.jour.isoformat()}", case)
        for case in ligne.cases
        if any(possible.code == action and possible.est_active for possible in _actions(ligne, case.jour, complets))
    ]


def _ecartes(ligne: LigneDeGrille, complets: Complets) -> list[str]:
    """Of the days that no deadline forbids: why the child, or the prestation, cannot take them. A sentence a reason."""
    ailleurs: dict[str, list[date]] = {}
    pleins: list[date] = []
    for case in ligne.cases:
        if ligne.dossier(case.jour).regles.refus_de_reserver(case.jour, case.etat):
            continue
        if (nom := ligne.attendu_a(case.jour)) is not None:
            ailleurs.setdefault(nom, []).append(case.jour)
        elif (ligne.cle, case.jour) in complets:
            pleins.append(case.jour)
    attendus = [str(attendu_ailleurs(*jours, nom=nom)) for nom, jours in ailleurs.items()]
    return [*attendus, str(complet(ligne.titre, *pleins))] if pleins else attendus


def _actions(ligne: LigneDeGrille, jour: date, complets: Complets) -> tuple[Action, ...]:
    return ligne.actions(jour, est_complet=(ligne.cle, jour) in complets)
