"""How an account is loaded on each page."""

from collections.abc import Callable

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from famille.models import Compte
from socle.reglages.lecture import version_en_sql
from socle.requetes.preparee import Preparee, inconnue

# What every page shows of its reader, {attribute: what PostgreSQL reckons it by}: an app above adds its own.
LUS_AVEC_LE_COMPTE: dict[str, Callable[[], Combinable]] = {"version_des_reglages": version_en_sql}


def _lecteur() -> QuerySet[Compte]:
    """With all that a page asks of its reader."""
    lus = {attribut: ecrire() for attribut, ecrire in LUS_AVEC_LE_COMPTE.items()}
    comptes = Compte.objects.select_related("responsable__famille").filter(pk=inconnue("compte"))
    return comptes.annotate(**lus).order_by()


LECTEUR = Preparee(_lecteur)


class CompteDuPortail(ModelBackend):
    """Loads the account with its responsable and its famille: one query a page."""

    def get_user(self, user_id: int) -> Compte | None:
        compte = LECTEUR.premier(compte=user_id)
        return compte if compte is not None and self.user_can_authenticate(compte) else None
