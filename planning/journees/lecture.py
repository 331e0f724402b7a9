"""The days that count, read at once for many children: in a stream for invoices, by prestation for a roll call."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import connection

from planning.journees.journee import COLONNES, Journee
from planning.regles.etats import LIBRES, OCCUPENT, Presence

PAQUET = 2000

# `couples`: the days on which each prestation receives children. A row elsewhere (a presence on a closed day) is an
# error for agents, `Reservation.objects.en_erreur()`, and is not among the days that count.
PAR_PRESTATION = """
    FROM planning_journees(%(jours)s::date[]) AS j
    WHERE j.prestation_id = ANY(%(prestations)s::bigint[])
      AND (j.prestation_id, j.jour) IN (SELECT * FROM unnest(%(prestation_de)s::bigint[], %(jour_de)s::date[]))
"""
D_UNE_FAMILLE, D_UN_ENFANT = "AND j.famille_id = %(famille)s", "AND j.enfant_id = %(enfant)s"
# So written, PostgreSQL leaves the pattern's days out, and finds the others by the index `presence_sans_reservation`.
PRESENTES_ET_LIBRES = "AND j.presence = %(present)s AND j.etat IN %(libres)s"
EN_ORDRE = "SELECT {} {} ORDER BY famille_id, enfant_id, inscription_id, jour"

# A pattern says nothing of a closed day; what is booked to a prestation that is no more keeps nobody elsewhere.
OCCUPES = """
    SELECT DISTINCT j.jour
    FROM planning_journees(%(jours)s::date[]) AS j
    JOIN planning_prestation p ON p.id = j.prestation_id
    CROSS JOIN LATERAL planning_faits(
        j.jour, p.structure_id, p.jours_scolaires, p.jours_petites_vacances, p.jours_grandes_vacances,
        p.inactive_depuis) AS f
    WHERE j.inscription_id = ANY(%(inscriptions)s::bigint[]) AND j.etat IN %(occupent)s
      AND (f.accueille OR NOT j.par_rythme) AND (p.inactive_depuis IS NULL OR j.jour < p.inactive_depuis)
"""


def lire_journees(
    ouverts: Mapping[int, Iterable[date]], *, famille: int | None = None, enfant: int | None = None
) -> Iterator[Journee]:
    """The days of those prestations on those days, by famille, child, inscription and day; of one famille, of one
    child, if they are named. In batches: constant memory on our side."""
    filtres = [sql for sql, voulu in ((D_UNE_FAMILLE, famille), (D_UN_ENFANT, enfant)) if voulu is not None]
    voulus = " ".join([PAR_PRESTATION, *filtres])
    return _lire(voulus, {**couples(ouverts), "famille": famille, "enfant": enfant})


def lire_presences_sans_reservation(ouverts: Mapping[int, Iterable[date]]) -> Iterator[Journee]:
    """Those of `lire_journees` on which a child came whom nothing had announced: they alone are read."""
    libres: dict[str, str | tuple[str, ...]] = {
        "present": str(Presence.PRESENT),
        "libres": tuple(sorted(map(str, LIBRES))),
    }
    return _lire(f"{PAR_PRESTATION} {PRESENTES_ET_LIBRES}", {**couples(ouverts), **libres})


def jours_occupes(inscriptions: Iterable[int], jours: Iterable[date]) -> set[date]:
    """Those of these days on which a child is expected, by one of those inscriptions."""
    parametres: dict[str, list[int] | list[date] | tuple[str, ...]] = {
        "inscriptions": list(inscriptions),
        "jours": sorted(set(jours)),
        "occupent": tuple(map(str, OCCUPENT)),
    }
    with connection.cursor() as curseur:
        curseur.execute(OCCUPES, parametres)
        return {jour for (jour,) in curseur.fetchall()}


def couples(ouverts: Mapping[int, Iterable[date]]) -> dict[str, list]:
    """Prestations and days as PostgreSQL reads them: each of them once, then as pairs."""
    paires = [(prestation, jour) for prestation, jours in ouverts.items() for jour in jours]
    return {
        "prestations": list(dict.fromkeys(prestation for prestation, _ in paires)),
        "jours": sorted({jour for _, jour in paires}),
        "prestation_de": [prestation for prestation, _ in paires],
        "jour_de": [jour for _, jour in paires],
    }


def _lire(voulus: str, parametres: Mapping[str, list | tuple[str, ...] | str | int | None]) -> Iterator[Journee]:
    with connection.chunked_cursor() as curseur:
        curseur.execute(EN_ORDRE.format(", ".join(COLONNES), voulus), parametres)
        while paquet := curseur.fetchmany(PAQUET):
            yield from map(Journee.lire, paquet)
