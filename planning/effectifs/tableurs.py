"""The tables of headcounts and meals as sheets of a spreadsheet: a row for what the page draws in a cell."""

from collections.abc import Iterable, Iterator

import francais
from planning.effectifs.repas import REGIMES, RepasDuJour
from planning.effectifs.table import TableDesEffectifs
from socle.exports.feuille import Feuille, Valeur

EFFECTIFS = ("Jour", "Structure", "Prestation", "Réservés", "En attente", "Places", "Moins de 6 ans", "6 ans et plus")
ENCADREMENT = ("Animateurs", "Taux (moins de 6 ans, 6 ans et plus)")
REPAS = ("Jour", "Site", "Âge", *(str(regime.label) for regime in REGIMES), "À cuisiner")


def feuille_des_effectifs(table: TableDesEffectifs) -> Feuille:
    """A row for a prestation on a day."""
    return Feuille(f"Effectifs {francais.periode(table.du, table.au)}", [*EFFECTIFS, *ENCADREMENT], _effectifs(table))


def feuille_des_repas(periode: str, jours: Iterable[RepasDuJour]) -> Feuille:
    """A row for a site and an age, on a day."""
    return Feuille(f"Repas {periode}", REPAS, _repas(jours))


def _effectifs(table: TableDesEffectifs) -> Iterator[list[Valeur]]:
    for case in table.cases:
        yield [
            case.jour,
            str(case.prestation.structure),
            str(case.prestation),
            case.reserves.total,
            case.demandes.total,
            case.effectif.places,
            case.enfants.petits,
            case.enfants.grands,
            case.animateurs,
            str(case.taux),
        ]


def _repas(jours: Iterable[RepasDuJour]) -> Iterator[list[Valeur]]:
    for repas in jours:
        for ligne in repas.lignes:
            yield [repas.jour, ligne.site, ligne.age, *ligne.nombres, ligne.a_cuisiner]
