"""Children who take a place, counted by PostgreSQL: a row for each prestation, day, age, school, diet and standing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from planning.journees.lecture import couples
from planning.regles.encadrement.taux import GRAND_A_PARTIR_DE
from planning.regles.etats import ATTENDUS, DEMANDES, OCCUPENT

# `age()` counts as `famille.naissance.age`: a child of 29 February is a year older on 1 March.
COMPTES = """
    SELECT j.prestation_id, j.jour, extract(year FROM age(j.jour, e.date_naissance)) >= %(grand)s AS grand,
           e.ecole_id, e.regime, j.etat IN %(demandes)s AS demande, j.etat IN %(attendus)s AS vient, count(*)
    FROM planning_journees(%(jours)s::date[]) AS j
    JOIN famille_enfant e ON e.id = j.enfant_id
    WHERE j.prestation_id = ANY(%(prestations)s::bigint[]) AND j.etat IN %(occupent)s
      AND (j.prestation_id, j.jour) IN (SELECT * FROM unnest(%(prestation_de)s::bigint[], %(jour_de)s::date[]))
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


@dataclass(frozen=True, slots=True)
class Compte:
    """So many children alike. `ecole`: its key; `demande`: an agent has not answered yet; `vient`: or may come, not an
    absence that is billed, which only keeps its place."""

    prestation: int
    jour: date
    grand: bool
    ecole: int | None
    regime: str
    demande: bool
    vient: bool
    enfants: int


def compter(ouverts: Mapping[int, Iterable[date]]) -> Iterator[Compte]:
    """Of those prestations on those days: open ones, for a pattern speaks on closed days too. One query."""
    parametres: dict[str, list | int | tuple[str, ...]] = {
        **couples(ouverts),
        "grand": GRAND_A_PARTIR_DE,
        "attendus": tuple(map(str, ATTENDUS)),
        "occupent": tuple(map(str, OCCUPENT)),
        "demandes": tuple(map(str, DEMANDES)),
    }
    with connection.cursor() as curseur:
        curseur.execute(COMPTES, parametres)
        yield from (Compte(*ligne) for ligne in curseur.fetchall())
