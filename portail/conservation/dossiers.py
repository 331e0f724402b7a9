"""Whole dossiers, two years after their last use, unless money holds them: what was issued is never deleted."""

import logging
from datetime import date

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, ProtectedError, QuerySet

from demandes.models import Demande
from facturation.models import Ligne
from famille.models import Compte, Enfant, Famille, Rattachement, Responsable
from planning.models import Inscription, Reservation
from portail.conservation.dormance import avec_une_operation, familles_dormantes
from portail.conservation.durees import OPERATIONS
from portail.conservation.rubrique import Gardees, Rubrique

logger = logging.getLogger(__name__)


class Dossiers(Rubrique):
    """A famille with all that is its own: adults and their logins, bookings, children whom no other famille has."""

    titre, reglage, depuis = "Dossiers", "dossiers", "après la dernière utilisation"
    lot = 50

    def __init__(self, le: date) -> None:
        super().__init__(le)
        self.dix_ans = OPERATIONS.limite(le)

    def a_purger(self) -> QuerySet[Famille]:
        return familles_dormantes(self.limite).exclude(avec_une_operation())

    def gardees(self) -> list[Gardees]:
        dormantes = familles_dormantes(self.limite)
        retenues = dormantes.filter(avec_une_operation(depuis=self.dix_ans))
        anciennes = dormantes.filter(avec_une_operation()).exclude(avec_une_operation(depuis=self.dix_ans))
        return [
            Gardees(retenues.count(), f"qui ont une facture ou un règlement de moins de {OPERATIONS}"),
            Gardees(
                anciennes.count(), f"qui n’ont que des opérations de plus de {OPERATIONS}, que le portail n’efface pas"
            ),
        ]

    def effacer(self, lignes: QuerySet[Famille]) -> int:
        return sum(self._effacer(famille) for famille in lignes)

    def _effacer(self, famille: Famille) -> bool:
        """Whether it went. If a row that we did not foresee holds it, it stays whole."""
        try:
            with transaction.atomic():
                self._tout_effacer(famille)
        except ProtectedError as retenue:
            logger.warning("Dossier %s stays: %s", famille.numero, retenue.args[0])
            return False
        logger.info("Dossier %s deleted", famille.numero)
        return True

    def _tout_effacer(self, famille: Famille) -> None:
        enfants = {
            *famille.enfants.values_list("pk", flat=True),
            *famille.inscriptions.values_list("enfant", flat=True),
        }
        comptes = list(famille.responsables.exclude(compte=None).values_list("compte", flat=True))
        _oublier_l_historique(famille)
        Reservation.objects.filter(inscription__famille=famille).delete()
        famille.inscriptions.all().delete()
        famille.delete()
        _sans_famille(enfants).delete()
        # An agent may be a parent too: that login is not the dossier's.
        Compte.objects.filter(pk__in=comptes, is_staff=False).delete()


def _sans_famille(enfants: set[int]) -> QuerySet[Enfant]:
    """Of those children, the ones that nothing of another famille names any more."""
    libres = Enfant.objects.filter(pk__in=enfants)
    for modele in (Rattachement, Inscription, Demande, Ligne):
        libres = libres.filter(~Exists(modele.objects.order_by().filter(enfant=OuterRef("pk"))))
    # A record that was merged into it goes with it, unless a paper names it.
    return libres.filter(~Exists(Ligne.objects.order_by().filter(enfant__fondu_dans=OuterRef("pk"))))


def _oublier_l_historique(famille: Famille) -> None:
    """What agents did to its record and to its adults: names, addresses and telephones are written there."""
    siens: dict[type[Model], list[int]] = {
        Famille: [famille.pk],
        Responsable: list(famille.responsables.values_list("pk", flat=True)),
    }
    for modele, cles in siens.items():
        genre = ContentType.objects.get_for_model(modele)
        LogEntry.objects.filter(content_type=genre, object_id__in=map(str, cles)).delete()
