"""Search that forgives accents and capitals: « lea » finds « Léa »."""

from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

ACCENTUEES = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ"
NUES = "aaaaaaceeeeiiiinooooouuuuyy"
_SANS_ACCENTS = str.maketrans(ACCENTUEES, NUES)


def sans_accents(*chemins: str) -> list[str]:
    """`search_fields` of the admin, whatever the accents and capitals of what is typed or stored."""
    return [f"{chemin}__sans_accents" for chemin in chemins]


@CharField.register_lookup
class SansAccents(Lookup):
    """Contains, without accents or capitals. In plain SQL: the embedded PostgreSQL has no `unaccent`."""

    lookup_name = "sans_accents"

    def as_sql(self, compiler: SQLCompiler, connection) -> tuple[str, list]:
        colonne, parametres = self.process_lhs(compiler, connection)
        cherche = connection.ops.prep_for_like_query(str(self.rhs).lower().translate(_SANS_ACCENTS))
        return f"translate(lower({colonne}), %s, %s) LIKE %s", [*parametres, ACCENTUEES, NUES, f"%{cherche}%"]
