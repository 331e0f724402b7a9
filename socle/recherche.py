"""Words as one looks for them: whatever the accents, the capitals and the hyphens, in Python as in PostgreSQL.

Plain PostgreSQL, without extension: `translate`, on the same letters on both sides.
"""

import re

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

_ACCENTUEES = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ"
_NUES = "aaaaaaceeeeiiiinooooouuuuyy"
# Capitals too: `lower` leaves « É » alone in a database of locale C.
DE = _ACCENTUEES + _ACCENTUEES.upper() + "’'-"
A = _NUES + _NUES + "   "


def mots_cherches(texte: str) -> list[str]:
    """« Léa d’Auvergne » → « lea », « d », « auvergne »."""
    return re.findall(r"[^\W_]+", sans_accents(texte))


def sans_accents(texte: str) -> str:
    return texte.translate(str.maketrans(DE, A)).lower()


@CharField.register_lookup
class SansAccents(Lookup):
    """`nom__sans_accents="ele"` contains, without accents or capitals. Compares every row: for short tables."""

    lookup_name = "sans_accents"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        colonne, parametres = self.process_lhs(compiler, connection)
        cherche = connection.ops.prep_for_like_query(sans_accents(str(self.rhs)))
        return f"lower(translate({colonne}, %s, %s)) LIKE %s", (*parametres, DE, A, f"%{cherche}%")
