"""Which documents are expected on a day, and where each stands: one statement, for one famille or for all of them.

A document is expected of those who have a child inscrit, or who will, to a prestation that wants it. Of several
deposits, the one that holds speaks first, then what waits to be checked, then the latest. One of a child serves both
familles of a garde alternée. What was given before it was asked for again holds until the day for which it was.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from planning.pieces.attendue import SUFFISENT, PieceAttendue

ATTENDUES = """
    SELECT f.famille_id, f.enfant_id, p.id AS piece_id, p.nom, p.consigne, p.de_sante, p.bloquante, p.tenue_par,
           CASE
               WHEN p.tenue_par = 'assurance' AND a.expire_le >= %(jour)s THEN 'verifiee'
               WHEN p.tenue_par = 'assurance' AND a.expire_le < %(jour)s THEN 'expiree'
               WHEN u.id IS NULL OR u.remplacee THEN 'a_fournir'
               WHEN u.etat = 'verifiee' AND u.expire_le < %(jour)s THEN 'expiree'
               ELSE u.etat
           END AS etat,
           coalesce(a.expire_le, u.expire_le) AS expire_le, u.id AS fournie_id, u.famille_id AS donnee_par
    FROM famille_piecedemandee p
    CROSS JOIN LATERAL (
        SELECT DISTINCT i.famille_id, CASE WHEN p.pour = 'enfant' THEN i.enfant_id END AS enfant_id
        FROM planning_inscription i
        JOIN planning_prestation s ON s.id = i.prestation_id
        WHERE (i.au IS NULL OR i.au >= %(jour)s) AND NOT i.a_regulariser
          AND (s.inactive_depuis IS NULL OR s.inactive_depuis > %(jour)s)
          AND (NOT EXISTS (SELECT 1 FROM planning_pieceexigee e WHERE e.piece_id = p.id)
               OR EXISTS (SELECT 1 FROM planning_pieceexigee e
                          WHERE e.piece_id = p.id AND e.prestation_id = i.prestation_id))
          {familles}
    ) AS f
    LEFT JOIN famille_assurance a ON p.tenue_par = 'assurance' AND a.enfant_id = f.enfant_id
    LEFT JOIN LATERAL (
        SELECT x.id, x.etat, x.expire_le, x.famille_id, r.remplacee
        FROM famille_piecefournie x
        CROSS JOIN LATERAL (
            SELECT coalesce(p.redemandee_pour <= %(jour)s AND x.jour < p.redemandee_le, FALSE) AS remplacee
        ) AS r
        WHERE x.piece_id = p.id
          AND CASE WHEN f.enfant_id IS NULL THEN x.famille_id = f.famille_id AND x.enfant_id IS NULL
                   ELSE x.enfant_id = f.enfant_id END
        ORDER BY r.remplacee,
                 x.etat = 'verifiee' AND (x.expire_le IS NULL OR x.expire_le >= %(jour)s) DESC,
                 x.etat = 'recue' DESC, x.deposee_le DESC, x.id DESC
        LIMIT 1
    ) AS u ON p.tenue_par = ''
    WHERE p.du <= %(jour)s AND (p.au IS NULL OR p.au >= %(jour)s)
"""
DE_CES_FAMILLES = "AND i.famille_id = ANY(%(familles)s)"
# What each inscription wants of them: that of its own child, or of its famille.
BLOQUANTES = """
    SELECT i.id, a.nom
    FROM planning_inscription i
    JOIN ({attendues}) AS a ON a.famille_id = i.famille_id AND (a.enfant_id = i.enfant_id OR a.enfant_id IS NULL)
    WHERE i.id = ANY(%(inscriptions)s) AND a.bloquante AND a.etat NOT IN %(suffisent)s
      AND (NOT EXISTS (SELECT 1 FROM planning_pieceexigee e WHERE e.piece_id = a.piece_id)
           OR EXISTS (SELECT 1 FROM planning_pieceexigee e
                      WHERE e.piece_id = a.piece_id AND e.prestation_id = i.prestation_id))
    ORDER BY a.nom
"""
EN_ORDRE = "SELECT * FROM ({attendues}) AS a ORDER BY famille_id, enfant_id NULLS FIRST, nom"


def pieces_attendues(jour: date, familles: Iterable[int] | None = None) -> list[PieceAttendue]:
    """By famille; of the famille before those of its children. None: of all of them."""
    cles = None if familles is None else list(familles)
    with connection.cursor() as curseur:
        curseur.execute(EN_ORDRE.format(attendues=_attendues(cles)), {"jour": jour, "familles": cles})
        return [PieceAttendue.lire(ligne) for ligne in curseur.fetchall()]


def pieces_bloquantes(jour: date, inscriptions: Iterable[tuple[int, int]]) -> dict[int, tuple[str, ...]]:
    """Of each inscription (its key, that of its famille), the names of what bars its bookings."""
    couples = list(inscriptions)
    familles = sorted({famille for _, famille in couples})
    parametres: dict[str, date | list[int] | tuple[str, ...]] = {
        "jour": jour,
        "familles": familles,
        "inscriptions": [cle for cle, _ in couples],
        "suffisent": tuple(map(str, SUFFISENT)),
    }
    noms: dict[int, tuple[str, ...]] = {}
    with connection.cursor() as curseur:
        curseur.execute(BLOQUANTES.format(attendues=_attendues(familles)), parametres)
        for cle, nom in curseur.fetchall():
            noms[cle] = (*noms.get(cle, ()), nom)
    return noms


def _attendues(familles: list[int] | None) -> str:
    return ATTENDUES.format(familles="" if familles is None else DE_CES_FAMILLES)
