"""Thousands of inscriptions ended at once: what `Inscription.terminer` refuses of one, told of each; then all ended."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

import francais
from famille.models import Compte, Enfant
from planning.acteurs import exiger_agent
from planning.models import Inscription, Reservation
from planning.regles.etats import OCCUPENT, Presence
from socle.verrous import verrouiller_toutes


class FinsEnNombre:
    """On that last day, earlier than theirs. It takes no place from anybody: nothing else is to be asked."""

    def __init__(self, inscriptions: Sequence[Inscription], au: date, *, par: Compte) -> None:
        exiger_agent(par)
        self.inscriptions, self.au = inscriptions, au

    def refus(self) -> dict[int, str]:
        """By inscription, why not: days are booked or attended after it. One query."""
        if not self.inscriptions:
            return {}
        pris = self._apres().filter(Q(etat__in=OCCUPENT) | Q(presence=Presence.PRESENT)).order_by()
        comptes = pris.values_list("inscription").annotate(nombre=Count("pk"))
        le = francais.date_courte(self.au)
        return {
            inscription: f"il reste {francais.pluriel(n, 'jour réservé ou pointé', 'jours réservés ou pointés')} après "
            f"le {le}"
            for inscription, n in comptes
        }

    def verrouiller(self) -> None:
        """Nobody else books for those children until the end of the transaction."""
        verrouiller_toutes(Enfant.objects, {une.enfant_id for une in self.inscriptions})

    def ecrire(self) -> None:
        """Those that nothing refuses. What is left of their days goes: absences, refusals."""
        self._apres().delete()
        Inscription.objects.filter(pk__in=[une.pk for une in self.inscriptions]).update(au=self.au)

    def _apres(self) -> QuerySet[Reservation]:
        return Reservation.objects.filter(inscription__in=[une.pk for une in self.inscriptions], jour__gt=self.au)
