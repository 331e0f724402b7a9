"""Names looked for and sorted by PostgreSQL as `francais.noms` does it in Python: migration `socle.0003_replier`.

Plain PostgreSQL, without extension and whatever the locale of the database.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Func, Lookup, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate
from django.db.models.sql.compiler import SQLCompiler

from francais import replier

# What `ordering` and `order_by` take.
Ordre = list[str | Combinable]


def mots_cherches(texte: str) -> list[str]:
    """« Léa d’Auvergne » → « lea », « d », « auvergne »."""
    return replier(texte).split()


def au_dictionnaire(*champs: str) -> Ordre:
    """For `ordering`: in the order of a French dictionary, as `francais.ordre` sorts. « -nom » has no sense here.

    Letters first, all the fields; accents and capitals only between rows otherwise alike.
    """
    return [*map(lettres, champs), *(Collate(F(champ), "C") for champ in champs)]


def lettres(champ: str) -> Collate:
    """The letters alone, which an index may hold."""
    return Collate(Func(F(champ), function="coller", output_field=TextField()), "C")


def formes_de(champ: str) -> Func:
    """All the words by which this field is found."""
    return Func(F(champ), function="formes", output_field=TextField())


@CharField.register_lookup
class SansAccents(Lookup):
    """`nom__sans_accents="ele"` contains, without accents or capitals. Compares every row: for short tables."""

    lookup_name = "sans_accents"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        colonne, parametres = self.process_lhs(compiler, connection)
        cherche = connection.ops.prep_for_like_query(replier(str(self.rhs)))
        return f"formes({colonne}) LIKE %s", (*parametres, f"%{cherche}%")
