"""Headcounts over some weeks: what is booked, what waits, places, ages, and how many animateurs that takes.

Five queries, whatever the period and the number of children.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from planning.effectifs.lecture import Compte, compter
from planning.models import Encadrement, Prestation, Structure, jours_ouverts, lire_calendrier
from planning.places.restantes import Effectif, places
from planning.regles.calendrier import Calendrier
from planning.regles.encadrement.besoin import Groupe, au_plus_fort
from planning.regles.encadrement.taux import Nombre, Taux, taux_legal

Cle = tuple[int, date]  # prestation, day


@dataclass(frozen=True, slots=True)
class Case:
    """A prestation on a day it opens. `demandes`: children for whom an agent has not answered yet."""

    prestation: Prestation
    jour: date
    effectif: Effectif
    reserves: Nombre
    demandes: Nombre
    taux: Taux

    @property
    def enfants(self) -> Nombre:
        """Whoever may come: staff is planned for them."""
        return self.reserves + self.demandes

    @property
    def animateurs(self) -> int:
        return self.taux.animateurs(self.enfants)

    @property
    def groupe(self) -> Groupe:
        return Groupe(self.prestation.horaires, self.enfants, self.taux)


@dataclass(frozen=True, slots=True)
class Ligne:
    """A prestation over a week. A case is None on the days when it does not open."""

    prestation: Prestation
    cases: tuple[Case | None, ...]


@dataclass(frozen=True, slots=True)
class StructureDeLaSemaine:
    """Its prestations, and the animateurs it takes each day when the most are needed."""

    structure: Structure
    lignes: tuple[Ligne, ...]
    animateurs: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Semaine:
    """The days of a week on which something opens."""

    jours: tuple[date, ...]
    structures: tuple[StructureDeLaSemaine, ...]


class TableDesEffectifs:
    """From `du` to `au`, both included. `prestations` (with their structures), `calendrier`: if one has read them."""

    def __init__(
        self,
        du: date,
        au: date,
        *,
        prestations: list[Prestation] | None = None,
        calendrier: Calendrier | None = None,
    ) -> None:
        self.du, self.au = du, au
        self._prestations_lues, self._calendrier_lu = prestations, calendrier

    @cached_property
    def semaines(self) -> list[Semaine]:
        jours = sorted({jour for jours in self._ouverts.values() for jour in jours})
        return [self._semaine(tuple(groupe)) for _, groupe in groupby(jours, key=_lundi)]

    @property
    def cases(self) -> Iterator[Case]:
        """By day, then in the order of the planning: for a spreadsheet."""
        for semaine in self.semaines:
            for rang in range(len(semaine.jours)):
                lignes = (ligne for structure in semaine.structures for ligne in structure.lignes)
                yield from (case for ligne in lignes if (case := ligne.cases[rang]))

    def _semaine(self, jours: tuple[date, ...]) -> Semaine:
        lignes = (
            Ligne(prestation, tuple(self._case(prestation, jour) for jour in jours)) for prestation in self._prestations
        )
        ouvertes = [ligne for ligne in lignes if any(ligne.cases)]
        par_structure = groupby(ouvertes, key=lambda ligne: ligne.prestation.structure)
        structures = (_structure(structure, tuple(siennes)) for structure, siennes in par_structure)
        return Semaine(jours, tuple(structures))

    def _case(self, prestation: Prestation, jour: date) -> Case | None:
        effectif = self._effectifs.get((prestation.pk, jour))
        if effectif is None:
            return None
        reserves, demandes = self._nombres.get((prestation.pk, jour), (Nombre(), Nombre()))
        return Case(prestation, jour, effectif, reserves, demandes, self._taux(prestation, jour))

    def _taux(self, prestation: Prestation, jour: date) -> Taux:
        periode, minutes = self._calendrier.periode(jour), prestation.horaires.minutes
        siens = self._encadrements.get(prestation.structure_id, ())
        en_vigueur = next((encadrement for encadrement in siens if encadrement.du <= jour), None)
        return en_vigueur.taux(jour, periode, minutes) if en_vigueur else taux_legal(jour, periode, minutes, pedt=False)

    @cached_property
    def _calendrier(self) -> Calendrier:
        return self._calendrier_lu or lire_calendrier(self.du, self.au)

    @cached_property
    def _prestations(self) -> list[Prestation]:
        if self._prestations_lues is not None:
            return self._prestations_lues
        return list(Prestation.objects.select_related("structure"))

    @cached_property
    def _ouverts(self) -> dict[int, list[date]]:
        return jours_ouverts(self._prestations, self.du, self.au, self._calendrier)

    @cached_property
    def _effectifs(self) -> dict[Cle, Effectif]:
        """As `places.restantes.effectifs`, of what is read here once."""
        prises: Counter[Cle] = Counter()
        for compte in self._comptes:
            prises[compte.prestation, compte.jour] += compte.enfants
        return {cle: Effectif(prises[cle], combien) for cle, combien in places(self._ouverts).items()}

    @cached_property
    def _comptes(self) -> list[Compte]:
        return list(compter(self._ouverts))

    @cached_property
    def _nombres(self) -> dict[Cle, tuple[Nombre, Nombre]]:
        nombres: dict[Cle, tuple[Nombre, Nombre]] = {}
        for compte in self._comptes:
            if not compte.vient:
                continue
            reserves, demandes = nombres.get((compte.prestation, compte.jour), (Nombre(), Nombre()))
            venus = Nombre(0, compte.enfants) if compte.grand else Nombre(compte.enfants, 0)
            tous = (reserves, demandes + venus) if compte.demande else (reserves + venus, demandes)
            nombres[compte.prestation, compte.jour] = tous
        return nombres

    @cached_property
    def _encadrements(self) -> Mapping[int, list[Encadrement]]:
        """The latest first."""
        par_structure: dict[int, list[Encadrement]] = {}
        for encadrement in Encadrement.objects.filter(du__lte=self.au).order_by("-du"):
            par_structure.setdefault(encadrement.structure_id, []).append(encadrement)
        return par_structure


def _structure(structure: Structure, lignes: tuple[Ligne, ...]) -> StructureDeLaSemaine:
    par_jour: Iterable[tuple[Case | None, ...]] = zip(*(ligne.cases for ligne in lignes), strict=True)
    animateurs = tuple(
        au_plus_fort(case.groupe for case in cases if case) if any(cases) else None for cases in par_jour
    )
    return StructureDeLaSemaine(structure, lignes, animateurs)


def _lundi(jour: date) -> date:
    return jour - timedelta(days=jour.weekday())


def semaine_de(jour: date) -> tuple[date, date]:
    """From Monday to Sunday."""
    return _lundi(jour), _lundi(jour) + timedelta(days=6)
