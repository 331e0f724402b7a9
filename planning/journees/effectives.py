"""The days that count: stored réservations, and the régulier days that nobody has touched. Read by whoever
needs them all at once: roll call, headcounts, invoices. One query, set-based, in the order of the familles.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db import connection

from planning.models import Prestation, lire_calendrier
from planning.regles.calendrier import Calendrier
from planning.regles.etats import OCCUPENT, Etat, Presence
from planning.regles.jours import jours_entre

PAQUET = 2000
# A city's month has a million days: an enumeration's own look-up would take a tenth of the reading.
ETATS = {etat.value: etat for etat in Etat}
PRESENCES = {presence.value: presence for presence in Presence}

# `ouverts`: the days on which each prestation receives children. A row elsewhere (a presence on a closed day) is an
# error for agents, `Reservation.objects.en_erreur()`, and is not among the days that count.
JOURNEES = """
    SELECT i.famille_id, i.enfant_id, i.id AS inscription_id, i.prestation_id, o.jour, r.id AS reservation_id,
           CASE WHEN coalesce(r.etat, 'aucun') = 'aucun' AND p.est_regulier THEN 'reguliere' ELSE r.etat END AS etat,
           r.presence, r.arrivee, r.depart
    FROM unnest(%(prestations)s::bigint[], %(jours)s::date[]) AS o(prestation_id, jour)
    JOIN planning_inscription i ON i.prestation_id = o.prestation_id
        AND i.du <= o.jour AND (i.au IS NULL OR i.au >= o.jour)
    CROSS JOIN LATERAL (
        SELECT i.jours <> 0 AND NOT i.a_regulariser AND planning_est_regulier(i.jours, i.parite, o.jour) AS est_regulier
    ) AS p
    LEFT JOIN planning_reservation r ON r.inscription_id = i.id AND r.jour = o.jour
    WHERE r.id IS NOT NULL OR p.est_regulier
"""
EN_ORDRE = f"{JOURNEES} ORDER BY i.famille_id, i.enfant_id, i.id, o.jour"
EFFECTIFS = f"SELECT prestation_id, jour, count(*) FROM ({JOURNEES}) AS j WHERE etat IN %(occupent)s GROUP BY 1, 2"


@dataclass(frozen=True, slots=True)
class Journee:
    """A day of an inscription. `reservation` is None on a régulier day without a row."""

    famille: int
    enfant: int
    inscription: int
    prestation: int
    jour: date
    reservation: int | None
    etat: Etat
    presence: Presence
    arrivee: time | None
    depart: time | None

    @property
    def occupe_une_place(self) -> bool:
        return self.etat in OCCUPENT


def jours_ouverts(
    prestations: Iterable[Prestation], du: date, au: date, calendrier: Calendrier | None = None
) -> dict[int, list[date]]:
    """The days on which each prestation receives children, by id. One query if no calendar is given."""
    calendrier = calendrier or lire_calendrier(du, au)
    jours = list(jours_entre(du, au))
    return {
        prestation.pk: [
            jour for jour in jours if calendrier.accueille(jour, prestation.structure_id, prestation.ouverture)
        ]
        for prestation in prestations
    }


def lire_journees(ouverts: Mapping[int, Iterable[date]]) -> Iterator[Journee]:
    """The days of those prestations on those days, in batches: constant memory on our side."""
    with connection.chunked_cursor() as curseur:
        curseur.execute(EN_ORDRE, _parametres(ouverts))
        while paquet := curseur.fetchmany(PAQUET):
            for *cles, etat, presence, arrivee, depart in paquet:
                yield Journee(*cles, ETATS[etat], PRESENCES[presence or ""], arrivee, depart)


def effectifs(ouverts: Mapping[int, Iterable[date]]) -> dict[tuple[int, date], int]:
    """How many children are expected, by prestation and day, zeros included."""
    with connection.cursor() as curseur:
        curseur.execute(EFFECTIFS, _parametres(ouverts))
        comptes = {(prestation, jour): n for prestation, jour, n in curseur.fetchall()}
    return {couple: comptes.get(couple, 0) for couple in _couples(ouverts)}


def _couples(ouverts: Mapping[int, Iterable[date]]) -> list[tuple[int, date]]:
    return [(prestation, jour) for prestation, jours in ouverts.items() for jour in jours]


def _parametres(ouverts: Mapping[int, Iterable[date]]) -> dict[str, list | tuple]:
    couples = _couples(ouverts)
    return {
        "prestations": [prestation for prestation, _ in couples],
        "jours": [jour for _, jour in couples],
        "occupent": tuple(map(str, OCCUPENT)),
    }
