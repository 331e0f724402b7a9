"""Finish the papers that a killed worker left: invoices, files for the printer. From cron, every few minutes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from facturation.models import Cahier, CampagneDeFacturation, Facture
from facturation.papiers.cahier import relier
from facturation.papiers.rendu import rendre
from francais import pluriel

PAQUET = 100  # invoices
VERROU = 0x7265_7072  # « repr »: which advisory lock is this command's
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Termine les PDF de factures qu’un processus interrompu a laissés. Sans effet s’il n’y en a pas."

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        with _seule() as seule:
            if not seule:
                if verbosity > 1:
                    self.stdout.write("Une reprise est déjà en cours.")
                return
            oubliees = Facture.objects.oubliees(timezone.now())
            attendent = list(oubliees.order_by("pk").values_list("pk", flat=True))
            rendues = sum(rendre(attendent[debut : debut + PAQUET]) for debut in range(0, len(attendent), PAQUET))
            campagnes = list(Cahier.objects.campagnes_a_relier().select_related("regie"))
            cahiers = sum(map(_relier, campagnes))
        if rendues or cahiers:  # cron posts what is said
            self.stdout.write(f"{pluriel(rendues, 'facture')}, {pluriel(cahiers, 'cahier')}.")
        if manquent := len(attendent) - rendues:
            raise CommandError(f"{pluriel(manquent, 'facture')} sans PDF\u00a0: voir le journal.")


def _relier(campagne: CampagneDeFacturation) -> int:
    """A campaign whose files cannot be read does not stop the others."""
    try:
        return relier(campagne)
    except Exception:
        logger.exception("Campaign %s cannot be bound.", campagne.pk)
        return 0


@contextmanager
def _seule() -> Iterator[bool]:
    """Whether nobody else runs this command. A city's papers take longer than the time between two runs.

    A transaction of a connection of its own holds the lock: between us and PostgreSQL, a pooler lends no session.
    """
    gardienne = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        gardienne.set_autocommit(False)
        with gardienne.cursor() as curseur:
            curseur.execute("SELECT pg_try_advisory_xact_lock(%s)", [VERROU])
            (prise,) = curseur.fetchone()
        yield prise
        gardienne.rollback()
    finally:
        gardienne.close()
