"""For migrations: a column that was in clear becomes an encrypted one, with what it held, and back.

Batch by batch, by key: what is a token of ours already stays as it is, so that a run may follow another.
"""

from collections.abc import Callable, Iterator

from cryptography.fernet import InvalidToken
from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper
from django.db.migrations import RunPython

from socle.chiffrement import Secret

LOT = 1000  # rows
VIDES = ["", "{}"]  # nothing to hide: see `Chiffre`
PREFIXE = "gAAAAA"  # of every Fernet token of this century and the next


def chiffrer_la_colonne(table: str, colonne: str, *, cle: str = "id") -> RunPython:
    """The operation that comes after the `AlterField` to a `Chiffre`. Names are those of our own migrations."""

    def aller(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        with schema_editor.connection.cursor() as curseur:
            curseur.execute(f'UPDATE "{table}" SET "{colonne}" = %s WHERE "{colonne}" = %s', VIDES)
            _reecrire(curseur, table, colonne, cle, _chiffrer)

    def retour(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        with schema_editor.connection.cursor() as curseur:
            _reecrire(curseur, table, colonne, cle, dechiffrer)

    return RunPython(aller, retour)


def lots(curseur: CursorWrapper, table: str, colonne: str, cle: str) -> Iterator[list[tuple[int, str]]]:
    """The rows whose column is not empty: key and value."""
    dernier = 0
    while True:
        curseur.execute(
            f'SELECT "{cle}", "{colonne}" FROM "{table}" '
            f'WHERE "{colonne}" <> %s AND "{cle}" > %s ORDER BY "{cle}" LIMIT %s',
            ["", dernier, LOT],
        )
        if not (lignes := curseur.fetchall()):
            return
        yield lignes
        dernier = lignes[-1][0]


def dechiffrer(valeur: str) -> str:
    return Secret(valeur).en_clair() if est_un_jeton(valeur) else valeur


def est_un_jeton(valeur: str) -> bool:
    """One that our keys open: a text that only looks like one is a text."""
    if not valeur.startswith(PREFIXE):
        return False
    try:
        Secret(valeur).en_clair()
    except InvalidToken:
        return False
    return True


def _chiffrer(valeur: str) -> str:
    return valeur if est_un_jeton(valeur) else Secret.de(valeur).jeton


def _reecrire(curseur: CursorWrapper, table: str, colonne: str, cle: str, par: Callable[[str], str]) -> None:
    for lignes in lots(curseur, table, colonne, cle):
        cles, valeurs = zip(*((numero, par(valeur)) for numero, valeur in lignes), strict=True)
        curseur.execute(
            f'UPDATE "{table}" SET "{colonne}" = lu.valeur '
            f'FROM unnest(%s::bigint[], %s::text[]) AS lu(cle, valeur) WHERE "{table}"."{cle}" = lu.cle',
            [list(cles), list(valeurs)],
        )
    # A row written twice has its foreign keys checked at the end: no table is altered before.
    curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    curseur.execute("SET CONSTRAINTS ALL DEFERRED")
