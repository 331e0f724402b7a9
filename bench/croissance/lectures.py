"""What PostgreSQL reads for a page, by its own counters: rows of each table, indexes. Exact, whatever the load."""

from collections import Counter
from dataclasses import dataclass, field
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import Client

from famille.models import Compte
from socle.roles.proprietaire import en_proprietaire

# Those of docs/exploitation.md that read the town. `purger` only counts what it would delete.
NUIT = ("expirer_demandes", "expirer_paiements", "prevenir_presences", "reprendre_envois", "purger")
A_JUGER = 1000  # rows: PostgreSQL reads a smaller table whole, and its indexes prove nothing
LUES = """
    SELECT relname, seq_tup_read, NULL, 0 FROM pg_stat_user_tables
    UNION ALL
    SELECT relname, idx_tup_read, indexrelname, idx_scan FROM pg_stat_user_indexes
"""
# Neither constraints nor what follows a foreign key when the row it points to goes.
JAMAIS_LUS = """
    SELECT s.indexrelname FROM pg_stat_user_indexes s
    JOIN pg_index i USING (indexrelid) JOIN pg_class t ON t.oid = s.relid
    WHERE s.idx_scan = 0 AND t.reltuples >= %s AND NOT i.indisunique
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = s.indexrelid)
    AND NOT EXISTS (
        SELECT FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = s.relid AND c.conkey[1] = i.indkey[0]
    )
    ORDER BY 1
"""


@dataclass(frozen=True)
class Lectures:
    """{table: rows read, in it or in its indexes}, {index: times it was read}."""

    lignes: Counter[str] = field(default_factory=Counter)
    index: Counter[str] = field(default_factory=Counter)

    def depuis(self, avant: "Lectures") -> "Lectures":
        return Lectures(self.lignes - avant.lignes, self.index - avant.index)

    @property
    def total(self) -> int:
        return sum(self.lignes.values())


def lues_par(chemin: str, compte: Compte) -> Lectures:
    """What the page reads once its session is warm, and nobody else is in that town."""
    client = Client()
    client.force_login(compte)
    client.get(chemin)
    avant = _compteurs()
    assert client.get(chemin).status_code == 200, chemin
    return _compteurs().depuis(avant)


def lues_la_nuit() -> dict[str, Lectures]:
    """What each command of the night reads."""
    lues = {}
    for commande in NUIT:
        avant = _compteurs()
        call_command(commande, stdout=StringIO(), stderr=StringIO())
        lues[commande] = _compteurs().depuis(avant)
    return lues


def remettre_a_zero() -> None:
    with en_proprietaire(connection), connection.cursor() as curseur:
        curseur.execute("SELECT pg_stat_reset()")


def index_jamais_lus() -> list[str]:
    """Since they were reset: those of large tables that no constraint and no foreign key asks for."""
    _compteurs()
    with connection.cursor() as curseur:
        curseur.execute(JAMAIS_LUS, [A_JUGER])
        return [nom for (nom,) in curseur.fetchall()]


def _compteurs() -> Lectures:
    lues = Lectures()
    with connection.cursor() as curseur:
        # What this connection has counted is written down when it is idle, at most once a second: now, rather.
        curseur.execute("SELECT pg_stat_force_next_flush()")
        curseur.execute(LUES)
        for table, lignes, index, fois in curseur.fetchall():
            lues.lignes[table] += lignes or 0
            if index:
                lues.index[index] += fois
    return lues
