"""Rows multiplied by PostgreSQL itself: one INSERT … SELECT a table, keys shifted, no trigger.

A copy points to the copies of what its model points to, or to the same row if that one is not copied.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from socle.roles.proprietaire import en_proprietaire

# {model: {column: SQL of its value, from `t` the row and `k` the rank of the copy}}
Particuliers = Mapping[type[models.Model], Mapping[str, str]]

SANS_CONTRAINTE = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid)
"""


@contextmanager
def sans_declencheurs() -> Iterator[CursorWrapper]:
    """As the owner of the tables, to whom neither triggers nor foreign keys object; the other constraints hold."""
    with en_proprietaire(connection), connection.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        curseur.execute("SET work_mem = '128MB'")
        curseur.execute("SET maintenance_work_mem = '512MB'")
        yield curseur


def copier(curseur: CursorWrapper, modeles: Sequence[QuerySet], fois: int, particuliers: Particuliers) -> None:
    """`fois` copies of those rows: no two of the same table, what is pointed to before what points to it."""
    if fois < 1:
        return
    pas = _pas(curseur, modeles)
    for lignes in modeles:
        sql, valeurs = lignes.order_by().values("pk").query.sql_with_params()
        curseur.execute(
            f"CREATE TEMP TABLE {_modele(lignes.model)} AS SELECT DISTINCT s.pk AS id FROM ({sql}) s(pk)", valeurs
        )
        curseur.execute(f"ANALYZE {_modele(lignes.model)}")
    copies = {lignes.model for lignes in modeles}
    for modele in (lignes.model for lignes in modeles):
        with _index_apres(curseur, modele):
            curseur.execute(_insertion(modele, copies, particuliers.get(modele, {}), fois, pas))
        _avancer_la_sequence(curseur, modele)
    for modele in copies:
        curseur.execute(f"DROP TABLE {_modele(modele)}")


@contextmanager
def _index_apres(curseur: CursorWrapper, modele: type[models.Model]) -> Iterator[None]:
    """The indexes that guard nothing are made once the rows are there: a fifth of the time."""
    curseur.execute(SANS_CONTRAINTE, [modele._meta.db_table])
    index = curseur.fetchall()
    for nom, _ in index:
        curseur.execute(f'DROP INDEX "{nom}"')
    yield
    for _, definition in index:
        curseur.execute(definition)


def _pas(curseur: CursorWrapper, modeles: Sequence[QuerySet]) -> int:
    """More than any key of theirs."""
    plus_grandes = " UNION ALL ".join(f"SELECT max({_cle(m.model)}) AS cle FROM {_table(m.model)}" for m in modeles)
    curseur.execute(f"SELECT max(cle) FROM ({plus_grandes}) cles")
    return 10 ** len(str(curseur.fetchone()[0] or 0))


def _insertion(
    modele: type[models.Model], copies: set[type[models.Model]], particuliers: Mapping[str, str], fois: int, pas: int
) -> str:
    colonnes, valeurs, jointures = [], [], []
    for rang, champ in enumerate(champ for champ in modele._meta.concrete_fields if not champ.generated):
        colonne = str(champ.column)
        colonnes.append(f'"{colonne}"')
        valeur = f't."{colonne}"'
        if colonne in particuliers:
            valeur = particuliers[colonne]
        elif champ.related_model in copies:
            jointures.append(f"LEFT JOIN {_modele(champ.related_model)} m{rang} ON m{rang}.id = {valeur}")
            valeur = f"{valeur} + CASE WHEN m{rang}.id IS NULL THEN 0 ELSE k * {pas}::bigint END"
        elif champ.primary_key:
            valeur = f"{valeur} + k * {pas}::bigint"
        valeurs.append(valeur)
    return (
        f"INSERT INTO {_table(modele)} ({', '.join(colonnes)}) SELECT {', '.join(valeurs)}"
        f" FROM {_table(modele)} t JOIN {_modele(modele)} m ON m.id = t.{_cle(modele)} {' '.join(jointures)}"
        # One copy after the other: keys grow, and the pages of an index are written in their order.
        f" CROSS JOIN generate_series(1, {fois}) k ORDER BY k, m.id"
    )


def _avancer_la_sequence(curseur: CursorWrapper, modele: type[models.Model]) -> None:
    if not modele._meta.pk.related_model:
        curseur.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), max({_cle(modele)})) FROM {_table(modele)}",
            [modele._meta.db_table, modele._meta.pk.column],
        )


def _table(modele: type[models.Model]) -> str:
    return f'"{modele._meta.db_table}"'


def _cle(modele: type[models.Model]) -> str:
    return f'"{modele._meta.pk.column}"'


def _modele(modele: type[models.Model]) -> str:
    """The temporary table of the keys that are copied."""
    return f'"modele_{modele._meta.db_table}"'
