"""Setting something: a version more. Nothing is written over: one may always tell from what, to what, by whom."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from socle.models import Reglage
from socle.reglages.moment import oublier

# One at a time: a version that is seen has all those before it.
UN_SEUL = "SELECT pg_advisory_xact_lock(hashtextextended('reglages', 0))"


def verrouiller() -> None:
    """Until the end of the caller's transaction, nobody else sets anything."""
    with connection.cursor() as curseur:
        curseur.execute(UN_SEUL)


@transaction.atomic
def ecrire(cle: str, valeurs: Mapping[str, Any], *, par: str) -> Reglage:
    """`valeurs`: the whole setting, in JSON's values. `par`: the author's name."""
    verrouiller()
    reglage = Reglage.objects.create(cle=cle, valeurs=dict(valeurs), par=par)
    oublier()
    return reglage
