"""What is set now. Kept by a process as long as PostgreSQL says that the version is the same, never longer.

A page of somebody signed in learns the version with their account (`version_en_sql`): it reads the settings again only
once they have changed. A visitor's page, a task, a command read them, once each. Elsewhere, each reading is one.
"""

import logging

from django.db import DatabaseError
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from socle.models import Reglage
from socle.reglages.moment import MOMENT, Toutes, Valeurs

logger = logging.getLogger(__name__)


class Connues:
    """What this process read last, and of which version: a key of the table, that PostgreSQL never gives twice.

    One attribute: another thread reads both, or neither.
    """

    lues: tuple[int, Toutes] = (0, {})


def lire(cle: str) -> Valeurs:
    """Those of that setting; empty where nobody has set it yet."""
    return _toutes().get(cle, {})


def preparer() -> None:
    """Read them now, for who must not ask later."""
    _toutes()


def dernieres(cle: str) -> Valeurs:
    """As this process read them last, without asking: for a page that must not."""
    return Connues.lues[1].get(cle, {})


def version_en_sql() -> Coalesce:
    """The version, to be read beside something else."""
    return Coalesce(Subquery(Reglage.objects.order_by("-pk").values("pk")[:1]), Value(0))


def _toutes() -> Toutes:
    moment = MOMENT.get()
    if moment is None:
        return _lire()
    if moment.toutes is None:
        version, connues = Connues.lues
        moment.toutes = connues if moment.version == version else _lire()
    return moment.toutes


def _lire() -> Toutes:
    """In one statement. While PostgreSQL is away, an error page still has a name to show."""
    try:
        lus = list(Reglage.objects.en_vigueur().values_list("pk", "cle", "valeurs"))
    except DatabaseError as absence:
        logger.debug("Settings are not read again: %s", type(absence).__name__)
        return Connues.lues[1]
    toutes = {cle: valeurs for _, cle, valeurs in lus}
    Connues.lues = max((pk for pk, _, _ in lus), default=0), toutes
    return toutes
